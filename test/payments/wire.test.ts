import assert from 'node:assert/strict'
import type { HttpAnswer } from '../../src/core/base/http.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import { parsePhone } from '../../src/core/base/phone.ts'
import type { Collection, PaymentFault, PaymentUpdate } from '../../src/core/pay/provider.ts'
import {
  collectBody,
  isTrouble,
  plain,
  readStatus,
  readSubmission,
  refundBody,
} from '../../src/integrations/payments/mtn/wire.ts'

const PAGE = '<html><head><title>Request Rejected</title></head><body>Your support ID is: 823</body></html>'

const payer = parsePhone('+250788000001') as Msisdn
const order: Collection = {
  reference: '6f0f8b1e-8b0c-4a53-9d3e-3f6f1b0f8f11',
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

describe('mtn wire', () => {
  for (const [name, given, wanted, trouble] of SUBMISSIONS) {
    it(`a request answered by ${name} is ${wanted.status}`, () => {
      assert.deepEqual(readSubmission(given), wanted)
      assert.equal(isTrouble(given), trouble, 'counted by the breaker')
    })
  }

  for (const [reason, wanted] of Object.entries(REASONS)) {
    it(`FAILED for ${reason} is ${'fault' in wanted ? wanted.fault : wanted.status}`, () => {
      for (const form of [reason, { code: reason, message: 'as documented' }]) {
        assert.deepEqual(readStatus(answer(200, { status: 'FAILED', reason: form }), order), wanted)
      }
    })
  }

  for (const [name, given, wanted] of STATUSES) {
    it(`a status of ${name} is ${wanted.status}`, () => {
      assert.deepEqual(readStatus(given, order), wanted)
    })
  }

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
    const of = '11111111-1111-4111-8111-111111111111'
    const money = { amountMinor: 1205, currency: 'EUR' } as const
    assert.deepEqual(JSON.parse(refundBody({ ...order, money, of })), {
      amount: '12.05',
      currency: 'EUR',
      externalId: order.reference,
      payerMessage: 'Moto trip',
      payeeNote: 'Moto trip',
      referenceIdToRefund: of,
    })
  })

  it('writes notes in plain letters, digits and spaces', () => {
    assert.equal(plain("Trajet de l'été – nº 42!"), 'Trajet de l ete no 42')
    assert.equal(plain('  a\n\tb  '), 'a b')
    assert.equal(plain('x '.repeat(200)).length, 159)
    assert.equal(plain('…'), '')
  })
})
