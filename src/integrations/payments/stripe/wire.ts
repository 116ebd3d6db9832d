import { z } from 'zod'
import { type HttpAnswer, jsonOf } from '../../../core/base/http.ts'
import { isCurrency, type Money } from '../../../core/base/money.ts'
import type { Collection, PaymentFault, PaymentUpdate, RefundOrder } from '../../../core/pay/provider.ts'

/** The most refunds of one payment that are looked through, Stripe's own limit of a page. */
export const REFUNDS_LIMIT = 100

/** What Stripe saves of a memo that is shown (docs.stripe.com/api, product data). */
const NAME_LIMIT = 250

/** A handle of ours in a path: `cs_…` or `re_…`. */
export const isHandle = (text: string): boolean => /^(?:cs|re)_[A-Za-z0-9_]{1,250}$/.test(text)

const PENDING = { status: 'pending' } as const
const ABSENT: PaymentUpdate = { status: 'absent' }
const declined = (fault: PaymentFault): PaymentUpdate => ({ status: 'declined', fault })

/** Reasons of a card's bank that a payer can be helped with (docs.stripe.com/declines/codes); others just decline. */
const CARD_FAULTS = new Map<string, PaymentFault>([
  ['insufficient_funds', 'insufficient_funds'],
  ['card_velocity_exceeded', 'payer_limit'],
  ['withdrawal_count_limit_exceeded', 'payer_limit'],
  ['incorrect_pin', 'wrong_pin'],
  ['invalid_pin', 'wrong_pin'],
  ['pin_try_exceeded', 'wrong_pin'],
])

/** Why a refund failed (docs.stripe.com/refunds, failed refunds); others are the bank's trouble. */
const REFUND_FAULTS = new Map<string, PaymentFault>([
  ['declined', 'payer_declined'],
  ['expired_or_canceled_card', 'payer_declined'],
  ['lost_or_stolen_card', 'payer_declined'],
  ['insufficient_funds', 'misconfigured'],
  ['merchant_request', 'misconfigured'],
])

const Failure = z.object({ error: z.object({ type: z.string(), code: z.string().nullish() }) })

const Intent = z.object({
  id: z.string().min(1),
  status: z.string(),
  amount_received: z.int().nonnegative(),
  currency: z.string(),
  last_payment_error: z.object({ decline_code: z.string().nullish() }).nullish(),
})
type Intent = z.infer<typeof Intent>

const Session = z.object({
  object: z.literal('checkout.session'),
  id: z.string().refine(isHandle),
  url: z.url().nullish(),
  status: z.string(),
  payment_status: z.string(),
  client_reference_id: z.string(),
  payment_intent: z.union([Intent, z.string()]).nullish(),
})
type Session = z.infer<typeof Session>

const Refund = z.object({
  object: z.literal('refund'),
  id: z.string().refine(isHandle),
  amount: z.int().nonnegative(),
  currency: z.string(),
  status: z.string().nullish(),
  failure_reason: z.string().nullish(),
  metadata: z.object({ reference: z.string().optional() }),
})
const Refunds = z.object({ object: z.literal('list'), data: z.array(z.unknown()), has_more: z.boolean() })

/**
 * Body of `POST /v1/checkout/sessions`: a page where one card pays the money once. It says the same for the same
 * order for ever, or Stripe would refuse to repeat it. Amounts are in the smallest unit, as ours are.
 */
export const sessionBody = ({ reference, money, memo }: Collection, comeback: string): string =>
  form({
    mode: 'payment',
    'payment_method_types[0]': 'card',
    client_reference_id: reference,
    'metadata[reference]': reference,
    'payment_intent_data[metadata][reference]': reference,
    'line_items[0][quantity]': '1',
    'line_items[0][price_data][currency]': money.currency.toLowerCase(),
    'line_items[0][price_data][unit_amount]': String(money.amountMinor),
    'line_items[0][price_data][product_data][name]': memo.slice(0, NAME_LIMIT) || reference,
    success_url: comeback,
    cancel_url: comeback,
  })

/** Body of `POST /v1/refunds`: the money named, all or a part, back to the card that paid. */
export const refundBody = ({ reference, money, of }: RefundOrder): string =>
  form({
    payment_intent: of.transaction,
    amount: String(money.amountMinor),
    'metadata[reference]': reference,
  })

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString()

/** What the answer to making a session means: where the payer must go, unless the page has had its day. */
export function readCreated(answer: HttpAnswer, { reference }: Collection): PaymentUpdate {
  if (answer.kind !== 'answer' || answer.status !== 200) return readRefusal(answer)
  const session = Session.safeParse(jsonOf(answer.body)).data
  if (session?.client_reference_id !== reference) return PENDING
  const { id: handle, url } = session
  return { ...PENDING, handle, ...(session.status === 'open' && url && { url }) }
}

