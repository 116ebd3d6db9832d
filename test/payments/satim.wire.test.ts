import assert from 'node:assert/strict'
import type { HttpAnswer } from '../../src/core/base/http.ts'
import type { PaymentUpdate, RefundOrder } from '../../src/core/pay/provider.ts'
import {
  acknowledgeQuery,
  isPayable,
  isTrouble,
  orderNumberOf,
  readAcknowledged,
  readGivenBack,
  readRefunded,
  readRegistered,
  refundIdOf,
  refundQuery,
  registerQuery,
} from '../../src/integrations/payments/satim/wire.ts'
import { absent, answer, declined, notSent, PAGE, pending, phone } from './cards.ts'

const REFERENCE = '6f0f8b1e-8b0c-4a53-9d3e-3f6f1b0f8f11'
const HANDLE = 'V721uPPfNNofVQAAABL3'
const FORM = `https://test2.satim.dz/payment/epg/merchants/merchantsatim/payment.html?mdOrder=${HANDLE}`
const order = {
  reference: REFERENCE,
  handle: HANDLE,
  money: { amountMinor: 100_300, currency: 'DZD' },
  payer: phone('+213551234567'),
  memo: 'Moto trip',
} as const
const refundOf = (amountMinor: number): RefundOrder => ({
  ...order,
  reference: '0c1a4a5e-54c5-4f0f-8a1b-2f2d6f3a9b10',
  handle: null,
  money: { amountMinor, currency: 'DZD' },
  of: { ...order, transaction: HANDLE },
})
const [whole, part] = [refundOf(100_300), refundOf(20_000)]

const error = (errorCode: unknown, errorMessage?: string) => answer(200, { errorCode, errorMessage })
const acknowledged = (change: object = {}) =>
  answer(200, {
    ErrorCode: '0',
    ErrorMessage: 'Success',
    OrderStatus: 2,
    OrderNumber: orderNumberOf(REFERENCE),
    Amount: 100_300,
    currency: '012',
    depositAmount: 100_300,
    Pan: '6280****7215',
    approvalCode: '913180',
    actionCode: 0,
    actionCodeDescription: 'Votre paiement a été accepté',
    params: { respCode_desc: 'Votre paiement a été accepté', udf1: 'Bill00001', respCode: '00' },
    SvfeResponse: '00',
    ...change,
  })
const refused = (respCode?: string) =>
  acknowledged({ OrderStatus: 6, depositAmount: 0, params: { respCode } })

const paid: PaymentUpdate = { status: 'settled', transaction: HANDLE, paid: order.money }
const back = ({ reference, money }: RefundOrder): PaymentUpdate => ({
  status: 'settled',
  transaction: refundIdOf(reference),
  paid: money,
})

type Row = readonly [name: string, given: HttpAnswer, wanted: PaymentUpdate]

/** What any answer may be. */
const UNKNOWN: readonly Row[] = [
  ['no answer', { kind: 'unknown', why: 'ETIMEDOUT' }, pending],
  ['a page', answer(200, PAGE), pending],
  ['cut short', answer(200, '{"errorCode":"0","orderId":"V7'), pending],
  ['no code', answer(200, { orderId: HANDLE }), pending],
  ['a list', answer(200, []), pending],
  ['404', answer(404, ''), pending],
  ['429', answer(429, 'Too many requests'), pending],
  ['500', answer(500, { errorCode: '5', ErrorCode: '2' }), pending],
  ['503 with a page', answer(503, PAGE), pending],
  ['a redirect', answer(302, ''), pending],
]

const registered = { errorCode: '0', orderId: HANDLE, formUrl: FORM }
const REGISTERED: readonly Row[] = [
  ...UNKNOWN,
  ['nothing left', { kind: 'not_sent', why: 'ECONNREFUSED' }, notSent],
  ['0', answer(200, registered), { status: 'pending', handle: HANDLE, url: FORM }],
  [
    '0 as a number',
    answer(200, { ...registered, errorCode: 0 }),
    { status: 'pending', handle: HANDLE, url: FORM },
  ],
  ['0 without a page', answer(200, { ...registered, formUrl: undefined }), pending],
  ['0 with a page that is none', answer(200, { ...registered, formUrl: 'soon' }), pending],
  ['1 registered before', error('1', 'Order already processed'), pending],
  ['3 currency', error('3'), declined('misconfigured')],
  ['4 missing', error('4'), declined('misconfigured')],
  ['5 wrong value', error('5', 'Incorrect value of a request parameter'), declined('misconfigured')],
  ['5 no access', error(5, 'Access is denied'), declined('misconfigured')],
  ['7 system', error('7', 'System error'), pending],
  ['14 way of payment', error('14'), declined('misconfigured')],
  ['a new code', error('99'), pending],
]

