import type { Ledger } from '../ledger.ts'
import { hex } from '../random.ts'
import { Refusal } from '../read.ts'
import type { World } from '../simulator.ts'
import { cardOf } from './cards.ts'
import type { Ask } from './request.ts'

/** How long SATIM waits for the shop's word is not published. */
const ACKNOWLEDGE_MS = 5 * 60_000

/** An order as SATIM's books have it; `reference` is the shop's order number. Centimes, epoch ms. */
export interface Order extends Ask {
  kind: 'collect'
  id: string
  status: 'registered' | 'deposited' | 'reversed' | 'refunded' | 'declined'
  at: number
  /** What came in and was not given back. */
  deposited: number
  acknowledged: boolean
  /** What came in, and when, whatever was given back since. */
  paid?: { amount: number; at: number }
  respCode?: string
  pan?: string
}

/** Money given back, of the order `of`. */
export interface Returned {
  kind: 'refund'
  /** Of the order, the shop's number. */
  reference: string
  of: string
  refundId: string
  amount: number
  at: number
}

export type Orders = ReturnType<typeof createOrders>

/** Orders from registered to paid or declined; what is paid and not acknowledged in time is reversed. */
export function createOrders({ clock }: World, ledger: Ledger<Order | Returned>) {
  const byId = new Map<string, Order>()
  const byNumber = new Map<string, Order>()

  function register(ask: Ask): Order {
    const id = hex(10)
    const start = { status: 'registered', deposited: 0, acknowledged: false } as const
    const order: Order = { kind: 'collect', id, ...ask, ...start, at: clock.now() }
    byId.set(id, order)
    byNumber.set(ask.reference, order)
    ledger.add(order)
    return order
  }

  /** The payer's card; true when it paid. A dinar less is deposited when the scenario says so. */
  function pay(order: Order, pan: string, isShort = false): boolean {
    if (order.status !== 'registered') throw new Refusal(409, `the order is ${order.status}`)
    const { code: respCode } = cardOf(pan)
    const masked = pan.replace(/\D/g, '').replace(/^(.{4}).*(.{4})$/, '$1****$2')
    const isPaid = respCode === '00'
    const deposited = isPaid ? order.amount - (isShort ? 100 : 0) : 0
    const paid = isPaid && { paid: { amount: deposited, at: clock.now() } }
    ledger.change(order, {
      status: isPaid ? 'deposited' : 'declined',
      deposited,
      respCode,
      pan: masked,
      ...paid,
    })
    if (isPaid) clock.after(ACKNOWLEDGE_MS, () => lapse(order))
    return isPaid
  }

  function lapse(order: Order) {
    if (order.acknowledged || order.status !== 'deposited') return
    ledger.change(order, { status: 'reversed', deposited: 0 })
  }

  /** Counts only for what was paid: an early word keeps nothing. */
  function acknowledge(order: Order) {
    if (order.status === 'deposited' && !order.acknowledged) ledger.change(order, { acknowledged: true })
  }

  return {
    register,
    pay,
    acknowledge,
    find: (id: string): Order | undefined => byId.get(id),
    numbered: (number: string): Order | undefined => byNumber.get(number),
  }
}
