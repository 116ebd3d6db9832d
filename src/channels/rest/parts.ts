import type { Clock } from '../../core/base/clock.ts'
import type { Ids } from '../../core/base/id.ts'
import type { Log } from '../../core/base/log.ts'
import type { Msisdn } from '../../core/base/phone.ts'
import type { Places, Sighting } from '../../core/move/places.ts'
import type { Access } from '../../core/people/access.ts'
import type { Bookings, Desk } from '../../core/people/bookings.ts'
import type { Identity } from '../../core/people/identity.ts'
import type { Billing, Invoices } from '../../core/people/invoices.ts'
import type { Once } from '../../core/people/once.ts'
import type { Payments, Till } from '../../core/people/payments.ts'
import type { Rates, Take } from '../../core/people/rates.ts'
import type { Flows } from '../../core/run/draft.ts'
import type { Store } from '../../core/run/store.ts'
import type { Ticket } from '../../core/sell/ticket.ts'
import type { Gateway } from '../../core/talk/gateway.ts'
import type { Script } from '../../core/talk/script.ts'

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
  /** A ticket as a file to be shown aboard. */
  readonly printTicket: (ticket: Ticket, language: string) => Promise<Buffer>
  /** A driver is somewhere now. False when they are not a driver. */
  readonly moved: (driver: Msisdn, at: Sighting) => Promise<boolean>
  readonly once: Once
  readonly take: Take
  readonly rates: Rates
  readonly store: Pick<Store, 'standing'>
  readonly flows: Flows
  readonly script: Script
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
}
