import assert from 'node:assert/strict'
import { certificate, passwordIn } from '../../simulators/mpesa/certificate.ts'
import type { HttpAnswer } from '../../src/core/base/http.ts'
import { isMsisdn } from '../../src/core/base/phone.ts'
import type { PaymentUpdate } from '../../src/core/pay/provider.ts'
import {
  isTokenRefused,
  isTrouble,
  readQuery,
  readSubmission,
} from '../../src/integrations/payments/mpesa/answers.ts'
import * as wire from '../../src/integrations/payments/mpesa/wire.ts'
import { declined, orderOf, payoutOf, pending, refundOf } from './mpesa-desk.ts'

const PAGE = '<html><head><title>Request Rejected</title></head><body>Your support ID is: 823</body></html>'
const HANDLE = 'ws_CO_191220191020363925'
const MERCHANT: wire.Merchant = {
  shortCode: '174379',
  passKey: 'bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919',
  till: null,
}
/** Noon of New Year's Day in Nairobi. */
const NOON = Date.UTC(2026, 0, 1, 9)
const PASSWORD =
  'MTc0Mzc5YmZiMjc5ZjlhYTliZGJjZjE1OGU5N2RkNzFhNDY3Y2QyZTBjODkzMDU5YjEwZjc4ZTZiNzJhZGExZWQyYzkxOTIwMjYwMTAxMTIwMDAw'
const URL = 'https://pay.example/x'

