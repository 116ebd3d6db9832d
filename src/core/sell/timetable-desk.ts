import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'
import type { Booked } from '../people/bookings.ts'
import type { Hand } from '../people/partners.ts'
import type { PartnerRoute, Prices } from './route-prices.ts'
import type { Load } from './seats.ts'

/** Something that is to leave: a vehicle of the partner's on a route of the partner's. */
export type NewDeparture = {
  readonly id: string
  readonly route: string
  readonly vehicle: string
  readonly leavesAt: Instant
  readonly conductor: Msisdn
}

/** What a partner sells by a timetable. Nothing of another partner's is ever found, read or changed. */
export interface TimetableDesk {
  routes(partner: string, limit: number): Promise<readonly PartnerRoute[]>
  /** Prices for whoever asks from now on. Null when it has no such route. @throws Problem unprocessable */
  reprice(hand: Hand, route: string, prices: Prices): Promise<PartnerRoute | null>
  /** What is to leave from a moment on, soonest first; `past` names the last that was read. */
  departures(
    partner: string,
    from: { readonly after: Instant; readonly past: string },
    limit: number,
  ): Promise<readonly Load[]>
  /**
   * Puts something on sale; the same again is the same. Null when route or vehicle are not the partner's.
   * @throws Problem unprocessable when the vehicle may not go, is elsewhere, or has no seats
   */
  add(hand: Hand, departure: NewDeparture): Promise<Load | null>
  /** Sells no more of it. @returns the journeys that still have seats on it; null when it has none of that name */
  callOff(hand: Hand, departure: string, why: string): Promise<readonly string[] | null>
  /** Bookings with seats on it, oldest first, after the booking `past`. Null when it has none of that name. */
  aboard(
    partner: string,
    departure: string,
    past: string | null,
    limit: number,
  ): Promise<readonly Booked[] | null>
}
