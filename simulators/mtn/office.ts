import { type Answer, type Handler, json } from '../http.ts'
import type { Ledger } from '../ledger.ts'
import type { Mischief, World } from '../simulator.ts'
import { type Access, fault, notFound, type Product } from './access.ts'
import type { Float } from './float.ts'
import type { Payment, Payments } from './payments.ts'

/** What the wallet's products share. */
export interface Office {
  world: World
  access: Access
  ledger: Ledger<Payment>
  payments: Payments
  mischief: Mischief
  float: Float
  /** True when more than `mtnStatusRps` questions came in the last second. */
  statusFull: () => boolean
}

export const duplicated: Answer = fault(
  409,
  'RESOURCE_ALREADY_EXIST',
  'Duplicated reference id. Creation of resource failed.',
)

/** Answers what became of a payment of one kind; `on` names the question in scenarios. */
export const telling =
  (office: Office, product: Product, kind: Payment['kind'], on: string): Handler =>
  (call) => {
    const caller = office.access.admit(product, call)
    if ('status' in caller) return caller
    if (office.statusFull())
      return json(429, { statusCode: 429, message: 'Rate limit is exceeded. Try again in 1 seconds.' })
    const payment = office.payments.find(call.params.reference ?? '')
    if (payment?.kind !== kind) return notFound
    return office.mischief.guard(on, payment.msisdn, () => json(200, office.payments.view(payment)))
  }

/** Counts status questions of all kinds together. */
export function createLimit({ clock, mtnStatusRps }: World): () => boolean {
  let recent: number[] = []
  return () => {
    if (mtnStatusRps === 0) return false
    recent = recent.filter((at) => clock.now() - at < 1_000)
    if (recent.length >= mtnStatusRps) return true
    recent.push(clock.now())
    return false
  }
}
