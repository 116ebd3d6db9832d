import { z } from 'zod'
import { type HttpAnswer, jsonOf } from '../../../core/base/http.ts'
import { fromDecimal, isCurrency, type Money, toDecimal } from '../../../core/base/money.ts'
import type { Msisdn } from '../../../core/base/phone.ts'
import type {
  Collection,
  Order,
  PaymentFault,
  PaymentUpdate,
  Payout,
  RefundOrder,
} from '../../../core/pay/provider.ts'
import { failureOf, type Person, refusalOf } from './reasons.ts'

/** MTN refuses longer notes, and any sign in them that is not plain (momodevelopercommunity.mtn.com). */
const MEMO_LIMIT = 160

const PENDING: PaymentUpdate = { status: 'pending' }
const declined = (fault: PaymentFault): PaymentUpdate => ({ status: 'declined', fault })

const Text = z.union([z.string(), z.number()]).transform(String)

const Refusal = z.object({ code: z.string().optional() })

const Status = z.object({
  status: z.string(),
  amount: Text.optional(),
  currency: z.string().optional(),
  financialTransactionId: Text.nullish(),
  // The documents show an object, the service also sends the bare code.
  reason: z.union([z.string(), z.object({ code: z.string() }).transform(({ code }) => code)]).nullish(),
})

const Balance = z.object({ availableBalance: Text, currency: z.string() })

const Holder = z.object({ result: z.boolean() })

/** MTN wants E.164 without the plus. */
export const digitsOf = (phone: Msisdn): string => phone.slice(1)

const party = (phone: Msisdn) => ({ partyIdType: 'MSISDN', partyId: digitsOf(phone) })

/** Body of `POST /collection/v1_0/requesttopay`: asks the payer's phone for the money. */
export const collectBody = (order: Collection): string =>
  JSON.stringify({ ...terms(order), payer: party(order.payer) })

/** Body of `POST /disbursement/v1_0/refund`: gives money of an earlier collection back to who paid it. */
export const refundBody = (order: RefundOrder): string =>
  JSON.stringify({ ...terms(order), referenceIdToRefund: order.of.reference })

/** Body of `POST /disbursement/v1_0/transfer`: gives our money to a person. */
export const transferBody = (order: Payout): string =>
  JSON.stringify({ ...terms(order), payee: party(order.payee) })

function terms({ reference, money, memo }: Order) {
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
 * What the answer to a request to move money means. 202 is only "accepted"; 409 is "that reference exists", so it
 * was accepted before. Declined only where MTN plainly did not take the request; all else may have had its
 * effect and is `pending`, a firewall's page above all. Set-up faults come as 500 too.
 */
export function readSubmission(answer: HttpAnswer, person: Person): PaymentUpdate {
  if (answer.kind === 'not_sent') return { status: 'not_sent' }
  if (answer.kind === 'unknown' || answer.status < 400 || answer.status === 409) return PENDING
  if (answer.status === 401) return isPage(answer.body) ? PENDING : declined('misconfigured')
  const code = codeOf(answer.body)
  const fault = code === undefined ? undefined : refusalOf(code, person)
  if (fault) return declined(fault)
  const isMalformed = !isPage(answer.body) && (code === undefined || code.startsWith('INVALID'))
  return answer.status === 400 && isMalformed ? declined('misconfigured') : PENDING
}

/**
 * What the answer to a status request means: 200 also carries failed payments. `settled` holds the amount MTN
 * names, for the caller to compare; a success without one is `pending`, as is a reason we do not know.
 */
export function readStatus(answer: HttpAnswer, { reference }: Order, person: Person): PaymentUpdate {
  if (answer.kind !== 'answer') return PENDING
  if (answer.status === 404) {
    return codeOf(answer.body) === 'RESOURCE_NOT_FOUND' ? { status: 'absent' } : PENDING
  }
  const { data } = Status.safeParse(answer.status === 200 ? jsonOf(answer.body) : undefined)
  if (data?.status === 'FAILED') return readReason(data.reason, person)
  if (data?.status !== 'SUCCESSFUL' || !data.amount || !data.currency) return PENDING
  const paid = moneyOf(data.amount, data.currency)
  // Refunds are not documented to bear a transaction id of MTN's; our reference is as unique.
  return paid ? { status: 'settled', transaction: data.financialTransactionId || reference, paid } : PENDING
}

function readReason(reason: string | null | undefined, person: Person): PaymentUpdate {
  if (!reason) return declined('provider_down')
  const fault = failureOf(reason, person)
  return fault ? declined(fault) : PENDING
}

/** What `GET …/account/balance` says is there; nothing when we owe; undefined when it does not say. */
export function readBalance(answer: HttpAnswer): Money | undefined {
  const { data } = Balance.safeParse(bodyOf(answer))
  const money = data && moneyOf(data.availableBalance.replace(/^-/, ''), data.currency)
  return money && data.availableBalance.startsWith('-') ? { ...money, amountMinor: 0 } : money
}

/** Whether `GET …/accountholder/msisdn/{}/active` knows an active wallet; undefined when it does not say. */
export function readHolder(answer: HttpAnswer): boolean | undefined {
  if (answer.kind === 'answer' && answer.status === 404)
    return codeOf(answer.body) === 'RESOURCE_NOT_FOUND' ? false : undefined
  return Holder.safeParse(bodyOf(answer)).data?.result
}

/** Whether an answer to a request to move money speaks of a provider in trouble, rather than of one person. */
export function isTrouble(answer: HttpAnswer, person: Person): boolean {
  if (answer.kind !== 'answer' || isPage(answer.body)) return true
  const update = readSubmission(answer, person)
  if (update.status === 'declined' && update.fault !== 'misconfigured') return false
  return answer.status >= 500 || [401, 403, 429].includes(answer.status)
}

const moneyOf = (amount: string, currency: string): Money | undefined =>
  isCurrency(currency) ? fromDecimal(amount, currency) : undefined

const bodyOf = (answer: HttpAnswer): unknown =>
  answer.kind === 'answer' && answer.status === 200 ? jsonOf(answer.body) : undefined

const codeOf = (body: string): string | undefined => Refusal.safeParse(jsonOf(body)).data?.code

/** Something was said, and not in JSON. */
const isPage = (body: string): boolean => body.trim() !== '' && jsonOf(body) === undefined
