import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type HttpAnswer, jsonOf } from '../../../core/base/http.ts'
import type { Money } from '../../../core/base/money.ts'
import type { Collection, PaymentFault, PaymentUpdate, RefundOrder } from '../../../core/pay/provider.ts'

/** The least SATIM moves, and the step: 50 dinars, and whole dinars. */
const LEAST_CENTIMES = 5_000
const STEP_CENTIMES = 100
/** Dinar, ISO 4217 numeric. */
const DZD = '012'

const NUMBER_LENGTH = 10
const REFUND_ID_LENGTH = 20
const DESCRIPTION_LIMIT = 512

export type Language = 'AR' | 'FR' | 'EN'

const PENDING = { status: 'pending' } as const
const ABSENT: PaymentUpdate = { status: 'absent' }
const MISCONFIGURED: PaymentUpdate = { status: 'declined', fault: 'misconfigured' }
const declined = (fault: PaymentFault): PaymentUpdate => ({ status: 'declined', fault })

/** Whether SATIM can move that sum at all. */
export const isPayable = ({ amountMinor, currency }: Money): boolean =>
  currency === 'DZD' && amountMinor >= LEAST_CENTIMES && amountMinor % STEP_CENTIMES === 0

/**
 * Our number of an order, at most ten letters and digits: the SHA-256 of the reference, modulo 36^10, in base 36. That
 * is 51.7 bits: of a million orders, two share a number with a chance of 1 in 7,000, and then the second is refused,
 * not paid by the first.
 */
export const orderNumberOf = (reference: string): string => named(reference, NUMBER_LENGTH)

/** SATIM's `externalRefundId`, under which it gives back once. */
export const refundIdOf = (reference: string): string => named(reference, REFUND_ID_LENGTH)

function named(reference: string, length: number): string {
  const hash = BigInt(`0x${createHash('sha256').update(reference).digest('hex')}`)
  return (hash % 36n ** BigInt(length)).toString(36).toUpperCase().padStart(length, '0')
}

/** Query of `register.do`, without the account. The payer comes back to `comeback` paid or not. */
export function registerQuery(
  { reference, money, memo }: Collection,
  comeback: string,
  terminal: string,
  language: Language,
): Record<string, string> {
  const orderNumber = orderNumberOf(reference)
  return {
    orderNumber,
    amount: String(money.amountMinor),
    currency: DZD,
    returnUrl: comeback,
    failUrl: comeback,
    description: memo.slice(0, DESCRIPTION_LIMIT),
    language,
    jsonParams: JSON.stringify({ force_terminal_id: terminal, udf1: orderNumber }),
  }
}

/** Query of `acknowledgeTransaction.do`, without the account. */
export const acknowledgeQuery = (handle: string): Record<string, string> => ({
  mdOrder: handle,
  language: 'EN',
})

/** Query of `refund.do`, without the account. In English, for an error is told from another by its words only. */
export const refundQuery = ({ reference, money, of }: RefundOrder): Record<string, string> => ({
  orderId: of.handle ?? of.transaction,
  amount: String(money.amountMinor),
  currency: DZD,
  language: 'EN',
  externalRefundId: refundIdOf(reference),
})

/** The documents write numbers now as text, now as numbers. */
const word = z.union([z.string(), z.int()]).transform(String)
const centimes = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
])

const Registered = z.object({
  errorCode: word,
  orderId: z.string().min(1).max(64).optional(),
  formUrl: z.url().optional(),
})

const Acknowledged = z.object({
  ErrorCode: word,
  OrderStatus: word.optional(),
  OrderNumber: word.optional(),
  depositAmount: centimes.optional(),
  currency: word.optional(),
  params: z.object({ respCode: word.optional() }).optional(),
})
type Acknowledged = z.infer<typeof Acknowledged>

const Refunded = z.object({ errorCode: word, errorMessage: z.string().optional() })

/** `register.do` and `refund.do`: 3 currency, 4 something missing, 14 way of payment. Nothing was done. */
const REFUSED = new Set(['3', '4', '14'])

/**
 * What `register.do` says: where the payer must go. 5 is a wrong value or no access; 1 says that the number was
 * registered before, by us, and 7 is any trouble: neither is a no.
 */
export function readRegistered(answer: HttpAnswer): PaymentUpdate {
  if (answer.kind === 'not_sent') return { status: 'not_sent' }
  const said = readOk(answer, Registered)
  if (!said) return PENDING
  const { errorCode, orderId: handle, formUrl: url } = said
  if (errorCode === '5' || REFUSED.has(errorCode)) return MISCONFIGURED
  return errorCode === '0' && handle && url ? { ...PENDING, handle, url } : PENDING
}

