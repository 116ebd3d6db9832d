import { z } from 'zod'
import type { Booked, Bookings } from '../../core/people/bookings.ts'
import type { Flows } from '../../core/run/draft.ts'
import { type Db, prepared } from './connect.ts'
import { phone } from './read.ts'

const bookedRow = z.object({
  id: z.string(),
  version: z.int(),
  seq: z.int(),
  owner: phone,
  code: z.string().nullable(),
  state: z.string(),
  context: z.record(z.string(), z.unknown()),
  done: z.boolean(),
})

const BOOKED = 'select id, version, seq, owner, code, state, context, done from instances'

/** Sorts after every id of a booking, whatever the database's order of letters. */
const NEWEST = 'bk_g'

/** Bookings for reading, past the store's memory: another process may have moved them. */
export function createBookings(db: Db, flows: Flows): Bookings {
  const read = (name: string, where: string, values: readonly unknown[]) =>
    prepared(db, name, `${BOOKED} where flow = 'booking' and ${where}`, values, (row): Booked => {
      const { version, ...saved } = bookedRow.parse(row)
      return { ...saved, ...flows.booking.revive({ ...saved, version }) }
    })
  return {
    find: async (id) => (await read('booked', 'id = $1', [id]))[0] ?? null,
    of: (owner, before, limit) =>
      read('booked_of', 'owner = $1 and id < $2 order by id desc limit $3', [owner, before ?? NEWEST, limit]),
  }
}
