import { LRUCache } from 'lru-cache'
import type { Clock } from '../../../core/base/clock.ts'
import type { Collection, PaymentUpdate } from '../../../core/pay/provider.ts'
import { MISCONFIGURED, PENDING, readQuery } from './answers.ts'
import type { Daraja } from './daraja.ts'
import { type Claims, once } from './once.ts'
import type { Sender } from './sender.ts'
import { type Merchant, pushBody, queryBody, shillings } from './wire.ts'

const RECEIPTS_REMEMBERED = 50_000

export type Collecting = {
  collect(order: Collection): Promise<PaymentUpdate>
  inspect(order: Collection): Promise<PaymentUpdate>
  /** Keeps a receipt until the push it is said to belong to has been asked after. */
  hear(handle: string, receipt: string): void
}

/** Money in: a push for each reference, once, and questions after it by Safaricom's name for it. */
export function createCollecting({
  daraja,
  push,
  merchant,
  claims,
  urlOf,
  clock,
}: {
  daraja: Daraja
  push: Sender
  merchant: Merchant
  claims: Claims
  urlOf: (reference: string) => string
  clock: Clock
}): Collecting {
  const receipts = new LRUCache<string, string>({ max: RECEIPTS_REMEMBERED })

  const inspect = async (order: Collection) => {
    const { handle } = order
    if (handle === null) return PENDING
    const answer = await daraja('/mpesa/stkpushquery/v1/query', queryBody(handle, merchant, clock.now()))
    return readQuery(answer, order, receipts.get(handle))
  }
  return {
    inspect,
    collect: async (order) => {
      const { reference } = order
      if (order.handle !== null) return inspect(order)
      const amount = shillings(order.money)
      if (amount === undefined) return MISCONFIGURED
      const body = () => pushBody(order, { amount, merchant, at: clock.now(), url: urlOf(reference) })
      return once(claims, reference, () => push.send(reference, body))
    },
    hear: (handle, receipt) => {
      receipts.set(handle, receipt)
    },
  }
}
