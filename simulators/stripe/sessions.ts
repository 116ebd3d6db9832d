import type { Ledger } from '../ledger.ts'
import { hex } from '../random.ts'
import { Refusal } from '../read.ts'
import type { World } from '../simulator.ts'
import { type Card, cardOf } from './cards.ts'
import type { Tell } from './news.ts'
import type { Ask } from './request.ts'

const OPEN_MS = 24 * 3_600_000

/** A page and what was paid there, as Stripe's books have it. Amounts in the smallest unit, times epoch ms. */
export interface Payment extends Ask {
  kind: 'collect'
  id: string
  status: 'open' | 'paid' | 'expired'
  at: number
  url: string
  settledAt?: number
  paymentIntent?: string
  /** What came in, which a scenario can make differ from `amount`. */
  received?: number
  last4?: string
  error?: { code: string; decline_code?: string }
  refundAs?: Card['refund']
}

export type Sessions = ReturnType<typeof createSessions>

/** Checkout Sessions from open to paid or expired, and the PaymentIntents within. */
export function createSessions({ clock }: World, ledger: Ledger<object>, tell: Tell) {
  const byId = new Map<string, Payment>()
  const byIntent = new Map<string, Payment>()

  function open(ask: Ask, pageUrl: string): Payment {
    const id = `cs_test_${hex(24)}`
    const url = `${pageUrl}/${id}`
    const payment: Payment = { kind: 'collect', id, ...ask, status: 'open', at: clock.now(), url }
    byId.set(id, payment)
    ledger.add(payment)
    clock.after(OPEN_MS, () => expire(payment))
    return payment
  }

  function expire(payment: Payment) {
    if (payment.status !== 'open') return
    ledger.change(payment, { status: 'expired', settledAt: clock.now() })
    tell('checkout.session.expired', payment.reference, view(payment))
  }

  /** The payer tries a card; true when it paid. One unit less comes in when the scenario says so. */
  function pay(payment: Payment, pan: string, isShort = false): boolean {
    if (payment.status !== 'open') throw new Refusal(409, `the session is ${payment.status}`)
    const card = cardOf(pan)
    const intent = payment.paymentIntent ?? `pi_${hex(12)}`
    byIntent.set(intent, payment)
    const last4 = pan.replace(/\D/g, '').slice(-4)
    if (card.code) {
      const error = { code: card.code, ...(card.declineCode && { decline_code: card.declineCode }) }
      ledger.change(payment, { paymentIntent: intent, last4, error })
      tell('payment_intent.payment_failed', payment.reference, intentView(payment))
      return false
    }
    const received = payment.amount - (isShort ? 1 : 0)
    const paid = { status: 'paid' as const, settledAt: clock.now(), paymentIntent: intent, received, last4 }
    ledger.change(payment, { ...paid, ...(card.refund && { refundAs: card.refund }) })
    tell('payment_intent.succeeded', payment.reference, intentView(payment))
    tell('checkout.session.completed', payment.reference, view(payment))
    return true
  }

  return {
    open,
    expire,
    pay,
    find: (id: string): Payment | undefined => byId.get(id),
    paidBy: (intent: string): Payment | undefined => byIntent.get(intent),
  }
}

/** A session as the API shows it. */
export function view(payment: Payment, isExpanded = false) {
  const { id, reference, amount, currency, status, url, paymentIntent, at } = payment
  return {
    id,
    object: 'checkout.session',
    mode: 'payment',
    status: status === 'paid' ? 'complete' : status,
    payment_status: status === 'paid' ? 'paid' : 'unpaid',
    amount_total: amount,
    currency,
    client_reference_id: reference,
    metadata: { reference },
    created: Math.floor(at / 1000),
    expires_at: Math.floor((at + OPEN_MS) / 1000),
    livemode: false,
    url: status === 'open' ? url : null,
    payment_intent: paymentIntent ? (isExpanded ? intentView(payment) : paymentIntent) : null,
  }
}

function intentView({ paymentIntent, reference, amount, currency, received, status, error }: Payment) {
  const open = status === 'expired' ? 'canceled' : 'requires_payment_method'
  return {
    id: paymentIntent,
    object: 'payment_intent',
    amount,
    amount_received: received ?? 0,
    currency,
    status: status === 'paid' ? 'succeeded' : open,
    last_payment_error: error && status !== 'paid' ? { type: 'card_error', ...error } : null,
    metadata: { reference },
    livemode: false,
  }
}