/**
 * What the session says, retrieved with its payment (`expand[]=payment_intent`). Paid only if both say so. A card
 * that was refused may be followed by another while the page is open; an expired page takes none.
 */
export function readSession(answer: HttpAnswer, { reference }: Collection): PaymentUpdate {
  if (isMissing(answer)) return ABSENT
  const session = readOk(answer, Session)
  if (session?.client_reference_id !== reference || typeof session.payment_intent === 'string') return PENDING
  const intent = session.payment_intent ?? undefined
  if (session.payment_status === 'paid' && intent?.status === 'succeeded') {
    const paid = moneyOf(intent.amount_received, intent.currency)
    return paid ? { status: 'settled', transaction: intent.id, paid } : PENDING
  }
  return session.payment_status === 'unpaid' ? readUnpaid(session, intent) : PENDING
}

function readUnpaid({ status }: Session, intent: Intent | undefined): PaymentUpdate {
  const isOver = !intent || ['requires_payment_method', 'canceled'].includes(intent.status)
  if (!isOver || (status !== 'expired' && status !== 'complete')) return PENDING
  if (status === 'complete' && !intent) return PENDING
  const reason = intent?.last_payment_error
  if (!reason) return declined(status === 'expired' ? 'payer_timeout' : 'payer_declined')
  return declined(CARD_FAULTS.get(reason.decline_code ?? '') ?? 'payer_declined')
}

/** What the answer to giving a refund means: the refund as it stands, which may be done at once. */
export const readRefunded = (answer: HttpAnswer, order: RefundOrder): PaymentUpdate =>
  answer.kind === 'answer' && answer.status === 200 ? readRefund(answer, order) : readRefusal(answer)

/** What a refund that was retrieved says. */
export function readRefund(answer: HttpAnswer, order: RefundOrder): PaymentUpdate {
  if (isMissing(answer)) return ABSENT
  return refundOf(readOk(answer, z.unknown()), order) ?? PENDING
}

/** Our refund among those of the payment; `absent` when all were seen and it is none of them. */
export function readRefunds(answer: HttpAnswer, order: RefundOrder): PaymentUpdate {
  const list = readOk(answer, Refunds)
  if (!list) return PENDING
  const mine = list.data.map((refund) => refundOf(refund, order)).find((update) => update !== undefined)
  return mine ?? (list.has_more ? PENDING : ABSENT)
}

function refundOf(value: unknown, { reference }: RefundOrder): PaymentUpdate | undefined {
  const refund = Refund.safeParse(value).data
  if (refund?.metadata.reference !== reference) return undefined
  const { id: handle, status, amount, currency } = refund
  if (status === 'failed') return declined(REFUND_FAULTS.get(refund.failure_reason ?? '') ?? 'provider_down')
  if (status === 'canceled') return declined('misconfigured')
  const paid = moneyOf(amount, currency)
  if (status === 'succeeded' && paid) return { status: 'settled', transaction: handle, paid }
  return { ...PENDING, handle }
}

/**
 * What an error says of a request that makes something: a plain no only where Stripe names a fault in what we asked.
 * A key in use, or used for something else, says that it was asked before.
 */
function readRefusal(answer: HttpAnswer): PaymentUpdate {
  if (answer.kind === 'not_sent') return { status: 'not_sent' }
  if (answer.kind !== 'answer' || ![400, 401, 403, 404].includes(answer.status)) return PENDING
  return errorOf(answer)?.type === 'invalid_request_error' ? declined('misconfigured') : PENDING
}

/** Whether an answer speaks of Stripe, or our account with it, in trouble. */
export const isTrouble = (answer: HttpAnswer): boolean =>
  answer.kind !== 'answer' ||
  answer.status >= 500 ||
  [401, 403, 424, 429].includes(answer.status) ||
  jsonOf(answer.body) === undefined

const isMissing = (answer: HttpAnswer): boolean =>
  answer.kind === 'answer' && answer.status === 404 && errorOf(answer)?.code === 'resource_missing'

const errorOf = ({ body }: { readonly body: string }) => Failure.safeParse(jsonOf(body)).data?.error

function readOk<T>(answer: HttpAnswer, shape: z.ZodType<T>): T | undefined {
  if (answer.kind !== 'answer' || answer.status !== 200) return undefined
  return shape.safeParse(jsonOf(answer.body)).data
}

function moneyOf(amountMinor: number, currency: string): Money | undefined {
  const name = currency.toUpperCase()
  return isCurrency(name) ? { amountMinor, currency: name } : undefined
}
