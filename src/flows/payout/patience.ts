import { LIMITS as PAYMENT, pollDelayMs } from '../payment/patience.ts'
import type { PayoutContext } from './model.ts'

/** What never left, for want of float or of the provider, is tried again as often. */
export const SEND_TRIES = 96
const SEND_AGAIN_MS = 900_000

/** Where nobody knows how long it waits, it is asked again, twice as long after each time, up to an hour. */
const KNOWN_AFTER_MS = { least: 300_000, most: 3_600_000 } as const
/** Some twenty hours; then only a person lets it go. */
const MOST_HOLDS = 24

function heldForMs({ holds, heldForMs: known }: PayoutContext): number | null {
  if (known !== null) return known
  return holds > MOST_HOLDS ? null : Math.min(KNOWN_AFTER_MS.least * 2 ** (holds - 1), KNOWN_AFTER_MS.most)
}

/** Deadlines of a payout's states; null where only somebody else can move it. */
export function payoutDeadlineMs(state: string, context: PayoutContext): number | null {
  const { polls, reference } = context
  if (state === 'held') return heldForMs(context)
  if (state === 'waiting') return SEND_AGAIN_MS
  if (state === 'pending') return pollDelayMs(polls, reference)
  if (state === 'sending' || state === 'checking') return PAYMENT.errandMs
  return null
}
