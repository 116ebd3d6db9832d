import type { z } from 'zod'
import type { Msisdn } from '../base/phone.ts'
import type { Instance } from '../run/work.ts'
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
export type Viewer = 'owner' | 'driver' | 'admin'

/** What programs may know of bookings and say in them. */
export interface Desk {
  /** Whether a booking is far enough for somebody to follow it: a draft is between its owner and us. */
  isNews(booking: Pick<Booked, 'state'>): boolean
  /** What can be booked, and what may be said of it at once. */
  readonly lines: readonly { readonly id: string; readonly fields: readonly { readonly id: string }[] }[]
  /** What `describe` returns. */
  readonly shape: z.ZodObject
  describe(booking: Booked, viewer: Viewer): Readonly<Record<string, unknown>>
  /** What lets its owner aboard; null where nothing leaves by a timetable, or it is not paid. */
  ticketOf(booking: Booked): Ticket | null
  /** Who carries it out; null while nobody does, or when it is over. */
  carrierOf(booking: Booked): Msisdn | null
}

/** Whether a text can name a booking at all. */
export const isBookingId = (text: string): boolean => /^bk_[0-9a-f]{32}$/.test(text)
