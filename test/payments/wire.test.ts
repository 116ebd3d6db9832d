import assert from 'node:assert/strict'
import type { HttpAnswer } from '../../src/core/base/http.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import { parsePhone } from '../../src/core/base/phone.ts'
import type { Collection, PaymentFault, PaymentUpdate, Payout } from '../../src/core/pay/provider.ts'
import {
  collectBody,
  isTrouble,
  plain,
  readBalance,
  readHolder,
  readStatus,
  readSubmission,
  refundBody,
  transferBody,
} from '../../src/integrations/payments/mtn/wire.ts'

const PAGE = '<html><head><title>Request Rejected</title></head><body>Your support ID is: 823</body></html>'

const payer = parsePhone('+250788000001') as Msisdn
const order: Collection = {
  reference: '6f0f8b1e-8b0c-4a53-9d3e-3f6f1b0f8f11',
  handle: null,
  money: { amountMinor: 1150, currency: 'RWF' },
  payer,
  memo: 'Moto trip',
}

const answer = (status: number, body: unknown): HttpAnswer => ({
  kind: 'answer',
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const error = (status: number, code: string) => answer(status, { code, message: 'as documented' })
const declined = (fault: PaymentFault): PaymentUpdate => ({ status: 'declined', fault })
const pending: PaymentUpdate = { status: 'pending' }
const absent: PaymentUpdate = { status: 'absent' }

type Row = readonly [name: string, given: HttpAnswer, wanted: PaymentUpdate, trouble: boolean]

const SUBMISSIONS: readonly Row[] = [
  ['202 accepted', answer(202, ''), pending, false],
  ['200 with a page', answer(200, PAGE), pending, true],
  ['400 without a word', answer(400, ''), declined('misconfigured'), false],
  ['400 without a code', answer(400, { message: 'bad' }), declined('misconfigured'), false],
  ['400 INVALID…', error(400, 'INVALID_REQUEST'), declined('misconfigured'), false],
  ['400 of an unknown code', error(400, 'NEW_CODE'), pending, false],
  ['400 with a page', answer(400, PAGE), pending, true],
  ['400 cut short', answer(400, '{"code":"INVALID'), pending, true],
  ['401 subscription key', answer(401, { statusCode: 401 }), declined('misconfigured'), true],
  ['401 with a page', answer(401, PAGE), pending, true],
  ['403 FORBIDDEN_IP', error(403, 'FORBIDDEN_IP'), declined('misconfigured'), true],
  ['403 with a page', answer(403, PAGE), pending, true],
  ['403 of an unknown code', error(403, 'NEW_CODE'), pending, true],
  ['404 RESOURCE_NOT_FOUND', error(404, 'RESOURCE_NOT_FOUND'), declined('misconfigured'), false],
  ['404 PAYER_NOT_FOUND', error(404, 'PAYER_NOT_FOUND'), declined('unknown_payer'), false],
  ['409 RESOURCE_ALREADY_EXIST', error(409, 'RESOURCE_ALREADY_EXIST'), pending, false],
  ['409 of another code', error(409, 'NOT_ALLOWED'), pending, false],
  ['409 without a word', answer(409, ''), pending, false],
  ['429', answer(429, { statusCode: 429 }), pending, true],
  ['500 NOT_ALLOWED', error(500, 'NOT_ALLOWED'), declined('misconfigured'), true],
  ['500 target', error(500, 'NOT_ALLOWED_TARGET_ENVIRONMENT'), declined('misconfigured'), true],
  ['500 callback', error(500, 'INVALID_CALLBACK_URL_HOST'), declined('misconfigured'), true],
  ['500 INVALID_CURRENCY', error(500, 'INVALID_CURRENCY'), declined('misconfigured'), true],
  ['500 PAYER_NOT_FOUND', error(500, 'PAYER_NOT_FOUND'), declined('unknown_payer'), false],
  ['500 INTERNAL_PROCESSING_ERROR', error(500, 'INTERNAL_PROCESSING_ERROR'), pending, true],
  ['500 with a page', answer(500, PAGE), pending, true],
  ['500 without a word', answer(500, ''), pending, true],
  ['503 SERVICE_UNAVAILABLE', error(503, 'SERVICE_UNAVAILABLE'), pending, true],
  ['302', answer(302, ''), pending, false],
  ['no connection', { kind: 'not_sent', why: 'ECONNREFUSED' }, { status: 'not_sent' }, true],
  ['no answer', { kind: 'unknown', why: 'TimeoutError' }, pending, true],
]

const REASONS: Readonly<Record<string, PaymentUpdate>> = {
  APPROVAL_REJECTED: declined('payer_declined'),
  TRANSACTION_CANCELED: declined('payer_declined'),
  PAYMENT_NOT_APPROVED: declined('payer_declined'),
  EXPIRED: declined('payer_timeout'),
  COULD_NOT_PERFORM_TRANSACTION: declined('payer_timeout'),
  NOT_ENOUGH_FUNDS: declined('insufficient_funds'),
  INTERNAL_PROCESSING_ERROR: declined('insufficient_funds'),
  PAYER_LIMIT_REACHED: declined('payer_limit'),
  PAYER_NOT_FOUND: declined('unknown_payer'),
  PAYEE_NOT_FOUND: declined('misconfigured'),
  PAYEE_NOT_ALLOWED_TO_RECEIVE: declined('misconfigured'),
  NOT_ALLOWED: declined('misconfigured'),
  NOT_ALLOWED_TARGET_ENVIRONMENT: declined('misconfigured'),
  INVALID_CALLBACK_URL_HOST: declined('misconfigured'),
  INVALID_CURRENCY: declined('misconfigured'),
  RESOURCE_NOT_FOUND: declined('misconfigured'),
  RESOURCE_ALREADY_EXIST: pending,
  SERVICE_UNAVAILABLE: pending,
  ONGOING: pending,
  PAYER_DELAYED: pending,
  PAYEE_DELAYED: pending,
  SOMETHING_NEW: pending,
  constructor: pending,
}

const success = (fields: object) =>
  answer(200, { status: 'SUCCESSFUL', financialTransactionId: '77', ...fields })
const settled = (amountMinor: number, transaction = '77'): PaymentUpdate => ({
  status: 'settled',
  transaction,
  paid: { amountMinor, currency: 'RWF' },
})

const STATUSES: readonly (readonly [name: string, given: HttpAnswer, wanted: PaymentUpdate])[] = [
  ['SUCCESSFUL', success({ amount: '1150', currency: 'RWF' }), settled(1150)],
  ['SUCCESSFUL, 1150.00', success({ amount: '1150.00', currency: 'RWF' }), settled(1150)],
  ['SUCCESSFUL, a number', success({ amount: 1150, currency: 'RWF' }), settled(1150)],
  ['SUCCESSFUL, less than asked', success({ amount: '1149', currency: 'RWF' }), settled(1149)],
  [
    'SUCCESSFUL, in euros',
    success({ amount: '11.5', currency: 'EUR' }),
    { status: 'settled', transaction: '77', paid: { amountMinor: 1150, currency: 'EUR' } },
  ],
  [
    'SUCCESSFUL without an id',
    answer(200, { status: 'SUCCESSFUL', amount: '1150', currency: 'RWF' }),
    settled(1150, order.reference),
  ],
  ['SUCCESSFUL without an amount', success({ currency: 'RWF' }), pending],
  ['SUCCESSFUL, half a franc', success({ amount: '1150.5', currency: 'RWF' }), pending],
  ['SUCCESSFUL, a strange currency', success({ amount: '1150', currency: 'XXX' }), pending],
  ['SUCCESSFUL, but 500', answer(500, { status: 'SUCCESSFUL', amount: '1150', currency: 'RWF' }), pending],
  ['FAILED without a reason', answer(200, { status: 'FAILED' }), declined('provider_down')],
  ['FAILED, an odd reason', answer(200, { status: 'FAILED', reason: 7 }), pending],
  ['PENDING', answer(200, { status: 'PENDING', amount: '1150', currency: 'RWF' }), pending],
  ['CREATED', answer(200, { status: 'CREATED' }), pending],
  ['an unknown status', answer(200, { status: 'PAUSED' }), pending],
  ['200 with a page', answer(200, PAGE), pending],
  ['200 cut short', answer(200, '{"status":"SUCCESSFUL","amount":"11'), pending],
  ['200 without a word', answer(200, ''), pending],
  ['202', answer(202, ''), pending],
  ['404 RESOURCE_NOT_FOUND', error(404, 'RESOURCE_NOT_FOUND'), absent],
  ['404 of the way there', answer(404, { statusCode: 404, message: 'Resource not found' }), pending],
  ['404 with a page', answer(404, PAGE), pending],
  ...[400, 401, 403, 409, 429, 500, 503].map(
    (status) => [String(status), error(status, 'NOT_ALLOWED'), pending] as const,
  ),
  ['no connection', { kind: 'not_sent', why: 'ECONNREFUSED' }, pending],
  ['no answer', { kind: 'unknown', why: 'TimeoutError' }, pending],
]

/** Where the person is the payee, these say something else. */
const OF_PAYEE: readonly (readonly [code: string, fault: PaymentFault, trouble: boolean])[] = [
  ['PAYEE_NOT_FOUND', 'unknown_payer', false],
  ['PAYEE_NOT_ALLOWED_TO_RECEIVE', 'unknown_payer', false],
  ['PAYER_NOT_FOUND', 'misconfigured', true],
]

const BALANCES: readonly (readonly [name: string, given: HttpAnswer, wanted: number | undefined])[] = [
  ['whole francs', answer(200, { availableBalance: '1000000', currency: 'RWF' }), 1_000_000],
  ['francs with a point', answer(200, { availableBalance: '1000.00', currency: 'RWF' }), 1000],
  ['a number', answer(200, { availableBalance: 7, currency: 'RWF' }), 7],
  ['nothing', answer(200, { availableBalance: '0', currency: 'RWF' }), 0],
  ['less than nothing', answer(200, { availableBalance: '-250', currency: 'RWF' }), 0],
  ['half a franc', answer(200, { availableBalance: '0.5', currency: 'RWF' }), undefined],
  ['no number', answer(200, { availableBalance: 'much', currency: 'RWF' }), undefined],
  ['a strange currency', answer(200, { availableBalance: '1', currency: 'XXX' }), undefined],
  ['no currency', answer(200, { availableBalance: '1' }), undefined],
  ['a page', answer(200, PAGE), undefined],
  ['500', error(500, 'NOT_ALLOWED'), undefined],
  ['no connection', { kind: 'not_sent', why: 'ECONNREFUSED' }, undefined],
  ['no answer', { kind: 'unknown', why: 'TimeoutError' }, undefined],
]

const HOLDERS: readonly (readonly [name: string, given: HttpAnswer, wanted: boolean | undefined])[] = [
  ['true', answer(200, { result: true }), true],
  ['false', answer(200, { result: false }), false],
  ['a text', answer(200, { result: 'true' }), undefined],
  ['404 RESOURCE_NOT_FOUND', error(404, 'RESOURCE_NOT_FOUND'), false],
  ['404 of the way there', answer(404, { statusCode: 404, message: 'Resource not found' }), undefined],
  ['404 with a page', answer(404, PAGE), undefined],
  ['a page', answer(200, PAGE), undefined],
  ['cut short', answer(200, '{"result":tr'), undefined],
  ['500', error(500, 'NOT_ALLOWED'), undefined],
  ['401', error(401, 'INVALID_TOKEN'), undefined],
  ['no answer', { kind: 'unknown', why: 'TimeoutError' }, undefined],
]

describe('mtn wire', () => {
  for (const [name, given, wanted, trouble] of SUBMISSIONS) {
    it(`a request answered by ${name} is ${wanted.status}`, () => {
      assert.deepEqual(readSubmission(given, 'payer'), wanted)
      assert.equal(isTrouble(given, 'payer'), trouble, 'counted by the breaker')
    })
  }

  for (const [reason, wanted] of Object.entries(REASONS)) {
    it(`FAILED for ${reason} is ${'fault' in wanted ? wanted.fault : wanted.status}`, () => {
      for (const form of [reason, { code: reason, message: 'as documented' }]) {
        assert.deepEqual(readStatus(answer(200, { status: 'FAILED', reason: form }), order, 'payer'), wanted)
      }
    })
  }

  for (const [name, given, wanted] of STATUSES) {
    it(`a status of ${name} is ${wanted.status}`, () => {
      assert.deepEqual(readStatus(given, order, 'payer'), wanted)
    })
  }

  for (const [code, fault, trouble] of OF_PAYEE) {
    it(`${code} of a payout is ${fault}`, () => {
      const refused = error(500, code)
      assert.deepEqual(readSubmission(refused, 'payee'), declined(fault))
      assert.equal(isTrouble(refused, 'payee'), trouble, 'counted by the breaker')
      const failed = answer(200, { status: 'FAILED', reason: code })
      assert.deepEqual(readStatus(failed, order, 'payee'), declined(fault))
    })
  }

  for (const [reason, wanted] of Object.entries(REASONS)) {
    if (OF_PAYEE.some(([code]) => code === reason)) continue
    it(`FAILED for ${reason} of a payout is ${'fault' in wanted ? wanted.fault : wanted.status}`, () => {
      assert.deepEqual(readStatus(answer(200, { status: 'FAILED', reason }), order, 'payee'), wanted)
    })
  }

  for (const [name, given, wanted] of BALANCES) {
    it(`a balance of ${name} is ${wanted}`, () => {
      assert.deepEqual(
        readBalance(given),
        wanted === undefined ? undefined : { amountMinor: wanted, currency: 'RWF' },
      )
    })
  }

  for (const [name, given, wanted] of HOLDERS) {
    it(`a holder's answer of ${name} is ${wanted}`, () => {
      assert.equal(readHolder(given), wanted)
    })
  }

  it('pays out in the documented form', () => {
    const { payer: payee, ...rest } = order
    const payout: Payout = { ...rest, payee, memo: "Semaine d'été" }
    assert.deepEqual(JSON.parse(transferBody(payout)), {
      amount: '1150',
      currency: 'RWF',
      externalId: order.reference,
      payee: { partyIdType: 'MSISDN', partyId: '250788000001' },
      payerMessage: 'Semaine d ete',
      payeeNote: 'Semaine d ete',
    })
  })

  it('asks for money in the documented form', () => {
    assert.deepEqual(JSON.parse(collectBody(order)), {
      amount: '1150',
      currency: 'RWF',
      externalId: order.reference,
      payer: { partyIdType: 'MSISDN', partyId: '250788000001' },
      payerMessage: 'Moto trip',
      payeeNote: 'Moto trip',
    })
  })

  it('gives money back in the documented form', () => {
    const money = { amountMinor: 1205, currency: 'EUR' } as const
    const collected = { amountMinor: 5000, currency: 'EUR' } as const
    const reference = '11111111-1111-4111-8111-111111111111'
    const of = { reference, handle: null, transaction: '77', money: collected }
    assert.deepEqual(JSON.parse(refundBody({ ...order, money, of })), {
      amount: '12.05',
      currency: 'EUR',
      externalId: order.reference,
      payerMessage: 'Moto trip',
      payeeNote: 'Moto trip',
      referenceIdToRefund: reference,
    })
  })

  it('writes notes in plain letters, digits and spaces', () => {
    assert.equal(plain("Trajet de l'été – nº 42!"), 'Trajet de l ete no 42')
    assert.equal(plain('  a\n\tb  '), 'a b')
    assert.equal(plain('x '.repeat(200)).length, 159)
    assert.equal(plain('…'), '')
  })
})
