import { z } from 'zod'
import { type HttpAnswer, jsonOf } from '../../../core/base/http.ts'
import { fromDecimal, isCurrency, toDecimal } from '../../../core/base/money.ts'
import type { Collection, PaymentFault, PaymentUpdate, RefundOrder } from '../../../core/pay/provider.ts'

/** MTN refuses longer notes, and any sign in them that is not plain (momodevelopercommunity.mtn.com). */
const MEMO_LIMIT = 160

/** What an error code says of a request that was not taken: nothing has moved, nothing will. */
const REFUSED = new Map<string, PaymentFault>([
  ['FORBIDDEN_IP', 'misconfigured'],
  ['INVALID_CALLBACK_URL_HOST', 'misconfigured'],
  ['INVALID_CURRENCY', 'misconfigured'],
  ['NOT_ALLOWED', 'misconfigured'],
  ['NOT_ALLOWED_TARGET_ENVIRONMENT', 'misconfigured'],
  ['PAYEE_NOT_ALLOWED_TO_RECEIVE', 'misconfigured'],
  ['PAYEE_NOT_FOUND', 'misconfigured'],
  ['RESOURCE_NOT_FOUND', 'misconfigured'],
  ['NOT_ENOUGH_FUNDS', 'insufficient_funds'],
  ['PAYER_LIMIT_REACHED', 'payer_limit'],
  ['PAYER_NOT_FOUND', 'unknown_payer'],
])

/**
 * What the reason of a FAILED payment says (momodeveloper.mtn.com, common error codes). MTN explains
 * INTERNAL_PROCESSING_ERROR as mostly a lack of money, and COULD_NOT_PERFORM_TRANSACTION as a prompt that was
 * not answered within five minutes. SERVICE_UNAVAILABLE, ONGOING and the DELAYED ones are left out: not the end.
 */
const FAILED = new Map<string, PaymentFault>([
  ...REFUSED,
  ['APPROVAL_REJECTED', 'payer_declined'],
  ['PAYMENT_NOT_APPROVED', 'payer_declined'],
  ['TRANSACTION_CANCELED', 'payer_declined'],
  ['COULD_NOT_PERFORM_TRANSACTION', 'payer_timeout'],
  ['EXPIRED', 'payer_timeout'],
  ['INTERNAL_PROCESSING_ERROR', 'insufficient_funds'],
])

const PENDING: PaymentUpdate = { status: 'pending' }
const declined = (fault: PaymentFault): PaymentUpdate => ({ status: 'declined', fault })

const Refusal = z.object({ code: z.string().optional() })

const Status = z.object({
  status: z.string(),
  amount: z.union([z.string(), z.number()]).transform(String).optional(),
  currency: z.string().optional(),
  financialTransactionId: z.union([z.string(), z.number()]).transform(String).nullish(),
  // The documents show an object, the service also sends the bare code.
  reason: z.union([z.string(), z.object({ code: z.string() }).transform(({ code }) => code)]).nullish(),
})

/** Body of `POST /collection/v1_0/requesttopay`: asks the payer's phone for the money. */
export const collectBody = (order: Collection): string =>
  JSON.stringify({
    ...terms(order),
    payer: { partyIdType: 'MSISDN', partyId: order.payer.replace(/^\+/, '') },
  })

/** Body of `POST /disbursement/v1_0/refund`: gives money of an earlier collection back to who paid it. */
export const refundBody = (order: RefundOrder): string =>
  JSON.stringify({ ...terms(order), referenceIdToRefund: order.of })

function terms({ reference, money, memo }: Collection) {
  const note = plain(memo)
  return {
    amount: toDecimal(money),
    currency: money.currency,
    externalId: reference,
    payerMessage: note,
    payeeNote: note,
  }
}

/** ASCII letters, digits and single spaces, at most 160; accents are dropped from their letters. */
export function plain(memo: string): string {
  const ascii = memo.normalize('NFKD').replace(/\p{M}/gu, '')
  return ascii
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .slice(0, MEMO_LIMIT)
    .trim()
}

/**
 * What the answer to a collect or refund means. 202 is only "accepted"; 409 is "that reference exists", so it
 * was accepted before. Declined only where MTN plainly did not take the request; all else may have had its
 * effect and is `pending`, a firewall's page above all. Set-up faults come as 500 too.
 */
export function readSubmission(answer: HttpAnswer): PaymentUpdate {
  if (answer.kind === 'not_sent') return { status: 'not_sent' }
  if (answer.kind === 'unknown' || answer.status < 400 || answer.status === 409) return PENDING
  if (answer.status === 401) return isPage(answer.body) ? PENDING : declined('misconfigured')
  const code = codeOf(answer.body)
  const fault = code === undefined ? undefined : REFUSED.get(code)
  if (fault) return declined(fault)
  const isMalformed = !isPage(answer.body) && (code === undefined || code.startsWith('INVALID'))
  return answer.status === 400 && isMalformed ? declined('misconfigured') : PENDING
}

/**
 * What the answer to a status request means: 200 also carries failed payments. `settled` holds the amount MTN
 * names, for the caller to compare; a success without one is `pending`, as is a reason we do not know.
 */
export function readStatus(answer: HttpAnswer, { reference }: Collection): PaymentUpdate {
  if (answer.kind !== 'answer') return PENDING
  if (answer.status === 404) {
    return codeOf(answer.body) === 'RESOURCE_NOT_FOUND' ? { status: 'absent' } : PENDING
  }
  const { data } = Status.safeParse(answer.status === 200 ? jsonOf(answer.body) : undefined)
  if (data?.status === 'FAILED') return readReason(data.reason)
  if (data?.status !== 'SUCCESSFUL' || !data.amount || !data.currency || !isCurrency(data.currency))
    return PENDING
  const paid = fromDecimal(data.amount, data.currency)
  // Refunds are not documented to bear a transaction id of MTN's; our reference is as unique.
  return paid ? { status: 'settled', transaction: data.financialTransactionId || reference, paid } : PENDING
}

function readReason(reason: string | null | undefined): PaymentUpdate {
  if (!reason) return declined('provider_down')
  const fault = FAILED.get(reason)
  return fault ? declined(fault) : PENDING
}

/** Whether an answer to a collect or refund speaks of a provider in trouble, rather than of one payer. */
export function isTrouble(answer: HttpAnswer): boolean {
  if (answer.kind !== 'answer' || isPage(answer.body)) return true
  const update = readSubmission(answer)
  if (update.status === 'declined' && update.fault !== 'misconfigured') return false
  return answer.status >= 500 || [401, 403, 429].includes(answer.status)
}

const codeOf = (body: string): string | undefined => Refusal.safeParse(jsonOf(body)).data?.code

/** Something was said, and not in JSON. */
const isPage = (body: string): boolean => body.trim() !== '' && jsonOf(body) === undefined
