import { z } from 'zod'
import type { Currency } from '../base/money.ts'
import type { Msisdn } from '../base/phone.ts'
import type { Place, Position } from '../move/places.ts'
import type { Bid } from './bids.ts'

/** A load as it is posted: ids of towns, the day by the clocks of `zone`. */
export type Posting = {
  readonly booking: string
  readonly code: string
  readonly owner: Msisdn
  readonly what: string
  readonly kg: number
  readonly from: string
  readonly to: string
  /** `2026-11-30` */
  readonly day: string
  readonly zone: string
  readonly currency: Currency
  /** What the shipper hopes to pay at most; null when they did not say. */
  readonly targetMinor: number | null
}

/** A load that takes bids, as carriers look for it. */
export type Load = Omit<Posting, 'owner' | 'from' | 'to'> & { readonly from: Place; readonly to: Place }

/** A load as a carrier's menu names it. */
export const offering = z.object({ code: z.string(), label: z.string(), currency: z.string() })
export type Offering = z.infer<typeof offering>

const KG_A_TONNE = 1000

/** `7730 cement 10 t Karachi-Lahore 30/11`, the same in every language. */
export const nameOf = ({ code, what, kg, from, to, day }: Load): string =>
  [
    code,
    what,
    `${kg / KG_A_TONNE} t`,
    `${from.name}-${to.name}`,
    day.replace(/^\d+-(\d+)-(\d+)$/, '$2/$1'),
  ].join(' ')

export const offeringOf = (load: Load): Offering => ({
  code: load.code,
  label: nameOf(load),
  currency: load.currency,
})

/** A vehicle that could take a load, and what speaks for it. */
export type Candidate = {
  readonly partner: string
  readonly phone: Msisdn
  readonly vehicle: string
  readonly capacityKg: number
  /** Where it stands on the day before. */
  readonly at: Position
  /** Where its carrier is at home. */
  readonly home: Position
  readonly stars: number | null
  /** Loads delivered. */
  readonly delivered: number
}

/** Who bids: everything of a bid but what they say. */
export type Bidder = Omit<Bid, 'amountMinor' | 'counterMinor' | 'madeAt' | 'validUntil'>

/** `notCarrier`: nobody of a carrier. `notVerified`: their own papers. `noVehicle`: none is large enough, free and in order. */
export type NoBidder = 'notCarrier' | 'noSuchLoad' | 'notVerified' | 'noVehicle'

export type Wanted = {
  readonly from?: string
  readonly to?: string
  /** What a vehicle can carry, at most. */
  readonly kg?: number
  /** The last seen of the page before. */
  readonly after?: string
  readonly limit: number
}

/** Loads as carriers see them. What is open is a hint: only the booking says who has it. */
export interface Loads {
  /** Newest first. */
  open(wanted: Wanted): Promise<readonly Load[]>
  /** Those that somebody's vehicles could take, the nearest to where one stands first; none for whoever is no carrier. */
  near(person: Msisdn, limit: number): Promise<readonly Load[]>
  /** The journey that somebody carries, the first to be loaded. */
  jobOf(person: Msisdn): Promise<string | null>
  /** The carrier of that person, with the smallest vehicle that does for the load. */
  bidder(person: Msisdn, booking: string): Promise<Bidder | NoBidder>
  /** The carrier that a person acts for; null when there is none. */
  carrierOf(person: Msisdn): Promise<string | null>
}

/** Loads inside a transaction. */
export interface LoadBoard {
  /** Null when it was posted before. */
  post(load: Posting): Promise<Load | null>
  /** Vehicles that are free and in order for it, the nearest first. */
  candidates(booking: string, limit: number): Promise<readonly Candidate[]>
  /** Adds a rating of 1 to 5 stars. */
  rate(partner: string, stars: number): Promise<void>
}

export type VehicleWish = {
  /** The booking of the load that it is for. */
  readonly load: string
  readonly partner: string
  readonly vehicle: string
  readonly journey: string
  /** Until when it is kept unpaid, counted by the database's own clock. */
  readonly holdMs: number
}

/** `unfit`: a paper of the carrier or of the vehicle is not verified or runs out on the way. */
export type VehicleHeld =
  | { readonly kind: 'held'; readonly days: number; readonly day: string; readonly zone: string }
  | { readonly kind: 'busy' | 'unfit' }

/** Vehicles claimed in a transaction: on no day does one have two loads. */
export interface VehicleClaims {
  /** The same journey again gets what it has. */
  hold(wish: VehicleWish): Promise<VehicleHeld>
  /** Paid: from now on these days are sold. False when the hold has passed and another has them. */
  keep(journey: string): Promise<boolean>
  free(journey: string): Promise<void>
}
