import type { Route } from '../http.ts'
import { createLedger } from '../ledger.ts'
import { RUINS } from '../ruin.ts'
import type { Rules } from '../scenario.ts'
import { controls, createMischief, type World } from '../simulator.ts'
import { api } from './api.ts'
import { createOrders, type Order, type Returned } from './orders.ts'
import { payer } from './payer.ts'
import { statement } from './statement.ts'

/**
 * SATIM never learns the payer's phone: a scenario's `msisdn` is the order number. Operations: `register`,
 * `acknowledge`, `refund`; it makes no callbacks. Outcomes of `register`: approve (the payer pays by himself), short (a
 * dinar less is deposited), insufficient, all after `delayMs`. Of any request: truncated, limited.
 */
const RULES: Rules = {
  subject: 'msisdn',
  operations: { register: 'request', acknowledge: 'request', refund: 'request' },
  outcomes: {
    register: ['approve', 'short', 'insufficient', ...RUINS],
    acknowledge: RUINS,
    refund: RUINS,
  },
}

/**
 * SATIM with `<simulators>/satim` as its base URL, for the shop `inzira` with `inzira-password`. The payer's page is at
 * `formUrl`; `POST /satim/_card {orderId, pan}` plays the payer and answers `{paid, returnUrl}`. What is paid and not
 * acknowledged within five minutes is reversed.
 */
export function satim(world: World): Route[] {
  const ledger = createLedger<Order | Returned>('satim', world.events, () => null)
  const mischief = createMischief(world.clock, RULES)
  const orders = createOrders(world, ledger)
  return [
    ...controls('satim', ledger, mischief.faults),
    ...api(world, ledger, orders, mischief),
    ...payer(orders),
    ...statement(world.clock, ledger),
  ]
}