/** Reasons a payer can be helped with: ISO 8583 response codes (field 39), which SATIM passes on from the bank. */
const CARD_FAULTS = new Map<string, PaymentFault>([
  ['51', 'insufficient_funds'],
  ['61', 'payer_limit'],
  ['65', 'payer_limit'],
  ['55', 'wrong_pin'],
  ['75', 'wrong_pin'],
])

/**
 * What `acknowledgeTransaction.do` says of a payment. Paid only if all three agree: error 0, status 2 (deposited) and
 * response 00. Status 3 is reversed, which befalls what is not acknowledged in time; 6 and -1 are declined. Error 2
 * declines for what the payer typed. A refunded one (4) is for a person to look at, and so is what we do not know.
 */
export function readAcknowledged(answer: HttpAnswer, { reference, handle }: Collection): PaymentUpdate {
  const said = readOk(answer, Acknowledged)
  if (said?.ErrorCode === '6') return ABSENT
  if (said?.ErrorCode === '2') return declined('payer_declined')
  if (!said || !handle || !isOf(said, reference)) return PENDING
  const { OrderStatus: status, depositAmount: amountMinor, params } = said
  if (status === '3') return declined('payer_timeout')
  if (status === '6' || status === '-1')
    return declined(CARD_FAULTS.get(params?.respCode ?? '') ?? 'payer_declined')
  if (status !== '2' || params?.respCode !== '00' || amountMinor === undefined) return PENDING
  return { status: 'settled', transaction: handle, paid: { amountMinor, currency: 'DZD' } }
}

/** Error 0, about our order, in dinars where it names the money. */
const isOf = ({ ErrorCode, OrderNumber, currency = DZD }: Acknowledged, reference: string): boolean =>
  ErrorCode === '0' && currency === DZD && OrderNumber === orderNumberOf(reference)

/** What error 5 of `refund.do` says in words when it is a plain no; it also says that the refund was given before. */
const PLAIN_NO = /access is denied|must change (?:the|their) password|invalid amount|deposit amount must be/i

/**
 * What `refund.do` says. 6 is no such order. 7 is trouble, or a state in which nothing can be given back, such as one
 * that our own first try brought about: not a no.
 */
export function readRefunded(answer: HttpAnswer, { reference, money }: RefundOrder): PaymentUpdate {
  if (answer.kind === 'not_sent') return { status: 'not_sent' }
  const said = readOk(answer, Refunded)
  if (!said) return PENDING
  const { errorCode, errorMessage = '' } = said
  if (errorCode === '0') return { status: 'settled', transaction: refundIdOf(reference), paid: money }
  if (errorCode === '6' || REFUSED.has(errorCode)) return MISCONFIGURED
  return errorCode === '5' && PLAIN_NO.test(errorMessage) ? MISCONFIGURED : PENDING
}

/**
 * What the payment, acknowledged again, says of a refund: SATIM cannot be asked after that. The whole is back when the
 * payment is reversed, or refunded with nothing left; it is not when all is still there, and may be asked for again,
 * for never more goes back than came. What became of a part only a person can see.
 */
export function readGivenBack(answer: HttpAnswer, order: RefundOrder): PaymentUpdate {
  const said = readOk(answer, Acknowledged)
  const { reference, money, of } = order
  if (!said || !isOf(said, of.reference) || money.amountMinor !== of.money.amountMinor) return PENDING
  const { OrderStatus: status, depositAmount } = said
  if (status === '3' || (status === '4' && depositAmount === 0))
    return { status: 'settled', transaction: refundIdOf(reference), paid: money }
  return status === '2' && depositAmount === of.money.amountMinor ? ABSENT : PENDING
}

/** Whether an answer speaks of SATIM, or our account with it, in trouble. */
export function isTrouble(answer: HttpAnswer): boolean {
  const said = readOk(answer, Refunded)
  return (
    !said ||
    said.errorCode === '7' ||
    /access is denied|change (?:the|their) password/i.test(said.errorMessage ?? '')
  )
}

function readOk<T>(answer: HttpAnswer, shape: z.ZodType<T>): T | undefined {
  if (answer.kind !== 'answer' || answer.status !== 200) return undefined
  return shape.safeParse(jsonOf(answer.body)).data
}
