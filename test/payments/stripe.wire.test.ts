import assert from 'node:assert/strict'
import type { HttpAnswer } from '../../src/core/base/http.ts'
import type { PaymentUpdate, RefundOrder } from '../../src/core/pay/provider.ts'
import {
  isTrouble,
  readCreated,
  readRefund,
  readRefunded,
  readRefunds,
  readSession,
  refundBody,
  sessionBody,
} from '../../src/integrations/payments/stripe/wire.ts'
import { absent, answer, declined, notSent, PAGE, pending, phone } from './cards.ts'

const REFERENCE = '6f0f8b1e-8b0c-4a53-9d3e-3f6f1b0f8f11'
const order = {
  reference: REFERENCE,
  handle: 'cs_test_1',
  money: { amountMinor: 1150, currency: 'RWF' },
  payer: phone('+250788000001'),
  memo: 'Moto trip',
} as const
const refund: RefundOrder = {
  ...order,
  handle: null,
  money: { amountMinor: 400, currency: 'RWF' },
  of: { ...order, transaction: 'pi_1' },
}

const error = (status: number, type: string, code?: string) =>
  answer(status, { error: { type, code, message: 'as documented' } })
const invalid = (status: number, code?: string) => error(status, 'invalid_request_error', code)

const URL_OF = 'https://checkout.stripe.com/c/pay/cs_test_1#x'
const intent = (status: string, change: object = {}) => ({
  id: 'pi_1',
  object: 'payment_intent',
  status,
  amount_received: status === 'succeeded' ? 1150 : 0,
  currency: 'rwf',
  last_payment_error: null,
  ...change,
})
const session = (
  status: string,
  payment_status: string,
  payment_intent: unknown = null,
  change: object = {},
) =>
  answer(200, {
    id: 'cs_test_1',
    object: 'checkout.session',
    url: status === 'open' ? URL_OF : null,
    status,
    payment_status,
    client_reference_id: REFERENCE,
    payment_intent,
    ...change,
  })
const refused = (decline_code: string | null) =>
  intent('canceled', { last_payment_error: { type: 'card_error', code: 'card_declined', decline_code } })
const refundAs = (status: string | null, change: object = {}) => ({
  id: 're_1',
  object: 'refund',
  amount: 400,
  currency: 'rwf',
  status,
  metadata: { reference: REFERENCE },
  ...change,
})

const paid: PaymentUpdate = { status: 'settled', transaction: 'pi_1', paid: order.money }
const back: PaymentUpdate = { status: 'settled', transaction: 're_1', paid: refund.money }
const coming: PaymentUpdate = { status: 'pending', handle: 're_1' }

type Row = readonly [name: string, given: HttpAnswer, wanted: PaymentUpdate]

/** What any answer to a request that makes something may be. */
const REFUSALS: readonly (readonly [...Row, trouble: boolean])[] = [
  ['nothing left', { kind: 'not_sent', why: 'ECONNREFUSED' }, notSent, true],
  ['no answer', { kind: 'unknown', why: 'ECONNRESET' }, pending, true],
  ['400', invalid(400), declined('misconfigured'), false],
  ['400 parameter_missing', invalid(400, 'parameter_missing'), declined('misconfigured'), false],
  ['400 of the key', error(400, 'idempotency_error'), pending, false],
  ['400 of a new type', error(400, 'new_error'), pending, false],
  ['400 with a page', answer(400, PAGE), pending, true],
  ['400 cut short', answer(400, '{"error":{"type":"invalid'), pending, true],
  ['401', invalid(401), declined('misconfigured'), true],
  ['401 with a page', answer(401, PAGE), pending, true],
  ['402', error(402, 'card_error', 'card_declined'), pending, false],
  ['403', invalid(403), declined('misconfigured'), true],
  ['404', invalid(404, 'resource_missing'), declined('misconfigured'), false],
  ['409 idempotency_key_in_use', error(409, 'idempotency_error', 'idempotency_key_in_use'), pending, false],
  ['409 lock_timeout', invalid(409, 'lock_timeout'), pending, false],
  ['418', invalid(418), pending, false],
  ['424', error(424, 'api_error'), pending, true],
  ['429', invalid(429, 'rate_limit'), pending, true],
  ['500', error(500, 'api_error'), pending, true],
  ['503 with a page', answer(503, PAGE), pending, true],
  ['301', answer(301, ''), pending, true],
  ['200 with a page', answer(200, PAGE), pending, true],
  ['200 cut short', answer(200, '{"id":"cs_test_1","object":"checkout'), pending, true],
  ['200 of something else', answer(200, { id: 'cs_test_1', object: 'event' }), pending, false],
]

