import { type Call, header, json, type Route } from '../http.ts'
import type { Scenario } from '../scenario.ts'
import { type Desk, keyed, make, show } from './desk.ts'
import { type Ask, missing, readSession } from './request.ts'
import { type Payment, type Sessions, view } from './sessions.ts'

const PAYS = '4242424242424242'
const HAS_TOO_LITTLE = '4000000000009995'

/** Checkout Sessions. Source: docs.stripe.com/api/checkout/sessions. */
export function checkout(desk: Desk, sessions: Sessions): Route[] {
  const { pay, expire } = sessions
  const acts: Readonly<Record<string, (payment: Payment) => unknown>> = {
    approve: (payment) => pay(payment, PAYS),
    short: (payment) => pay(payment, PAYS, true),
    insufficient: (payment) => {
      pay(payment, HAS_TOO_LITTLE)
      expire(payment)
    },
    expire,
  }

  function open(ask: Ask, call: Call, { outcome = '', delayMs = 0 }: Partial<Scenario> = {}) {
    const payment = sessions.open(ask, `http://${header(call, 'host')}/stripe/pay`)
    const act = acts[outcome]
    if (act) desk.world.clock.after(delayMs, () => void (payment.status === 'open' && act(payment)))
    return json(200, view(payment))
  }

  return [
    keyed('POST', 'checkout/sessions', (call) =>
      make(
        desk,
        'create',
        call,
        readSession(call),
        () => undefined,
        (ask, scenario) => open(ask, call, scenario),
      ),
    ),
    keyed('GET', 'checkout/sessions/:id', ({ params, query }) => {
      const payment = sessions.find(params.id ?? '')
      if (!payment) return missing('checkout.session', params.id ?? '')
      const isExpanded = query.getAll('expand[]').includes('payment_intent')
      return show(desk, 'retrieve', payment.reference, () => json(200, view(payment, isExpanded)))
    }),
  ]
}
