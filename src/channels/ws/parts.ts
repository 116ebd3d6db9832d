import type { Clock } from '../../core/base/clock.ts'
import type { Log } from '../../core/base/log.ts'
import type { Msisdn } from '../../core/base/phone.ts'
import type { Sighting } from '../../core/move/places.ts'
import type { Bookings, Desk } from '../../core/people/bookings.ts'
import type { Identity } from '../../core/people/identity.ts'
import type { Fanout } from '../../core/people/live.ts'
import type { Rates, Take } from '../../core/people/rates.ts'

/** Everything the live socket needs of the house. */
export type LiveParts = {
  readonly identity: Pick<Identity, 'who'>
  readonly fanout: Fanout
  readonly bookings: Pick<Bookings, 'find'>
  readonly desk: Pick<Desk, 'describe'>
  /** A driver is somewhere now. False when they are not a driver. */
  readonly moved: (driver: Msisdn, at: Sighting) => Promise<boolean>
  readonly take: Take
  readonly rates: Pick<Rates, 'position'>
  readonly clock: Clock
  readonly log: Log
}

/** Bounds of one process's live connections. */
export const LIVE = {
  helloMs: 5_000,
  heartbeatMs: 30_000,
  payloadBytes: 4 * 1024,
  /** What a slow connection may let pile up before it is dropped. */
  bufferedBytes: 256 * 1024,
  perPerson: 5,
  connections: 10_000,
  /** What a closing connection gets to say goodbye. */
  goodbyeMs: 1_000,
} as const

export type Limits = { readonly [K in keyof typeof LIVE]: number }

/** Why we hang up; 4000 and above are ours to choose (RFC 6455 §7.4.2). */
export const CLOSE = { goingAway: 1001, malformed: 4400, unauthorised: 4401, tooMany: 4409 } as const