const ACKNOWLEDGED: readonly Row[] = [
  ...UNKNOWN,
  ['nothing left', { kind: 'not_sent', why: 'ECONNREFUSED' }, pending],
  ['paid', acknowledged(), paid],
  ['paid, as text', acknowledged({ OrderStatus: '2', depositAmount: '100300' }), paid],
  ['paid, as numbers', acknowledged({ ErrorCode: 0, params: { respCode: '00' } }), paid],
  ['paid, its currency not named', acknowledged({ currency: undefined }), paid],
  [
    'paid with less',
    acknowledged({ depositAmount: 100_200 }),
    { ...paid, paid: { ...order.money, amountMinor: 100_200 } },
  ],
  ['paid a sum not named', acknowledged({ depositAmount: undefined }), pending],
  ['paid a broken sum', acknowledged({ depositAmount: 1003.5 }), pending],
  ['paid in another currency', acknowledged({ currency: '978' }), pending],
  ['paid by another order', acknowledged({ OrderNumber: 'CMD0000004' }), pending],
  ['only the error says so', acknowledged({ OrderStatus: 0, params: {} }), pending],
  ['the status disagrees', acknowledged({ OrderStatus: 1 }), pending],
  ['the response disagrees', acknowledged({ params: { respCode: '05' } }), pending],
  ['the response is missing', acknowledged({ params: undefined }), pending],
  ['the error disagrees', acknowledged({ ErrorCode: '7' }), pending],
  ['error 2, the payer typed', acknowledged({ ErrorCode: '2' }), declined('payer_declined')],
  ['error 5, no access', acknowledged({ ErrorCode: '5' }), pending],
  ['error 6, no such order', answer(200, { ErrorCode: '6', ErrorMessage: 'Unregistered order Id' }), absent],
  ['error 7, system', answer(200, { ErrorCode: '7' }), pending],
  ['a new error', acknowledged({ ErrorCode: '99' }), pending],
  ['-1 declined', acknowledged({ OrderStatus: -1, params: {} }), declined('payer_declined')],
  ['0 registered', acknowledged({ OrderStatus: 0, depositAmount: 0, params: {} }), pending],
  ['1 approved or held', acknowledged({ OrderStatus: 1, params: {} }), pending],
  ['3 reversed', acknowledged({ OrderStatus: 3, depositAmount: 0 }), declined('payer_timeout')],
  ['4 refunded', acknowledged({ OrderStatus: 4, depositAmount: 0 }), pending],
  ['5, which is not explained', acknowledged({ OrderStatus: 5 }), pending],
  ['6 declined', refused(), declined('payer_declined')],
  ['6 for too little money', refused('51'), declined('insufficient_funds')],
  ['6 for the limit', refused('61'), declined('payer_limit')],
  ['6 for too many payments', refused('65'), declined('payer_limit')],
  ['6 for a wrong password', refused('55'), declined('wrong_pin')],
  ['6 for many wrong passwords', refused('75'), declined('wrong_pin')],
  ['6 for a stolen card', refused('43'), declined('payer_declined')],
  ['7 card added', acknowledged({ OrderStatus: 7 }), pending],
  ['8 card updated', acknowledged({ OrderStatus: 8 }), pending],
  ['9 card verified', acknowledged({ OrderStatus: 9 }), pending],
  ['10 recurring', acknowledged({ OrderStatus: 10 }), pending],
  ['11 debited', acknowledged({ OrderStatus: 11 }), pending],
  ['a new status', acknowledged({ OrderStatus: 12 }), pending],
]

const REFUNDED: readonly Row[] = [
  ...UNKNOWN,
  ['nothing left', { kind: 'not_sent', why: 'ECONNREFUSED' }, notSent],
  ['0', error('0', 'Success'), back(part)],
  ['1 already processed', error('1'), pending],
  ['3 currency', error('3'), declined('misconfigured')],
  ['4 missing', error('4'), declined('misconfigured')],
  ['5 no access', error('5', 'Access is denied.'), declined('misconfigured')],
  ['5 password', error('5', 'The user must change their password.'), declined('misconfigured')],
  ['5 amount', error('5', 'Invalid amount.'), declined('misconfigured')],
  [
    '5 deposit',
    error('5', 'Deposit amount must be zero, or more than 1 currency unit'),
    declined('misconfigured'),
  ],
  ['5 given before', error('5', 'Refund with this externalRefundId already exists for merchant.'), pending],
  ['5 in French', error('5', 'Un remboursement avec cet identifiant existe déjà'), pending],
  ['5 without a word', error('5'), pending],
  ['6 no such order', error('6', 'Unregistered OrderId'), declined('misconfigured')],
  ['7 system, or its state', error('7', 'Payment must be in a correct state'), pending],
  ['14 way of payment', error('14'), declined('misconfigured')],
  ['a new code', error('99'), pending],
]

