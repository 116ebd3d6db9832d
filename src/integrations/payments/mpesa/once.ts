import type { PaymentUpdate } from '../../../core/pay/provider.ts'
import { PENDING } from './answers.ts'

/**
 * Which references have been sent, shared by all processes. It remembers them for as long as anybody may send them
 * again: a day.
 */
export type Claims = {
  /** True for the first who asks about that reference, until it is given up. */
  take(reference: string): Promise<boolean>
  giveUp(reference: string): Promise<void>
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
