import { LIMITS as PAYMENT, pollDelayMs } from '../payment/patience.ts'
import type { PayoutContext } from './model.ts'

/** What never left, for want of float or of the provider, is tried again as often. */
export const SEND_TRIES = 96
const SEND_AGAIN_MS = 900_000

/** Deadlines of a payout's states; null where only somebody else can move it. */
export function payoutDeadlineMs(state: string, { polls, reference }: PayoutContext): number | null {
  if (state === 'waiting') return SEND_AGAIN_MS
  if (state === 'pending') return pollDelayMs(polls, reference)
  if (state === 'sending' || state === 'checking') return PAYMENT.errandMs
  return null
}
