import type { Instant } from '../base/clock.ts'
import type { Currency } from '../base/money.ts'
import type { Msisdn } from '../base/phone.ts'
import type { ExtraRules } from './extras.ts'

/** A part of a route by the numbers of its stops: from where somebody boards up to where they leave. */
export type Span = { readonly from: number; readonly to: number }

/** What a seat costs more the fuller the bus is and the nearer the day; hundredths of a percent of the fare. */
export type SeatRules = {
  /** From so much sold of the bus on, so much is added; the highest step that is reached counts. */
  readonly fuller: readonly { readonly soldBp: number; readonly addBp: number }[]
  /** Booked so many days ahead or more, so much is taken off. */
  readonly earlier: readonly { readonly days: number; readonly offBp: number }[]
  /** What the regulator allows at most above the fare. */
  readonly capBp: number
  /** Prices are whole multiples of this. */
  readonly roundToMinor: number
  /** What the operator of the platform keeps of a ticket. */
  readonly commissionBp: number
  /** What is sold besides seats; nothing where there is none. */
  readonly extras?: ExtraRules
}

/** A bus between two of its stops, as somebody looks for it. */
export type Departure = {
  readonly id: string
  readonly span: Span
  readonly from: string
  readonly to: string
  readonly leavesAt: Instant
  readonly arrivesAt: Instant
  /** IANA; times are told by its clocks. */
  readonly zone: string
  readonly partner: { readonly id: string; readonly name: string }
  readonly plate: string
  /** Who lets people aboard. */
  readonly conductor: Msisdn
  /** Seats of the bus, and those of them that are free all the way. */
  readonly seats: number
  readonly free: number
  readonly fareMinor: number
  readonly currency: Currency
  readonly rules: SeatRules
}

/** What leaves when. */
export interface Departures {
  /** Towns that something goes to from there, the most asked for first; ids and names. */
  reachable(from: string, limit: number): Promise<readonly { readonly id: string; readonly name: string }[]>
  /** Open departures from one place to another, soonest first, with at least so many free seats. */
  search(want: {
    readonly from: string
    readonly to: string
    readonly after: Instant
    readonly seats: number
    readonly limit: number
  }): Promise<readonly Departure[]>
  /** Between two of its stops; null when it is gone, called off, or does not go from one to the other. */
  find(id: string, from: string, to: string): Promise<Departure | null>
}

/** A departure as who runs it sees it: all of its way. */
export type Load = {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly leavesAt: Instant
  readonly zone: string
  readonly plate: string
  readonly seats: number
  /** Journeys that bought seats, and that hold some unpaid. */
  readonly sold: number
  readonly held: number
}

/** What an operator sees of departures, and decides. */
export interface DepartureDesk {
  /** Open ones, soonest first. */
  next(after: Instant, limit: number): Promise<readonly Load[]>
  /** An open one; null when there is none of that name. */
  find(id: string): Promise<Load | null>
  /** It leaves its first stop then. @returns the journeys that have seats on it, again when asked again; null when none of that name goes */
  delay(id: string, leavesAt: Instant): Promise<readonly string[] | null>
  /** Sells no more of it. @returns the journeys that have seats on it, again when asked again; null when there is none of that name */
  callOff(id: string): Promise<readonly string[] | null>
}

export type SeatWish = {
  readonly departure: string
  readonly span: Span
  readonly count: number
  /** Only of these, by their numbers; of all where there are none. */
  readonly among?: readonly number[]
  /** Whose seats they will be. */
  readonly journey: string
  readonly person: Msisdn
  /** Until when they are kept unpaid, counted by the database's own clock. */
  readonly holdMs: number
}

/** `full`: not so many are free all the way. `hoarding`: this person holds too much that is not paid for. `gone`: it is called off or has left. */
export type Held =
  | { readonly kind: 'held'; readonly seats: readonly number[] }
  | { readonly kind: 'full' | 'hoarding' | 'gone' }

/** `waiting`: in line, until whoever stands before them and fits has seats. */
export type Queued = Held | { readonly kind: 'waiting' }

/** Seats claimed in a transaction: on no part of its way is a seat anybody else's. */
export interface SeatClaims {
  /** The same journey again gets what it has. Whoever waits and finds room goes first: to others it is full. */
  hold(wish: SeatWish): Promise<Held>
  /**
   * The same for whoever would wait. Asked again, they stand where they stood; seats are theirs when nobody who came
   * before them finds room. `full`: too many wait, or this person does already.
   */
  queue(wish: SeatWish): Promise<Queued>
  /** Whose turn it is: the journey of the first who waits there and finds room; null when there is none. */
  next(departure: string): Promise<string | null>
  /** Paid: from now on they are sold. Empty when the hold has passed and another has them. */
  keep(journey: string): Promise<readonly number[]>
  /**
   * What this journey bought is sold again, and as much is its own on another departure: both, or neither happens.
   * The same again is the same. Nothing is asked of the hold, for it is paid.
   */
  move(wish: Omit<SeatWish, 'holdMs'>): Promise<Held>
  /** Whatever this journey holds or bought can be sold again, and it waits no more. */
  free(journey: string): Promise<void>
}
