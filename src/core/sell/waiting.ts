import { z } from 'zod'

/** What a dated tariff says of letting a driver wait. */
export const waitingTerms = z.object({
  /** So long it costs nothing. */
  freeMinutes: z.int().nonnegative(),
  /** After that each step that has begun costs `stepMinor`. */
  stepMinutes: z.int().positive(),
  stepMinor: z.int().nonnegative(),
})
export type WaitingTerms = z.infer<typeof waitingTerms>

/** So long a driver waited, in minutes that have begun, and what that costs in minor units. */
export const waited = z.object({ minutes: z.int().nonnegative(), amountMinor: z.int().nonnegative() })
export type Waited = z.infer<typeof waited>

const MINUTE_MS = 60_000
/** Nobody pays for more: whoever is not there by then does not come. */
export const MOST_PAID_MINUTES = 60

/**
 * What so long a wait costs. It is paid in coins, so it is a multiple of `roundToMinor`, and rounded down, so that it is
 * never more than the tariff allows.
 */
export function waitingCharge(
  { freeMinutes, stepMinutes, stepMinor }: WaitingTerms,
  roundToMinor: number,
  waitedMs: number,
): Waited {
  const minutes = Math.max(0, Math.ceil(waitedMs / MINUTE_MS))
  const paidMinutes = Math.min(MOST_PAID_MINUTES, Math.max(0, minutes - freeMinutes))
  const exact = Math.ceil(paidMinutes / stepMinutes) * stepMinor
  return { minutes, amountMinor: Math.floor(exact / roundToMinor) * roundToMinor }
}
