/** A moment: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

/** The only reader of time. Everything else is told when things happened. */
export interface Clock {
  now(): Instant
}

export const systemClock: Clock = { now: () => Date.now() }
