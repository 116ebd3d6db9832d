import type { HttpAnswer } from '../../../core/base/http.ts'
import { type Money, toDecimal } from '../../../core/base/money.ts'
import type { Msisdn } from '../../../core/base/phone.ts'
import type {
  Collection,
  Order,
  PaymentFault,
  PaymentUpdate,
  RefundOrder,
} from '../../../core/pay/provider.ts'
import { type Said, said } from './answer.ts'
import { failureOf, isAbsence, isExplained, isRepeat, refusalOf } from './codes.ts'

const MEMO_LIMIT = 64

const PENDING: PaymentUpdate = { status: 'pending' }
const declined = (fault: PaymentFault): PaymentUpdate => ({ status: 'declined', fault })

export type Country = {
  /** ISO 3166, as `X-Country`: `RW`. */
  readonly country: string
  /** What a number begins with and Airtel does not want: `+250`. */
  readonly callingCode: string
}

/** The number as it is dialled at home, without a leading zero. */
export const nationalOf = (phone: Msisdn, { callingCode }: Country): string =>
  phone.startsWith(callingCode) ? phone.slice(callingCode.length) : phone.slice(1)

/** Airtel wants a JSON number; made from the decimal digits, and printed by JSON as the same ones. */
const amountOf = (money: Money): number => Number(toDecimal(money))

/** Body of `POST /merchant/v1/payments/`: asks the payer's phone for the money. */
export function collectBody({ reference, money, memo, payer }: Collection, country: Country): string {
  const place = { country: country.country, currency: money.currency }
  return JSON.stringify({
    reference: memo.slice(0, MEMO_LIMIT).trim(),
    subscriber: { ...place, msisdn: nationalOf(payer, country) },
    transaction: { amount: amountOf(money), ...place, id: reference },
  })
}

/** Body of `POST /standard/v1/payments/refund`: the whole of a collection goes back; no less can be named. */
export const refundBody = ({ of }: RefundOrder): string =>
  JSON.stringify({ transaction: { airtel_money_id: of.transaction } })

/** Body of `POST /standard/v2/disbursements/`. `reference` takes letters and digits only, 4 to 64 of them. */
export const disburseBody = (
  { reference, money }: Order,
  payee: Msisdn,
  country: Country,
  sealedPin: string,
): string =>
  JSON.stringify({
    payee: { currency: money.currency, msisdn: nationalOf(payee, country) },
    reference: reference.replace(/[^A-Za-z0-9]/g, ''),
    pin: sealedPin,
    transaction: { amount: amountOf(money), id: reference, type: 'B2C' },
  })

/**
 * What the answer to a collection means: `SUCCESS` says that the push was sent, no more. Declined only where it was
 * plainly not let in; all else may ring on the payer's phone and is `pending`.
 */
export function readCollect(answer: HttpAnswer): PaymentUpdate {
  const words = said(answer)
  if (!words) return unheard(answer)
  const isStranger = words.httpStatus === 400 && /^msisdn not found\b/i.test(words.message)
  if (isStranger && isBare(words) && isExplained(words.codes)) return declined('unknown_payer')
  return readRefusal(words)
}

/** What the answer to a disbursement means; its letter may come at once. */
export function readDisburse(answer: HttpAnswer, order: Order): PaymentUpdate {
  const words = said(answer)
  if (!words) return unheard(answer)
  return words.letter === undefined ? readRefusal(words) : readLetter(words, order.reference, order, 'out')
}

/**
 * What the answer to a full refund means. `SUCCESS` comes with a number of its own, under which it is asked after,
 * unless `isFinal`: Airtel does not say whether it is the last word. A refund asked for before is the same one.
 */
export function readRefund(answer: HttpAnswer, order: RefundOrder, isFinal: boolean): PaymentUpdate {
  const words = said(answer)
  if (!words) return unheard(answer)
  const { letter, airtelMoneyId: number } = words
  const isTaken = ['SUCCESS', 'TS'].includes(letter ?? '') && words.httpStatus === 200 && number !== undefined
  const isKnown = isTaken || isRepeat(words.codes)
  if (isKnown && isFinal) return settled(number ?? order.of.transaction, order)
  // Under the payment's own number we would be told that the payment was a success.
  const handle = number === order.of.transaction ? undefined : number
  if (isKnown && handle !== undefined) return { status: 'pending', handle }
  return readRefusal(words)
}

/**
 * What the answer to an enquiry means: the letter is the truth. Airtel names no amount, so a success is of ours.
 * @param name under which was asked: our reference, or Airtel's number of a refund
 * @param way money that comes in may be said to have expired; money that goes out stays unknown until it failed
 */
export function readEnquiry(
  answer: HttpAnswer,
  name: string,
  order: Order,
  way: 'in' | 'out',
): PaymentUpdate {
  const words = said(answer)
  if (!words) return PENDING
  if (words.letter !== undefined) return readLetter(words, name, order, way)
  return [200, 400, 404].includes(words.httpStatus) && isAbsence(words.codes) ? { status: 'absent' } : PENDING
}

function readLetter(words: Said, name: string, order: Order, way: 'in' | 'out'): PaymentUpdate {
  const names = [words.id, words.airtelMoneyId].filter((one) => one !== undefined)
  if (words.httpStatus !== 200 || (names.length > 0 && !names.includes(name))) return PENDING
  if (words.letter === 'TS') return settled(words.airtelMoneyId ?? name, order)
  if (words.letter === 'TE' && way === 'in' && isExplained(words.codes)) return declined('payer_timeout')
  const fault = words.letter === 'TF' ? failureOf(words.codes) : undefined
  return fault ? declined(fault) : PENDING
}

function readRefusal(words: Said): PaymentUpdate {
  if (words.httpStatus === 401) return declined('misconfigured')
  const fault = isBare(words) ? refusalOf(words.codes) : undefined
  return fault ? declined(fault) : PENDING
}

/** Nothing is called a success, and no transaction has a state. */
const isBare = ({ letter, success }: Said): boolean => letter === undefined && success !== true

const unheard = (answer: HttpAnswer): PaymentUpdate =>
  answer.kind === 'not_sent' ? { status: 'not_sent' } : PENDING

const settled = (transaction: string, { money }: Order): PaymentUpdate => ({
  status: 'settled',
  transaction,
  paid: money,
})
