import type { Instant } from '../base/clock.ts'
import { bornAt } from '../base/id.ts'
import type { Lane } from '../run/work.ts'

/** What something is said for, most urgent first. */
export const PURPOSES = ['code', 'offer', 'answer', 'booking', 'receipt', 'marketing'] as const
export type Purpose = (typeof PURPOSES)[number]

/** Nobody who waits with a phone in hand stands behind receipts, and nobody at all behind marketing. */
export const LANE_OF = {
  code: 'urgent',
  offer: 'urgent',
  answer: 'urgent',
  booking: 'message',
  receipt: 'message',
  marketing: 'bulk',
} as const satisfies Readonly<Record<Purpose, Lane>>

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** How long after it was meant to be said it is still worth saying, where it has no deadline of its own. */
const WORTH_MS: Readonly<Record<Purpose, number>> = {
  code: 5 * MINUTE_MS,
  offer: 60 * MINUTE_MS,
  answer: 60 * MINUTE_MS,
  // What somebody bought stays worth knowing, for as long as anybody would ask.
  booking: 30 * DAY_MS,
  receipt: 30 * DAY_MS,
  marketing: DAY_MS,
}

/** Until when it is worth saying. @param id its intent, which tells when it was meant to be said */
export const worthUntil = (id: string, purpose: Purpose, until: Instant | null, now: Instant): Instant =>
  until ?? (bornAt(id) ?? now) + WORTH_MS[purpose]