const GIVEN_BACK: readonly (readonly [...Row, ofPart: PaymentUpdate])[] = [
  ...UNKNOWN.map((row) => [...row, pending] as const),
  ['all there', acknowledged(), absent, pending],
  ['refunded, nothing left', acknowledged({ OrderStatus: 4, depositAmount: 0 }), back(whole), pending],
  ['refunded, something left', acknowledged({ OrderStatus: 4, depositAmount: 300 }), pending, pending],
  ['a part is gone', acknowledged({ depositAmount: 80_300 }), pending, pending],
  ['reversed', acknowledged({ OrderStatus: 3 }), back(whole), pending],
  ['another order', acknowledged({ OrderNumber: 'CMD0000004', OrderStatus: 3 }), pending, pending],
  ['no access', acknowledged({ ErrorCode: '5' }), pending, pending],
  ['no such order', acknowledged({ ErrorCode: '6' }), pending, pending],
]

describe('satim: the wire', () => {
  const rows = (title: string, table: readonly Row[], read: (given: HttpAnswer) => PaymentUpdate) =>
    describe(title, () => {
      for (const [name, given, wanted] of table) it(name, () => assert.deepEqual(read(given), wanted))
    })

  rows('registering', REGISTERED, readRegistered)
  rows('a payment', ACKNOWLEDGED, (given) => readAcknowledged(given, order))
  rows('giving back', REFUNDED, (given) => readRefunded(given, part))
  describe('what was given back', () => {
    for (const [name, given, wanted, ofPart] of GIVEN_BACK)
      it(name, () => {
        assert.deepEqual(readGivenBack(given, whole), wanted)
        assert.deepEqual(readGivenBack(given, part), ofPart)
      })
  })

  it('is in trouble when it does not answer, and when it does not let us in', () => {
    for (const [name, given] of UNKNOWN) assert.ok(isTrouble(given), name)
    for (const given of [
      error('7'),
      error('5', 'Access is denied.'),
      error('5', 'Merchant must change the password'),
    ])
      assert.ok(isTrouble(given))
    for (const given of [error('0'), error('1'), error('5', 'Invalid amount.'), error('6')])
      assert.ok(!isTrouble(given))
  })

  it('numbers orders by ten letters and digits, the same for the same, and another for others', () => {
    assert.equal(orderNumberOf(REFERENCE), 'VSQ35PBZZ5')
    assert.equal(refundIdOf(REFERENCE), 'MKQXQ8O5QSVSQ35PBZZ5')
    const numbers = new Set<string>()
    for (let n = 0; n < 20_000; n += 1) {
      const number = orderNumberOf(`reference ${n}`)
      assert.match(number, /^[0-9A-Z]{10}$/)
      numbers.add(number)
    }
    assert.equal(numbers.size, 20_000)
  })

  const SUMS: readonly (readonly [amountMinor: number, isPayable: boolean])[] = [
    [5_000, true],
    [5_100, true],
    [4_900, false],
    [4_999, false],
    [5_050, false],
    [0, false],
    [-5_000, false],
  ]
  for (const [amountMinor, wanted] of SUMS)
    it(`${wanted ? 'moves' : 'does not move'} ${amountMinor} centimes`, () =>
      assert.equal(isPayable({ amountMinor, currency: 'DZD' }), wanted))
  it('moves no other currency', () => assert.ok(!isPayable({ amountMinor: 10_000, currency: 'EUR' })))

  it('asks in the documented words', () => {
    const number = orderNumberOf(REFERENCE)
    assert.deepEqual(registerQuery(order, 'https://x.dz/back', 'E010900222', 'FR'), {
      orderNumber: number,
      amount: '100300',
      currency: '012',
      returnUrl: 'https://x.dz/back',
      failUrl: 'https://x.dz/back',
      description: 'Moto trip',
      language: 'FR',
      jsonParams: `{"force_terminal_id":"E010900222","udf1":"${number}"}`,
    })
    assert.deepEqual(acknowledgeQuery(HANDLE), { mdOrder: HANDLE, language: 'EN' })
    assert.deepEqual(refundQuery(part), {
      orderId: HANDLE,
      amount: '20000',
      currency: '012',
      language: 'EN',
      externalRefundId: refundIdOf(part.reference),
    })
  })
})
