import assert from 'node:assert/strict'
import type { HttpAnswer } from '../../src/core/base/http.ts'
import type { PaymentUpdate } from '../../src/core/pay/provider.ts'
import { isTrouble } from '../../src/integrations/payments/airtel/answer.ts'
import {
  collectBody,
  disburseBody,
  nationalOf,
  readCollect,
  readDisburse,
  readEnquiry,
  readRefund,
  refundBody,
} from '../../src/integrations/payments/airtel/wire.ts'
import { absent, answer, declined, PAGE, pending, phone, refundOf } from './airtel-wallet.ts'

const RWANDA = { country: 'RW', callingCode: '+250' }
const order = {
  reference: '6f0f8b1e-8b0c-4a53-9d3e-3f6f1b0f8f11',
  handle: null,
  money: { amountMinor: 1150, currency: 'RWF' },
  payer: phone('+250728000500'),
  memo: 'Moto trip 4821',
} as const
const id = order.reference

const settled = (transaction: string): PaymentUpdate => ({
  status: 'settled',
  transaction,
  paid: order.money,
})
const coded = (code: string) =>
  code.startsWith('ROUTER')
    ? { status_code: code, status_message: 'as documented' }
    : {
        status: {
          code: '400',
          ...(code.startsWith('DP') ? { response_code: code } : { result_code: code }),
          success: false,
          message: 'as documented',
        },
      }
/** An answer with a letter, and codes beside it. */
const letter = (status: string, code?: string, more: object = {}, http = 200) =>
  answer(http, {
    data: { transaction: { id, status, message: 'as documented', ...more } },
    status: {
      code: '200',
      result_code: 'ESB000010',
      ...(code && { response_code: code }),
      success: status === 'TS',
    },
  })

const NEVER_FAIL_COLLECTION = ['DP00800001000', 'DP00800001006', 'DP00800001024']
const NEVER_FAIL_DISBURSEMENT = ['DP00900001000', 'DP00900001006', 'DP00900001014']
const NEVER_FAIL = ['ESB000001', 'ESB000004', 'ESB000014', 'ESB0000900', '0000900', 'ROUTER117']
const REPEATS = ['ESB000041', 'DP00900001011', 'DP00900001017']
const INVENTED = ['DP00800001099', 'DP00900001099', 'ESB000099', 'ROUTER999', '521002', 'constructor']
const MISCONFIGURED = [
  ...['001', '003', '005', '006', '007', '110', '112', '114', '115', '116', '119'].map(
    (end) => `ROUTER${end}`,
  ),
  'ESB000033',
  'ESB000034',
  'ESB000035',
  'ESB000036',
  'ESB000039',
  'DP00800001026',
  'DP00900001016',
]

/** Without a letter: what a refused, taken or odd request is answered with. The last column: does it trouble us. */
const REQUESTS: readonly (readonly [string, HttpAnswer, PaymentUpdate, boolean])[] = [
  ['SUCCESS', letter('SUCCESS', 'DP00800001006'), pending, false],
  ['a refusal', answer(400, coded('ESB000033')), declined('misconfigured'), false],
  ['a refusal as 200', answer(200, coded('ESB000033')), declined('misconfigured'), false],
  ['ESB000008', answer(400, coded('ESB000008')), declined('misconfigured'), false],
  [
    'a refusal called success',
    answer(200, { status: { success: true, result_code: 'ESB000033' } }),
    pending,
    false,
  ],
  [
    'a refusal beside "in process"',
    answer(400, { status: { result_code: 'ESB000033', response_code: 'DP00800001006' } }),
    pending,
    false,
  ],
  ['401', answer(401, { error: 'invalid_client' }), declined('misconfigured'), true],
  ['401 with a page', answer(401, PAGE), pending, true],
  ['403 invalid_token', answer(403, { error: 'invalid_token' }), pending, true],
  ['403 with a page', answer(403, PAGE), pending, true],
  ['404', answer(404, {}), pending, false],
  ['408', answer(408, coded('ESB000033')), pending, true],
  ['429', answer(429, {}), pending, true],
  ...[500, 502, 503, 504].map(
    (status) => [String(status), answer(status, coded('ESB000033')), pending, true] as const,
  ),
  ['200 with a page', answer(200, PAGE), pending, true],
  ['200 cut short', answer(200, '{"status":{"result_code":"ESB000033"'), pending, true],
  ['200 without a word', answer(200, ''), pending, true],
  ['200 with a list', answer(200, []), pending, false],
  ['another shape', answer(400, { status: 'ESB000033' }), pending, false],
  ['no connection', { kind: 'not_sent', why: 'ECONNREFUSED' }, { status: 'not_sent' }, true],
  ['no answer', { kind: 'unknown', why: 'TimeoutError' }, pending, true],
]

