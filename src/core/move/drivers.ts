import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'
import type { Position } from './places.ts'

export type Driver = Position & {
  /** Opaque, and never changed: the books bear it long after a number has gone to somebody else. */
  readonly id: string
  readonly phone: Msisdn
  readonly name: string
  readonly plate: string
}

/** Claims made in a transaction: nobody is ever offered two journeys, no journey has two drivers. */
export interface DriverClaims {
  /** The nearest free driver with a valid licence, now marked as offered this journey; null when there is none. */
  offerNearest(want: {
    readonly line: string
    readonly near: Position
    readonly journey: string
    readonly except: readonly string[]
    readonly seenSince: Instant
  }): Promise<Driver | null>
  /** Offered → busy. False when the offer is no longer theirs, or their licence no longer valid. */
  take(journey: string, phone: Msisdn): Promise<boolean>
  /** Back to free, wherever they are with this journey. */
  release(journey: string): Promise<void>
  /** Adds a rating of 1 to 5 stars. */
  rate(phone: Msisdn, stars: number): Promise<void>
}

/** How much there is to do. */
export interface Demand {
  /** How many of a line's drivers at work are asked or on a journey, in hundredths of a percent; nought where none is at work. */
  busyBp(line: string, now: Instant): Promise<number>
}

/** A driver who has not been seen for this long is not at work. */
export const SEEN_WITHIN_MS = 12 * 3_600_000

/** What drivers say of themselves. */
export interface Drivers {
  isDriver(person: Msisdn): Promise<boolean>
  find(
    phone: Msisdn,
  ): Promise<
    | (Driver & { readonly status: 'off' | 'free' | 'offered' | 'busy'; readonly journey: string | null })
    | null
  >
  /** On or off shift, at a place when they say where. False when they are not a driver, or are on a journey. */
  shift(phone: Msisdn, on: boolean, at: Position | null, now: Instant): Promise<boolean>
  move(phone: Msisdn, to: Position, now: Instant): Promise<boolean>
  /** Drivers whose licence was last checked before `before`, at most `limit`. */
  licencesDue(
    before: Instant,
    limit: number,
  ): Promise<readonly { readonly phone: Msisdn; readonly licence: string }[]>
  /** The register's word, and when. What it does not know stands as long as the evidence for it. */
  licenceChecked(phone: Msisdn, status: string, at: Instant): Promise<void>
  /** Whose evidence ends by then is licensed no more. */
  licencesEnd(at: Instant): Promise<void>
}
