import type { Answer } from '../http.ts'
import type { Ledger } from '../ledger.ts'
import { hex } from '../random.ts'
import type { World } from '../simulator.ts'
import type { Tell } from './news.ts'
import { fault, missing, type RefundAsk } from './request.ts'
import type { Sessions } from './sessions.ts'

const SLOW_MS = 2_000

/** Money on its way back, as Stripe's books have it. */
export interface Refund {
  kind: 'refund'
  id: string
  reference: string
  amount: number
  currency: string
  status: 'pending' | 'succeeded' | 'failed'
  at: number
  paymentIntent: string
  failureReason?: string
}

/** Refunds of all or a part of a payment, together never more than came in. */
export function createRefunds({ clock }: World, ledger: Ledger<object>, sessions: Sessions, tell: Tell) {
  const given: Refund[] = []
  const of = (intent: string) => given.filter(({ paymentIntent }) => paymentIntent === intent)

  /** What is left of a payment to give back. */
  function left(intent: string): number {
    const back = of(intent).filter(({ status }) => status !== 'failed')
    return (sessions.paidBy(intent)?.received ?? 0) - back.reduce((sum, { amount }) => sum + amount, 0)
  }

  /** Why the books forbid a refund, if they do. */
  function wrong({ paymentIntent, amount }: RefundAsk): Answer | undefined {
    const payment = sessions.paidBy(paymentIntent)
    if (!payment) return missing('payment_intent', paymentIntent)
    if (payment.status !== 'paid') return fault(400, 'This PaymentIntent does not have a successful charge.')
    if (left(paymentIntent) === 0) return fault(400, 'Already refunded.', 'charge_already_refunded')
    if ((amount ?? 0) <= left(paymentIntent)) return undefined
    return fault(400, 'Refund amount is greater than unrefunded amount on charge.')
  }

  function give({ paymentIntent, amount, reference }: RefundAsk): Refund {
    const payment = sessions.paidBy(paymentIntent)
    const refund: Refund = {
      kind: 'refund',
      id: `re_${hex(12)}`,
      reference,
      amount: amount ?? left(paymentIntent),
      currency: payment?.currency ?? '',
      status: payment?.refundAs === 'pending' ? 'pending' : 'succeeded',
      at: clock.now(),
      paymentIntent,
    }
    given.unshift(refund)
    ledger.add(refund)
    tell('refund.created', reference, view(refund))
    if (payment?.refundAs === 'pending') clock.after(SLOW_MS, () => end(refund, 'succeeded'))
    if (payment?.refundAs === 'fails') clock.after(SLOW_MS, () => end(refund, 'failed'))
    return refund
  }

  function end(refund: Refund, status: 'succeeded' | 'failed') {
    const failed = status === 'failed'
    ledger.change(refund, { status, ...(failed && { failureReason: 'expired_or_canceled_card' }) })
    tell(failed ? 'refund.failed' : 'refund.updated', refund.reference, view(refund))
  }

  return { wrong, give, of, find: (id: string) => given.find((refund) => refund.id === id) }
}

/** A refund as the API shows it. */
export const view = ({ id, reference, amount, currency, status, at, ...refund }: Refund) => ({
  id,
  object: 'refund',
  amount,
  currency,
  status,
  created: Math.floor(at / 1000),
  payment_intent: refund.paymentIntent,
  ...(refund.failureReason && { failure_reason: refund.failureReason }),
  metadata: { reference },
})