const order = { ...orderOf('+254708374149'), handle: HANDLE }
const answer = (status: number, body: unknown): HttpAnswer => ({
  kind: 'answer',
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const error = (status: number, errorCode: string, errorMessage = 'as documented') =>
  answer(status, { requestId: '29115-34620561-1', errorCode, errorMessage })
const known: PaymentUpdate = { status: 'pending', handle: HANDLE }

type Row = readonly [name: string, given: HttpAnswer, wanted: PaymentUpdate, trouble: boolean]

const TAKEN = { MerchantRequestID: '1-2-3', CheckoutRequestID: HANDLE, ResponseCode: '0' }
const CUT = JSON.stringify(TAKEN).slice(0, 70)
const LOCKED = 'Unable to lock subscriber, a transaction is already in process for the current subscriber'

const SUBMISSIONS: readonly Row[] = [
  ['accepted', answer(200, TAKEN), known, false],
  ['accepted, its code a number', answer(200, { ...TAKEN, ResponseCode: 0 }), known, false],
  [
    'a payout accepted',
    answer(200, { ConversationID: 'AG_1', OriginatorConversationID: 'x', ResponseCode: '0' }),
    { status: 'pending', handle: 'AG_1' },
    false,
  ],
  ['accepted without a name', answer(200, { ResponseCode: '0' }), pending, false],
  ['ResponseCode 1', answer(200, { ...TAKEN, ResponseCode: '1' }), pending, false],
  ['200 with a page', answer(200, PAGE), pending, true],
  ['200 cut short', answer(200, CUT), pending, true],
  ['200 without a word', answer(200, ''), pending, true],
  ['302', answer(302, '{}'), pending, false],
  ['400.002.02', error(400, '400.002.02'), declined('misconfigured'), false],
  [
    '400.002.02 of the phone',
    error(400, '400.002.02', 'Bad Request - Invalid PhoneNumber'),
    declined('unknown_payer'),
    false,
  ],
  ['401.002.01', error(401, '401.002.01'), declined('misconfigured'), true],
  ['401.003.01', error(401, '401.003.01'), declined('misconfigured'), true],
  ['404.001.03', error(404, '404.001.03'), declined('misconfigured'), true],
  ['a good code with 200', error(200, '400.002.02'), pending, false],
  ['400 of an unknown code', error(400, '400.999.99'), pending, false],
  ['400 with a page', answer(400, PAGE), pending, true],
  ['401 with a page', answer(401, PAGE), pending, true],
  ['403 with a page', answer(403, PAGE), pending, true],
  ['429', error(429, '500.003.02'), pending, true],
  [
    '500.001.1001, credentials',
    error(500, '500.001.1001', '[MerchantValidate] - Wrong credentials'),
    declined('misconfigured'),
    true,
  ],
  [
    '500.001.1001, merchant',
    error(500, '500.001.1001', 'Merchant does not exist'),
    declined('misconfigured'),
    true,
  ],
  [
    '500.001.1001, being processed',
    error(500, '500.001.1001', 'The transaction is being processed'),
    pending,
    false,
  ],
  ['500.001.1001, locked', error(500, '500.001.1001', LOCKED), pending, false],
  ['500.001.1001, something new', error(500, '500.001.1001', 'Something new'), pending, true],
  [
    '500.002.1001, duplicate',
    error(500, '500.002.1001', 'Duplicate OriginatorConversationID.'),
    pending,
    false,
  ],
  ['500.003.02', error(500, '500.003.02'), pending, true],
  ['500.003.1001', error(500, '500.003.1001'), pending, true],
  ['500 with a page', answer(500, PAGE), pending, true],
  ['503 without a word', answer(503, ''), pending, true],
  ['no connection', { kind: 'not_sent', why: 'ECONNREFUSED' }, { status: 'not_sent' }, true],
  ['no answer', { kind: 'unknown', why: 'TimeoutError' }, pending, true],
]

const RESULTS: Readonly<Record<string, PaymentUpdate>> = {
  1: declined('insufficient_funds'),
  17: declined('payer_limit'),
  26: pending,
  1001: declined('payer_timeout'),
  1019: declined('payer_timeout'),
  1025: declined('provider_down'),
  1032: declined('payer_declined'),
  1037: declined('payer_timeout'),
  2001: declined('wrong_pin'),
  4999: pending,
  7777: pending,
  9999: declined('provider_down'),
  constructor: pending,
}

const ended = (ResultCode: unknown, fields: object = {}) =>
  answer(200, {
    ResponseCode: '0',
    CheckoutRequestID: HANDLE,
    ResultCode,
    ResultDesc: 'The service request is processed successfully.',
    ...fields,
  })
const settled: PaymentUpdate = { status: 'settled', transaction: HANDLE, paid: order.money }

const QUERIES: readonly (readonly [name: string, given: HttpAnswer, wanted: PaymentUpdate])[] = [
  ['0', ended('0'), settled],
  ['0, a number', ended(0), settled],
  ['0 without a name', ended('0', { CheckoutRequestID: undefined }), settled],
  ['0 of another push', ended('0', { CheckoutRequestID: 'ws_CO_2' }), pending],
  ['0, but not accepted', ended('0', { ResponseCode: '1' }), pending],
  ['0, but 500', answer(500, { ResponseCode: '0', ResultCode: '0' }), pending],
  ['1, still under way', ended('1', { ResultDesc: 'The transaction is still under processing' }), pending],
  ['no result', ended(undefined), pending],
  ['being processed', error(500, '500.001.1001', 'The transaction is being processed'), pending],
  ['wrong credentials', error(500, '500.001.1001', 'Wrong credentials'), pending],
  ['no such merchant', error(500, '500.001.1001', 'Merchant does not exist'), pending],
  ['an unknown push', error(400, '400.002.02', 'Bad Request - Invalid CheckoutRequestID'), pending],
  ...['401.002.01', '401.003.01', '404.001.03'].map(
    (code) => [code, error(Number(code.slice(0, 3)), code), pending] as const,
  ),
  ['429', error(429, '500.003.02'), pending],
  ['200 with a page', answer(200, PAGE), pending],
  ['200 cut short', answer(200, '{"ResponseCode":"0","ResultCode":"0"'), pending],
  ['200 without a word', answer(200, ''), pending],
  ['no connection', { kind: 'not_sent', why: 'ECONNREFUSED' }, pending],
  ['no answer', { kind: 'unknown', why: 'TimeoutError' }, pending],
]

describe('mpesa wire', () => {
  for (const [name, given, wanted, trouble] of SUBMISSIONS)
    it(`a request answered by ${name} is ${wanted.status}`, () => {
      assert.deepEqual(readSubmission(given), wanted)
      assert.equal(isTrouble(given), trouble, 'counted by the breaker')
    })

  for (const [code, wanted] of Object.entries(RESULTS))
    it(`result ${code} is ${'fault' in wanted ? wanted.fault : wanted.status}`, () => {
      for (const form of [code, ...(Number(code) ? [Number(code)] : [])])
        assert.deepEqual(readQuery(ended(form, { ResultDesc: 'as documented' }), order, undefined), wanted)
    })

  for (const [name, given, wanted] of QUERIES)
    it(`a query answered by ${name} is ${wanted.status}`, () =>
      assert.deepEqual(readQuery(given, order, undefined), wanted))

  it('a receipt that a callback told is the transaction, once the query says that it was paid', () => {
    assert.deepEqual(readQuery(ended('0'), order, 'NLJ7RT61SV'), { ...settled, transaction: 'NLJ7RT61SV' })
    assert.deepEqual(readQuery(ended('26'), order, 'NLJ7RT61SV'), pending)
  })

  it('only a token that is refused in so many words is replaced', () => {
    for (const code of ['401.002.01', '401.003.01', '404.001.03'])
      assert.equal(isTokenRefused(error(Number(code.slice(0, 3)), code)), true, code)
    for (const other of [answer(401, PAGE), error(404, '404.002.01'), error(200, '404.001.03')])
      assert.equal(isTokenRefused(other), false)
  })

  it('makes the password of the documents, in the time of Nairobi', () => {
    assert.equal(wire.timestamp(NOON), '20260101120000')
    assert.equal(wire.timestamp(Date.UTC(2025, 11, 31, 21, 0, 1)), '20260101000001')
    assert.equal(wire.password(MERCHANT, '20260101120000'), PASSWORD)
  })

  it('encrypts for an X.509 certificate, and for nothing else', () => {
    const [one, two] = [wire.credential('pass#1&word', certificate()), wire.credential('x', certificate())]
    assert.equal(passwordIn(one), 'pass#1&word')
    assert.equal(passwordIn(two), 'x')
    assert.match(one, /^[A-Za-z0-9+/]{342}==$/)
    assert.throws(() => wire.credential('x', 'no certificate'))
  })

  it('asks for money in the documented form', () => {
    const terms = { amount: 1150, merchant: MERCHANT, at: NOON, url: URL }
    const body = JSON.parse(wire.pushBody({ ...order, reference: `${'0'.repeat(24)}3f6f1b0f8f11` }, terms))
    assert.deepEqual(body, {
      BusinessShortCode: '174379',
      Password: PASSWORD,
      Timestamp: '20260101120000',
      TransactionType: 'CustomerPayBillOnline',
      Amount: 1150,
      PartyA: '254708374149',
      PartyB: '174379',
      PhoneNumber: '254708374149',
      CallBackURL: URL,
      AccountReference: '3f6f1b0f8f11',
      TransactionDesc: 'Inzira trip K',
    })
    const merchant = { ...MERCHANT, till: '555111' }
    const { TransactionType, PartyB } = JSON.parse(wire.pushBody(order, { ...terms, merchant }))
    assert.deepEqual([TransactionType, PartyB], ['CustomerBuyGoodsOnline', '555111'])
  })

  it('asks after a push, pays out and reverses in the documented form', () => {
    const initiator = { name: 'op', shortCode: '600000', credential: 'c2VjcmV0' }
    assert.deepEqual(JSON.parse(wire.queryBody(HANDLE, MERCHANT, NOON)), {
      BusinessShortCode: '174379',
      Password: PASSWORD,
      Timestamp: '20260101120000',
      CheckoutRequestID: HANDLE,
    })
    const payout = payoutOf('+254708374149')
    assert.deepEqual(JSON.parse(wire.payOutBody(payout, { amount: 10, initiator, url: URL })), {
      OriginatorConversationID: payout.reference,
      InitiatorName: 'op',
      SecurityCredential: 'c2VjcmV0',
      CommandID: 'BusinessPayment',
      Amount: 10,
      PartyA: '600000',
      PartyB: '254708374149',
      Remarks: 'Fares of the week',
      QueueTimeOutURL: URL,
      ResultURL: URL,
    })
    const refund = refundOf(order, 'NLJ7RT61SV')
    const terms = { amount: 1150, initiator, url: URL, collector: '174379' }
    assert.deepEqual(JSON.parse(wire.reversalBody(refund, terms)), {
      Initiator: 'op',
      SecurityCredential: 'c2VjcmV0',
      CommandID: 'TransactionReversal',
      TransactionID: 'NLJ7RT61SV',
      Amount: 1150,
      ReceiverParty: '174379',
      RecieverIdentifierType: '11',
      ResultURL: URL,
      QueueTimeOutURL: URL,
      Remarks: 'Inzira trip K7QF2M',
      Occasion: refund.reference,
    })
  })

  it('moves whole shillings only', () => {
    const whole = (amountMinor: number, currency: 'KES' | 'RWF' = 'KES') =>
      wire.shillings({ amountMinor, currency })
    assert.deepEqual([whole(100), whole(25_000_000)], [1, 250_000])
    for (const none of [whole(0), whole(-100), whole(150), whole(99), whole(1100, 'RWF')])
      assert.equal(none, undefined)
  })

  it('knows the numbers of Safaricom', () => {
    const serves = (prefix: string) => {
      const phone = `+254${prefix}${'1'.repeat(9 - prefix.length)}`
      assert.ok(isMsisdn(phone))
      return wire.isSafaricom(phone)
    }
    const ours = '700 708 719 729 740 741 742 743 745 746 748 757 758 759 768 769 790 799 110 115 119'
    const others = '730 739 744 747 749 750 756 760 763 767 770 780 789 100 109 120 20 41'
    assert.deepEqual(
      ours.split(' ').filter((prefix) => !serves(prefix)),
      [],
    )
    assert.deepEqual(others.split(' ').filter(serves), [])
    for (const odd of ['+250708374149', '+25470837414', '+2547083741499'])
      assert.equal(isMsisdn(odd) && wire.isSafaricom(odd), false, odd)
  })
})
