import { z } from 'zod'
import { type HttpAnswer, jsonOf } from '../../../core/base/http.ts'
import type { Collection, PaymentFault, PaymentUpdate } from '../../../core/pay/provider.ts'

/**
 * How a push that was not paid ended (Safaricom, M-Pesa Express result codes). 26, "system busy", is left out: it
 * does not say that the payer was not charged.
 */
const FAILED = new Map<string, PaymentFault>([
  ['1', 'insufficient_funds'],
  ['17', 'payer_limit'],
  // The phone was in another session, as one who has just dialled us is.
  ['1001', 'payer_timeout'],
  ['1019', 'payer_timeout'],
  ['1025', 'provider_down'],
  ['1032', 'payer_declined'],
  ['1037', 'payer_timeout'],
  ['2001', 'wrong_pin'],
  ['9999', 'provider_down'],
])

const BAD_TOKEN = new Set(['401.002.01', '401.003.01', '404.001.03'])
const BAD_FIELD = '400.002.02'
/** Of many meanings, so that only the message tells them apart. */
const MANY_MEANINGS = '500.001.1001'
const BAD_MERCHANT = /wrong credentials|merchant does not exist/i
const UNDER_WAY = /being processed|under processing/i
/** What is about one phone or one reference says nothing of Safaricom's health. */
const ABOUT_ONE = /lock subscriber|duplicate originatorconversationid|being processed/i

export const PENDING: PaymentUpdate = { status: 'pending' }
export const NOT_SENT: PaymentUpdate = { status: 'not_sent' }
export const MISCONFIGURED: PaymentUpdate = { status: 'declined', fault: 'misconfigured' }

/** Codes are strings in one answer and numbers in the next. */
const code = z.union([z.string(), z.number()]).transform(String)

const Refusal = z.object({ errorCode: code, errorMessage: z.string().catch('') })
const Taken = z.object({
  ResponseCode: code,
  CheckoutRequestID: z.string().min(1).optional(),
  ConversationID: z.string().min(1).optional(),
})
const Query = z.object({
  ResponseCode: code,
  ResultCode: code,
  ResultDesc: z.string().catch(''),
  CheckoutRequestID: z.string().optional(),
})

const refusalOf = (body: string) => Refusal.safeParse(jsonOf(body)).data

/**
 * What the answer to a push, payout or reversal means. "Accepted" is only that, and brings Safaricom's name for it.
 * Declined only where Safaricom plainly did not take it; all else may have had its effect and is `pending`, another
 * push to a locked phone too, since the lock may be our own prompt.
 */
export function readSubmission(answer: HttpAnswer): PaymentUpdate {
  if (answer.kind === 'not_sent') return NOT_SENT
  if (answer.kind === 'unknown') return PENDING
  if (answer.status === 200) return readTaken(answer.body)
  const refusal = answer.status >= 400 ? refusalOf(answer.body) : undefined
  if (!refusal) return PENDING
  const { errorCode, errorMessage } = refusal
  if (errorCode === BAD_FIELD && /phonenumber/i.test(errorMessage))
    return { status: 'declined', fault: 'unknown_payer' }
  const isPlain = errorCode === BAD_FIELD || BAD_TOKEN.has(errorCode)
  return isPlain || (errorCode === MANY_MEANINGS && BAD_MERCHANT.test(errorMessage)) ? MISCONFIGURED : PENDING
}

function readTaken(body: string): PaymentUpdate {
  const { data } = Taken.safeParse(jsonOf(body))
  if (data?.ResponseCode !== '0') return PENDING
  const handle = data.CheckoutRequestID ?? data.ConversationID
  return handle ? { status: 'pending', handle } : PENDING
}

/**
 * What the answer to a question after a push means. It names no amount, and no receipt: `settled` holds our own
 * money, and the receipt where a callback told it, else Safaricom's name for the push. An error answers the
 * question, not the payment; a result in the middle of things (4999 among others) is told by its words.
 */
export function readQuery(
  answer: HttpAnswer,
  { handle, money }: Pick<Collection, 'handle' | 'money'>,
  receipt: string | undefined,
): PaymentUpdate {
  if (answer.kind !== 'answer' || answer.status !== 200 || handle === null) return PENDING
  const { data } = Query.safeParse(jsonOf(answer.body))
  if (data?.ResponseCode !== '0' || UNDER_WAY.test(data.ResultDesc)) return PENDING
  if (data.CheckoutRequestID !== undefined && data.CheckoutRequestID !== handle) return PENDING
  if (data.ResultCode === '0') return { status: 'settled', transaction: receipt ?? handle, paid: money }
  const fault = FAILED.get(data.ResultCode)
  return fault ? { status: 'declined', fault } : PENDING
}

/** Whether the token was refused in so many words, and with it the request: only then is it safe to repeat it. */
export const isTokenRefused = (answer: HttpAnswer): boolean =>
  answer.kind === 'answer' && answer.status >= 400 && BAD_TOKEN.has(refusalOf(answer.body)?.errorCode ?? '')

/** Whether an answer to a push, payout or reversal speaks of a provider in trouble, rather than of one payer. */
export function isTrouble(answer: HttpAnswer): boolean {
  if (answer.kind !== 'answer' || jsonOf(answer.body) === undefined) return true
  if (ABOUT_ONE.test(refusalOf(answer.body)?.errorMessage ?? '')) return false
  return answer.status >= 500 || [401, 403, 404, 429].includes(answer.status)
}
