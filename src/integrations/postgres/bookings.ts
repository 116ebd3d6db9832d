import { z } from 'zod'
import type { Booked, Bookings } from '../../core/people/bookings.ts'
import type { Invoices } from '../../core/people/invoices.ts'
import type { Payments } from '../../core/people/payments.ts'
import type { Flows } from '../../core/run/draft.ts'
import type { FlowName } from '../../core/run/flow.ts'
import { type Db, prepared } from './connect.ts'
import { phone } from './read.ts'

const savedRow = z.object({
  id: z.string(),
  version: z.int(),
  seq: z.int(),
  owner: phone,
  code: z.string().nullable(),
  state: z.string(),
  context: z.record(z.string(), z.unknown()),
  done: z.boolean(),
})

const SAVED = 'select id, version, seq, owner, code, state, context, done from instances'

/** Reads a flow's instances past the store's memory: another process may have moved them. */
const reading =
  (db: Db, flows: Flows, flow: FlowName) =>
  (name: string, where: string, values: readonly unknown[]): Promise<Booked[]> =>
    prepared(db, name, `${SAVED} where flow = '${flow}' and ${where}`, values, (row) => {
      const { version, ...saved } = savedRow.parse(row)
      return { ...saved, ...flows[flow].revive({ ...saved, version }) }
    })

/** Sorts after every id of a booking, whatever the database's order of letters. */
const NEWEST = 'bk_g'

/** Bookings for reading. */
export function createBookings(db: Db, flows: Flows): Bookings {
  const read = reading(db, flows, 'booking')
  return {
    find: async (id) => (await read('booked', 'id = $1', [id]))[0] ?? null,
    of: (owner, before, limit) =>
      read('booked_of', 'owner = $1 and id < $2 order by id desc limit $3', [owner, before ?? NEWEST, limit]),
  }
}

const ABOARD = `id > $2 and id in (
  select t.root from seat_legs l join instances t on t.id = l.journey where l.departure = $1) order by id limit $3`

/** Bookings with seats on a departure, oldest first, after the booking `past`. */
export const bookingsAboard = (
  db: Db,
  flows: Flows,
  departure: string,
  past: string | null,
  limit: number,
): Promise<Booked[]> => reading(db, flows, 'booking')('booked_aboard', ABOARD, [departure, past ?? '', limit])

/** Payments for reading. */
export function createPayments(db: Db, flows: Flows): Payments {
  const read = reading(db, flows, 'payment')
  return { find: async (id) => (await read('paid', 'id = $1', [id]))[0] ?? null }
}

/** Sorts after every id of an invoice. */
const NEWEST_INVOICE = 'iv_g'

/** Invoices for reading. */
export function createInvoices(db: Db, flows: Flows): Invoices {
  const read = reading(db, flows, 'invoice')
  return {
    find: async (id) => (await read('invoice_shown', 'id = $1', [id]))[0] ?? null,
    of: (owner, before, limit) =>
      read('invoices_of', 'owner = $1 and id < $2 order by id desc limit $3', [
        owner,
        before ?? NEWEST_INVOICE,
        limit,
      ]),
  }
}
