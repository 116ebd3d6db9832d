import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'
import type { Agent } from '../people/agents.ts'
import type { OwnPlace, Usual } from '../people/habits.ts'
import type { Role } from '../run/flow.ts'
import type { Instance } from '../run/work.ts'
import type { Basket } from '../sell/basket.ts'
import type { Bidder, Load, NoBidder } from '../sell/loads.ts'

/** What a conversation may ask of the rest of the house. */
export interface House {
  /** As whom they come to the menu. */
  roleOf(person: Msisdn): Promise<Role>
  /** Null when they may not book for others. */
  agent(person: Msisdn): Promise<Agent | null>
  /** What a person does most, and last. */
  usual(person: Msisdn): Promise<Usual>
  /** Keeps a place by what it is to them. @returns its name; null when nobody knows it */
  save(person: Msisdn, as: OwnPlace, place: string): Promise<string | null>
  /** Keeps a basket, or what was bought last, by a name of theirs. @returns the text to answer with */
  saveBasket(
    person: Msisdn,
    as: string,
    basket: Basket | null,
  ): Promise<'basketSaved' | 'noBasket' | 'basketsFull'>
  /** Newest first, those that are not done. */
  active(owner: Msisdn, flow: 'booking' | 'invoice'): Promise<readonly Instance[]>
  /** Of what began since the asker has their number. */
  byCode(flow: 'booking' | 'tracking' | 'invoice', code: string, asker: Msisdn): Promise<Instance | null>
  /** The journey a driver is offered or on. */
  jobOf(driver: Msisdn): Promise<Instance | null>
  /** The next digits by which a person names a booking. */
  code(): Promise<string>
  /** The carrier of that person and a vehicle that does for the load; or the text why there is none. */
  bidder(person: Msisdn, load: string): Promise<Bidder | NoBidder>
  carrierOf(person: Msisdn): Promise<string | null>
  /** Open loads from a town, or from anywhere; null when there is no such town. */
  loads(place: string | null): Promise<readonly Load[] | null>
  /** The text to answer with. */
  shift(
    person: Msisdn,
    on: boolean,
    place: string | null,
    at: Instant,
  ): Promise<'onShift' | 'offShift' | 'notDriver' | 'unknownPlace'>
}