const CREATED: readonly Row[] = [
  ['open', session('open', 'unpaid'), { status: 'pending', handle: 'cs_test_1', url: URL_OF }],
  ['repeated when paid', session('complete', 'paid', 'pi_1'), { status: 'pending', handle: 'cs_test_1' }],
  ['repeated when expired', session('expired', 'unpaid'), { status: 'pending', handle: 'cs_test_1' }],
  ['of another reference', session('open', 'unpaid', null, { client_reference_id: 'x' }), pending],
  ['with a strange id', session('open', 'unpaid', null, { id: '../refunds' }), pending],
]

const SESSIONS: readonly Row[] = [
  ['nothing left', { kind: 'not_sent', why: 'ECONNREFUSED' }, pending],
  ['no answer', { kind: 'unknown', why: 'ETIMEDOUT' }, pending],
  ['404 resource_missing', invalid(404, 'resource_missing'), absent],
  ['404 with a page', answer(404, PAGE), pending],
  ['401', invalid(401), pending],
  ['429', invalid(429, 'rate_limit'), pending],
  ['500', error(500, 'api_error'), pending],
  ['200 with a page', answer(200, PAGE), pending],
  ['open', session('open', 'unpaid'), pending],
  ['open after a refused card', session('open', 'unpaid', intent('requires_payment_method')), pending],
  ['open, 3-D Secure', session('open', 'unpaid', intent('requires_action')), pending],
  [
    'complete, requires_confirmation',
    session('complete', 'unpaid', intent('requires_confirmation')),
    pending,
  ],
  ['complete, processing', session('complete', 'unpaid', intent('processing')), pending],
  ['complete, requires_capture', session('complete', 'unpaid', intent('requires_capture')), pending],
  ['complete, a new status', session('complete', 'unpaid', intent('new')), pending],
  ['complete without a payment', session('complete', 'unpaid'), pending],
  [
    'complete, failed',
    session('complete', 'unpaid', intent('requires_payment_method')),
    declined('payer_declined'),
  ],
  ['complete, canceled', session('complete', 'unpaid', intent('canceled')), declined('payer_declined')],
  ['paid', session('complete', 'paid', intent('succeeded')), paid],
  ['paid, its payment not shown', session('complete', 'paid', 'pi_1'), pending],
  ['paid, its payment not', session('complete', 'paid', intent('processing')), pending],
  ['its payment paid, itself not', session('complete', 'unpaid', intent('succeeded')), pending],
  ['nothing to pay', session('complete', 'no_payment_required'), pending],
  [
    'paid with less',
    session('complete', 'paid', intent('succeeded', { amount_received: 1149 })),
    { ...paid, paid: { amountMinor: 1149, currency: 'RWF' } },
  ],
  [
    'paid in euro',
    session('complete', 'paid', intent('succeeded', { currency: 'eur' })),
    { ...paid, paid: { amountMinor: 1150, currency: 'EUR' } },
  ],
  ['paid in unknown money', session('complete', 'paid', intent('succeeded', { currency: 'xxx' })), pending],
  ['paid a broken sum', session('complete', 'paid', intent('succeeded', { amount_received: 11.5 })), pending],
  [
    'paid, of another reference',
    session('complete', 'paid', intent('succeeded'), { client_reference_id: 'x' }),
    pending,
  ],
  ['expired', session('expired', 'unpaid'), declined('payer_timeout')],
  ['expired, canceled', session('expired', 'unpaid', intent('canceled')), declined('payer_timeout')],
  ['expired, still processing', session('expired', 'unpaid', intent('processing')), pending],
  ['expired, its payment not shown', session('expired', 'unpaid', 'pi_1'), pending],
  ['a new status', session('new', 'unpaid'), pending],
  ['a new payment status', session('expired', 'new'), pending],
  [
    'insufficient_funds',
    session('expired', 'unpaid', refused('insufficient_funds')),
    declined('insufficient_funds'),
  ],
  ['velocity', session('expired', 'unpaid', refused('card_velocity_exceeded')), declined('payer_limit')],
  [
    'withdrawals',
    session('expired', 'unpaid', refused('withdrawal_count_limit_exceeded')),
    declined('payer_limit'),
  ],
  ['incorrect_pin', session('expired', 'unpaid', refused('incorrect_pin')), declined('wrong_pin')],
  ['invalid_pin', session('expired', 'unpaid', refused('invalid_pin')), declined('wrong_pin')],
  ['pin_try_exceeded', session('expired', 'unpaid', refused('pin_try_exceeded')), declined('wrong_pin')],
  ['generic_decline', session('expired', 'unpaid', refused('generic_decline')), declined('payer_declined')],
  ['no code of the bank', session('expired', 'unpaid', refused(null)), declined('payer_declined')],
]

type RefundRow = readonly [name: string, given: object, wanted: PaymentUpdate]

