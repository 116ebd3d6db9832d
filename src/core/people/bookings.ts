import type { z } from 'zod'
import type { Currency } from '../base/money.ts'
import type { Msisdn } from '../base/phone.ts'
import type { Instance } from '../run/work.ts'
import type { Bid } from '../sell/bids.ts'
import type { Ticket } from '../sell/ticket.ts'

/** A booking as it is read, without what only the engine needs. */
export type Booked = Pick<Instance, 'id' | 'seq' | 'owner' | 'code' | 'state' | 'context' | 'done'>

/** Bookings as they stand in the database now, whichever process moved them last. */
export interface Bookings {
  find(id: string): Promise<Booked | null>
  /** Newest first, done ones too, from before the booking `before` on; at most `limit`. */
  of(owner: Msisdn, before: string | null, limit: number): Promise<readonly Booked[]>
}

/** Who looks at a booking, which decides how much of it they see. */
export type Viewer = 'owner' | 'agent' | 'driver' | 'admin'

/** A bid as its carrier sees it. */
export type Bidding = Pick<Bid, 'amountMinor' | 'validUntil' | 'plate'> & { readonly currency: Currency }

type Named = { readonly id: string }
/** A line, with what is asked and what may be said besides. */
export type Orderable = Named & { readonly fields: readonly Named[]; readonly asides?: readonly Named[] }

/** What programs may know of bookings and say in them. */
export interface Desk {
  /** Whether a booking is far enough for somebody to follow it: a draft is between its owner and us. */
  isNews(booking: Pick<Booked, 'state'>): boolean
  /** What can be booked, and what may be said of it at once. */
  readonly lines: readonly Orderable[]
  /** What `describe` returns. */
  readonly shape: z.ZodObject
  describe(booking: Booked, viewer: Viewer): Readonly<Record<string, unknown>>
  /** What lets its owner aboard; null where nothing leaves by a timetable, or it is not paid. */
  ticketOf(booking: Booked): Ticket | null
  /** What a carrier asks for it; null where they have no bid that stands. */
  bidOf(booking: Pick<Booked, 'context'>, carrier: string): Bidding | null
  /** Who books it for its owner; null once the owner has agreed, and where nobody does. */
  agentOf(booking: Booked): Msisdn | null
  /** Who carries it out; null while nobody does, or when it is over. */
  carrierOf(booking: Booked): Msisdn | null
}

/** What a partner may know of the bookings that it carries. */
export interface Manifest {
  /** What `describe` returns. */
  readonly shape: z.ZodObject
  describe(booking: Booked): Readonly<Record<string, unknown>>
}

/** Whether a text can name a booking at all. */
export const isBookingId = (text: string): boolean => /^bk_[0-9a-f]{32}$/.test(text)
