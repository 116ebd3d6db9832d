import { LRUCache } from 'lru-cache'
import type { PaymentUpdate } from '../../../core/pay/provider.ts'
import { PENDING } from './answers.ts'

const REMEMBERED = 100_000

/**
 * Which references have been sent. It should remember them for as long as anybody may send them again: a day.
 * Several processes need one that they share.
 */
export type Claims = {
  /** True for the first who asks about that reference, until it is given up. */
  take(reference: string): Promise<boolean>
  giveUp(reference: string): Promise<void>
}

/** Kept in this process, for the last hundred thousand references. */
export function createClaims(): Claims {
  const taken = new LRUCache<string, true>({ max: REMEMBERED })
  return {
    take: async (reference) => {
      if (taken.has(reference)) return false
      taken.set(reference, true)
      return true
    },
    giveUp: async (reference) => {
      taken.delete(reference)
    },
  }
}

/**
 * Sends what has no key of its own against being sent twice: the second time it is `pending`, without a request,
 * as it is when nobody can tell whether it is the second time. What never left may be sent again.
 */
export async function once(
  claims: Claims,
  reference: string,
  send: () => Promise<PaymentUpdate>,
): Promise<PaymentUpdate> {
  if (!(await claims.take(reference).catch(() => false))) return PENDING
  const update = await send()
  // Unless it is given up, nobody sends it: that is only slow.
  if (update.status === 'not_sent') await claims.giveUp(reference).catch(() => {})
  return update
}
