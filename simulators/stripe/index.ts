import type { Route } from '../http.ts'
import { createLedger } from '../ledger.ts'
import { RUINS } from '../ruin.ts'
import type { Rules } from '../scenario.ts'
import { controls, createMischief, type World } from '../simulator.ts'
import { checkout } from './checkout.ts'
import { giveback } from './giveback.ts'
import { createKeys } from './keys.ts'
import { createNews } from './news.ts'
import { payer } from './payer.ts'
import { createRefunds, type Refund } from './refunds.ts'
import { createSessions, type Payment } from './sessions.ts'
import { statement } from './statement.ts'

/**
 * Stripe never learns the payer's phone: a scenario's `msisdn` is our reference. Operations: `create`, `retrieve`,
 * `refund`, `refundStatus`, `webhook`. Outcomes of `create`: approve (the payer pays by himself), short (one unit
 * less comes in), insufficient (a card without money, then the page expires), expire, all after `delayMs`; broken
 * (500, kept under the key), of `refund` too. Of any request: truncated, limited.
 */
const RULES: Rules = {
  subject: 'msisdn',
  operations: {
    create: 'request',
    retrieve: 'request',
    refund: 'request',
    refundStatus: 'request',
    webhook: 'callback',
  },
  outcomes: {
    create: ['approve', 'short', 'insufficient', 'expire', 'broken', ...RUINS],
    retrieve: RUINS,
    refund: ['broken', ...RUINS],
    refundStatus: RUINS,
  },
}

/**
 * Stripe's API with `<simulators>/stripe` as its base URL: Checkout Sessions and refunds. The payer's page is at the
 * session's `url`; `POST /stripe/_card {orderId, pan}` plays the payer, `orderId` being the session's id.
 */
export function stripe(world: World): Route[] {
  const ledger = createLedger<Payment | Refund>('stripe', world.events, () => null)
  const mischief = createMischief(world.clock, RULES)
  const tell = createNews(world, mischief)
  const sessions = createSessions(world, ledger, tell)
  const refunds = createRefunds(world, ledger, sessions, tell)
  const desk = { world, mischief, once: createKeys(world.clock) }
  return [
    ...controls('stripe', ledger, mischief.faults),
    ...checkout(desk, sessions),
    ...giveback(desk, refunds),
    ...payer(sessions),
    ...statement(world.clock, ledger),
  ]
}