const REFUNDS: readonly RefundRow[] = [
  ['succeeded', refundAs('succeeded'), back],
  ['pending', refundAs('pending'), coming],
  ['requires_action', refundAs('requires_action'), coming],
  ['a new status', refundAs('new'), coming],
  ['no status', refundAs(null), coming],
  ['canceled', refundAs('canceled'), declined('misconfigured')],
  ['failed', refundAs('failed'), declined('provider_down')],
  ['failed, new', refundAs('failed', { failure_reason: 'new' }), declined('provider_down')],
  ['failed, unknown', refundAs('failed', { failure_reason: 'unknown' }), declined('provider_down')],
  ['failed, declined', refundAs('failed', { failure_reason: 'declined' }), declined('payer_declined')],
  [
    'failed, card gone',
    refundAs('failed', { failure_reason: 'expired_or_canceled_card' }),
    declined('payer_declined'),
  ],
  [
    'failed, card lost',
    refundAs('failed', { failure_reason: 'lost_or_stolen_card' }),
    declined('payer_declined'),
  ],
  [
    'failed, our money',
    refundAs('failed', { failure_reason: 'insufficient_funds' }),
    declined('misconfigured'),
  ],
  ['failed, our wish', refundAs('failed', { failure_reason: 'merchant_request' }), declined('misconfigured')],
]

const list = (data: unknown, has_more = false) => answer(200, { object: 'list', data, has_more })
const foreign = refundAs('succeeded', { metadata: { reference: 'another' } })
const LISTS: readonly Row[] = [
  ['empty', list([]), absent],
  ['ours among others', list([foreign, { object: 'refund' }, refundAs('succeeded')]), back],
  ['only others', list([foreign]), absent],
  ['only others, and there are more', list([foreign], true), pending],
  ['no list', list(undefined), pending],
  ['500', error(500, 'api_error'), pending],
  ['a page', answer(200, PAGE), pending],
]

describe('stripe: the wire', () => {
  const rows = <R extends Row>(
    title: string,
    table: readonly R[],
    read: (given: HttpAnswer) => PaymentUpdate,
  ) =>
    describe(title, () => {
      for (const [name, given, wanted] of table) it(name, () => assert.deepEqual(read(given), wanted))
    })

  rows('what making a session may answer', CREATED, (given) => readCreated(given, order))
  rows('a session', SESSIONS, (given) => readSession(given, order))
  rows('a list of refunds', LISTS, (given) => readRefunds(given, refund))
  describe('what makes something', () => {
    for (const [name, given, wanted, trouble] of REFUSALS)
      it(name, () => {
        assert.deepEqual(readCreated(given, order), wanted)
        assert.deepEqual(readRefunded(given, refund), wanted)
        assert.equal(isTrouble(given), trouble)
      })
  })
  describe('a refund', () => {
    const mine: RefundOrder = { ...refund, reference: REFERENCE }
    for (const [name, given, wanted] of REFUNDS)
      it(name, () => {
        assert.deepEqual(readRefund(answer(200, given), mine), wanted)
        assert.deepEqual(readRefunded(answer(200, given), mine), wanted)
      })
    it('of another reference', () => assert.deepEqual(readRefund(answer(200, foreign), mine), pending))
    it('that is not there', () =>
      assert.deepEqual(readRefund(invalid(404, 'resource_missing'), mine), absent))
  })

  it('asks for a session in the smallest unit, and bears the reference', () => {
    const body = new URLSearchParams(sessionBody(order, 'https://x.rw/back'))
    assert.deepEqual(Object.fromEntries(body), {
      mode: 'payment',
      'payment_method_types[0]': 'card',
      client_reference_id: REFERENCE,
      'metadata[reference]': REFERENCE,
      'payment_intent_data[metadata][reference]': REFERENCE,
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': 'rwf',
      'line_items[0][price_data][unit_amount]': '1150',
      'line_items[0][price_data][product_data][name]': 'Moto trip',
      success_url: 'https://x.rw/back',
      cancel_url: 'https://x.rw/back',
    })
    const euro = { ...order, money: { amountMinor: 1150, currency: 'EUR' }, memo: '' } as const
    const again = new URLSearchParams(sessionBody(euro, 'https://x.rw/back'))
    assert.equal(again.get('line_items[0][price_data][unit_amount]'), '1150', 'cents')
    assert.equal(again.get('line_items[0][price_data][product_data][name]'), REFERENCE, 'a name is needed')
  })

  it('asks for a refund of the money named', () => {
    const body = Object.fromEntries(new URLSearchParams(refundBody(refund)))
    assert.deepEqual(body, { payment_intent: 'pi_1', amount: '400', 'metadata[reference]': REFERENCE })
  })
})