const COLLECTION_CODES: Readonly<Record<string, PaymentUpdate>> = {
  DP00800001001: pending,
  DP00800001002: declined('wrong_pin'),
  DP00800001003: declined('payer_limit'),
  DP00800001004: declined('misconfigured'),
  DP00800001005: declined('payer_timeout'),
  DP00800001007: declined('insufficient_funds'),
  DP00800001008: declined('payer_declined'),
  DP00800001009: declined('misconfigured'),
  DP00800001010: declined('misconfigured'),
  DP00800001025: pending,
  DP00800001026: declined('misconfigured'),
  DP00800001029: declined('payer_timeout'),
}
const DISBURSEMENT_CODES: Readonly<Record<string, PaymentUpdate>> = {
  DP00900001001: pending,
  DP00900001003: declined('payer_limit'),
  DP00900001004: declined('misconfigured'),
  DP00900001005: declined('provider_down'),
  DP00900001007: declined('insufficient_funds'),
  DP00900001009: declined('misconfigured'),
  DP00900001010: declined('unknown_payer'),
  DP00900001012: declined('unknown_payer'),
  DP00900001013: declined('misconfigured'),
  DP00900001015: pending,
  DP00900001016: declined('misconfigured'),
}
const ALL_UNSURE = [
  ...NEVER_FAIL_COLLECTION,
  ...NEVER_FAIL_DISBURSEMENT,
  ...NEVER_FAIL,
  ...REPEATS,
  ...INVENTED,
]

const ENQUIRIES: readonly (readonly [string, HttpAnswer, PaymentUpdate])[] = [
  ['TS', letter('TS', 'DP00800001006', { airtel_money_id: 'C36' }), settled('C36')],
  ['TS beside a code of failure', letter('TS', 'DP00800001005', { airtel_money_id: 'C36' }), settled('C36')],
  ['TS without a number', letter('TS'), settled(id)],
  ['TS of somebody else', letter('TS', undefined, { id: 'other', airtel_money_id: 'C36' }), pending],
  [
    'TS with a name that is none',
    letter('TS', undefined, { id: false, airtel_money_id: false }),
    settled(id),
  ],
  ...[400, 403, 408, 500].map(
    (status) => [`TS, but ${status}`, letter('TS', undefined, {}, status), pending] as const,
  ),
  ['TF', letter('TF'), declined('provider_down')],
  ['TF and "failed"', letter('TF', 'ESB000011'), declined('provider_down')],
  ['TF of somebody else', letter('TF', undefined, { id: 'other' }), pending],
  ['TF, but 500', letter('TF', 'DP00800001007', {}, 500), pending],
  ['TF, and an ESB code that is unsure', answer(200, failedBeside('ESB000004')), pending],
  ['TF, and status code 500', answer(200, failedBeside('ESB000010', '500')), pending],
  ['TE', letter('TE', 'DP00800001029'), declined('payer_timeout')],
  ['TE without a code', letter('TE'), declined('payer_timeout')],
  ['TE beside "timed out"', letter('TE', 'DP00800001024'), pending],
  ['TA', letter('TA', 'DP00800001000'), pending],
  ['TIP', letter('TIP', 'DP00800001006'), pending],
  ['TX', letter('TX', 'DP00800001001'), pending],
  ['ts', letter('ts'), pending],
  ['SUCCESS', letter('SUCCESS', 'DP00800001001'), pending],
  ['no letter, code of success', answer(200, coded('DP00800001001')), pending],
  ['401', answer(401, coded('ESB000045')), pending],
  ['403', answer(403, { error: 'invalid_token' }), pending],
  ['429', answer(429, coded('ESB000045')), pending],
  ['503', answer(503, coded('ESB000045')), pending],
  ['404 of the way there', answer(404, {}), pending],
  ['a page', answer(200, PAGE), pending],
  ['half an answer', answer(200, '{"data":{"transaction":{"status":"TF"'), pending],
  ['no connection', { kind: 'not_sent', why: 'ECONNREFUSED' }, pending],
  ['no answer', { kind: 'unknown', why: 'TimeoutError' }, pending],
]

