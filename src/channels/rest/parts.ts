import type { Clock } from '../../core/base/clock.ts'
import type { Ids } from '../../core/base/id.ts'
import type { Log } from '../../core/base/log.ts'
import type { Msisdn } from '../../core/base/phone.ts'
import type { Places, Sighting } from '../../core/move/places.ts'
import type { Fleet } from '../../core/move/vehicles.ts'
import type { Ledger } from '../../core/pay/ledger.ts'
import type { EarnerStatement, Earnings } from '../../core/pay/settlement.ts'
import type { Access } from '../../core/people/access.ts'
import type { Bookings, Desk, Manifest } from '../../core/people/bookings.ts'
import type { Identity } from '../../core/people/identity.ts'
import type { Billing, Invoices } from '../../core/people/invoices.ts'
import type { Once } from '../../core/people/once.ts'
import type { Partners } from '../../core/people/partners.ts'
import type { Payments, Till } from '../../core/people/payments.ts'
import type { Rates, Take } from '../../core/people/rates.ts'
import type { Flows } from '../../core/run/draft.ts'
import type { Store } from '../../core/run/store.ts'
import type { Loads } from '../../core/sell/loads.ts'
import type { Ticket } from '../../core/sell/ticket.ts'
import type { TimetableDesk } from '../../core/sell/timetable-desk.ts'
import type { Gateway } from '../../core/talk/gateway.ts'
import type { Script } from '../../core/talk/script.ts'

/** What partners see and change. */
export type Office = {
  readonly partners: Partners
  readonly timetable: TimetableDesk
  readonly fleet: Fleet
  readonly manifest: Manifest
  readonly earnings: Pick<Earnings, 'movementsSince'>
  readonly ledger: Pick<Ledger, 'balancesOf'>
  /** Where the operator is: weeks begin there. */
  readonly zone: string
  /** A statement as a file to be read by a person. */
  readonly printStatement: (statement: EarnerStatement) => Promise<Buffer>
  /** Tells whoever has seats on what was called off, who then have others or are paid back. @returns how many of these journeys that were */
  readonly tellCalledOff: (
    departure: string,
    journeys: readonly string[],
    by: string,
    why: string,
  ) => Promise<number>
}

/** Everything the REST channel needs of the house. */
export type RestParts = {
  readonly gateway: Pick<Gateway, 'act'>
  readonly identity: Identity
  readonly access: Pick<Access, 'ranksOf'>
  readonly bookings: Bookings
  readonly desk: Desk
  readonly payments: Payments
  readonly till: Till
  readonly invoices: Invoices
  readonly billing: Billing
  readonly places: Places
  readonly loads: Pick<Loads, 'open' | 'carrierOf'>
  readonly office: Office
  /** A ticket as a file to be shown aboard. */
  readonly printTicket: (ticket: Ticket, language: string) => Promise<Buffer>
  /** A driver is somewhere now. False when they are not a driver. */
  readonly moved: (driver: Msisdn, at: Sighting) => Promise<boolean>
  readonly once: Once
  readonly take: Take
  readonly rates: Rates
  readonly store: Pick<Store, 'standing' | 'byCode' | 'isTheirs'>
  readonly flows: Flows
  readonly script: Script
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
}