function failedBeside(resultCode: string, code = '200') {
  return {
    data: { transaction: { id, status: 'TF' } },
    status: { code, result_code: resultCode, response_code: 'DP00800001007', success: false },
  }
}

describe('airtel wire', () => {
  const requests = {
    collect: readCollect,
    disburse: (given: HttpAnswer) => readDisburse(given, order),
    refund: (given: HttpAnswer) => readRefund(given, refundOf(order, 'C36'), false),
  }
  for (const [kind, read] of Object.entries(requests)) {
    for (const [name, given, wanted, trouble] of REQUESTS)
      it(`a ${kind} answered by ${name} is ${wanted.status}`, () => {
        assert.deepEqual(read(given), wanted)
        assert.equal(isTrouble(given), trouble, 'counted by the breaker')
      })
    for (const code of MISCONFIGURED)
      it(`a ${kind} refused with ${code} is declined`, () => {
        assert.deepEqual(read(answer(400, coded(code))), declined('misconfigured'))
      })
    const codes = [...Object.keys(COLLECTION_CODES), ...Object.keys(DISBURSEMENT_CODES)]
    for (const code of [...ALL_UNSURE, ...codes, 'ESB000011', 'ESB000010', 'ESB000045'])
      if (!MISCONFIGURED.includes(code))
        it(`a ${kind} answered by ${code} alone is pending`, () => {
          for (const status of [200, 400]) assert.deepEqual(read(answer(status, coded(code))), pending)
        })
  }

  it('a collection from a number without a wallet is declined', () => {
    const body = {
      status: { response_code: 'DP00800001005', code: '400', success: false, message: 'Msisdn Not Found' },
    }
    assert.deepEqual(readCollect(answer(400, body)), declined('unknown_payer'))
    assert.deepEqual(readCollect(answer(200, body)), pending)
    assert.deepEqual(readCollect(answer(500, body)), pending)
    assert.deepEqual(readDisburse(answer(400, body), order), pending)
  })

  for (const [name, given, wanted] of ENQUIRIES)
    it(`an enquiry that says ${name} is ${wanted.status}`, () => {
      assert.deepEqual(readEnquiry(given, id, order, 'in'), wanted)
    })

  for (const [code, wanted] of Object.entries({ ...COLLECTION_CODES, ...DISBURSEMENT_CODES }))
    it(`TF for ${code} is ${'fault' in wanted ? wanted.fault : wanted.status}`, () => {
      const way = code.startsWith('DP008') ? 'in' : 'out'
      assert.deepEqual(readEnquiry(letter('TF', code), id, order, way), wanted)
      assert.deepEqual(readDisburse(letter('TF', code), order), wanted)
    })

  for (const code of [...ALL_UNSURE, 'ESB000008'])
    it(`an enquiry never fails for ${code}`, () => {
      for (const way of ['in', 'out'] as const) {
        const given = [
          answer(200, coded(code)),
          answer(400, coded(code)),
          letter('TF', code),
          letter('TE', code),
        ]
        for (const one of given) assert.deepEqual(readEnquiry(one, id, order, way), pending)
      }
    })

  for (const code of ['DP00800001025', 'DP00900001015', 'ESB000045'])
    it(`an enquiry answered by ${code} is absent`, () => {
      for (const status of [200, 400, 404])
        assert.deepEqual(readEnquiry(answer(status, coded(code)), id, order, 'in'), absent)
    })

  it('money that went out has not come back because it is called expired', () => {
    assert.deepEqual(readEnquiry(letter('TE'), id, order, 'out'), pending)
    assert.deepEqual(readDisburse(letter('TE'), order), pending)
  })

  it('a disbursement may be over at once', () => {
    const given = letter('TS', 'DP00900001001', { airtel_money_id: 'product-partner-41', reference_id: '18' })
    assert.deepEqual(readDisburse(given, order), settled('product-partner-41'))
  })

  describe('a full refund', () => {
    const refund = refundOf(order, 'CI18')
    const taken = (success: boolean, airtel_money_id = 'CI29') =>
      answer(200, {
        data: { transaction: { airtel_money_id, status: 'SUCCESS' } },
        status: { code: '200', message: 'SUCCESS', result_code: 'ESB000010', success },
      })
    for (const success of [true, false])
      it(`that is taken, success ${success} beside it, is asked after by its number`, () => {
        assert.deepEqual(readRefund(taken(success), refund, false), { status: 'pending', handle: 'CI29' })
      })

    it('is not asked after by the number of what was paid, which would be called a success', () => {
      assert.deepEqual(readRefund(taken(true, 'CI18'), refund, false), pending)
      assert.deepEqual(readRefund(taken(true, 'CI18'), refund, true), settled('CI18'))
    })

    it('is settled by that where it is final', () => {
      assert.deepEqual(readRefund(taken(false), refund, true), settled('CI29'))
      assert.deepEqual(readRefund(answer(400, coded('ESB000041')), refund, true), settled('CI18'))
      assert.deepEqual(readRefund(answer(500, coded('ESB000041')), refund, true), pending)
      assert.deepEqual(readRefund(answer(200, coded('ESB000010')), refund, true), pending)
    })

    it('bears the number of what was paid, and nothing else', () => {
      assert.deepEqual(JSON.parse(refundBody(refund)), { transaction: { airtel_money_id: 'CI18' } })
    })
  })

  it('asks for money in the documented form: a number without its country, an amount that is a number', () => {
    assert.deepEqual(JSON.parse(collectBody(order, RWANDA)), {
      reference: 'Moto trip 4821',
      subscriber: { country: 'RW', currency: 'RWF', msisdn: '728000500' },
      transaction: { amount: 1150, country: 'RW', currency: 'RWF', id },
    })
    const shillings = {
      ...order,
      money: { amountMinor: 1205, currency: 'KES' },
      memo: 'x'.repeat(100),
    } as const
    const body = collectBody(shillings, RWANDA)
    assert.match(body, /"amount":12\.05,/)
    assert.equal(JSON.parse(body).reference.length, 64)
  })

  it('pays out in the documented form', () => {
    assert.deepEqual(JSON.parse(disburseBody(order, order.payer, RWANDA, 'KYJ=')), {
      payee: { currency: 'RWF', msisdn: '728000500' },
      reference: '6f0f8b1e8b0c4a539d3e3f6f1b0f8f11',
      pin: 'KYJ=',
      transaction: { amount: 1150, id, type: 'B2C' },
    })
  })

  it('writes numbers as they are dialled at home', () => {
    assert.equal(nationalOf(phone('+250738000500'), RWANDA), '738000500')
    assert.equal(nationalOf(phone('+254733000500'), RWANDA), '254733000500')
  })
})
