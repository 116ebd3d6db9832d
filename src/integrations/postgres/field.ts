import { z } from 'zod'
import type { Msisdn } from '../../core/base/phone.ts'
import {
  type Demand,
  type Driver,
  type DriverClaims,
  type Drivers,
  SEEN_WITHIN_MS,
} from '../../core/move/drivers.ts'
import type { TravellerStars } from '../../core/people/stars.ts'
import { createBatch } from './batch.ts'
import type { Db } from './connect.ts'
import { prepared } from './connect.ts'
import { phone } from './read.ts'
import { createTravellerStars } from './stars.ts'

/** The nouns of the street inside a transaction. */
export type FieldTx = { readonly drivers: DriverClaims; readonly travellers: TravellerStars }

const driverRow = z.object({
  id: z.string(),
  phone,
  name: z.string(),
  plate: z.string(),
  lat: z.number(),
  lng: z.number(),
})
const DRIVER = 'id, phone, name, plate, at[1] as lat, at[0] as lng'

// Nearest first by the index, skipping whoever another booking is just being offered to.
const OFFER = `
update drivers d set status = 'offered', journey = $1
from (select phone from drivers
      where status = 'free' and line = $2 and licence_status = 'valid' and seen_at >= $3 and phone <> all($4::text[])
      order by at <-> point($6, $5) limit 1 for update skip locked) nearest
where d.phone = nearest.phone
returning d.id, d.phone, d.name, d.plate, d.at[1] as lat, d.at[0] as lng`

// A licence may have ended since they were asked.
const TAKE = `
update drivers set status = 'busy'
where journey = $1 and phone = $2 and status = 'offered' and licence_status = 'valid' returning phone`

export function createFieldTx(trx: Db): FieldTx {
  const run = (name: string, text: string, values: readonly unknown[]) =>
    prepared(trx, name, text, values, (row) => row)
  return {
    drivers: {
      async offerNearest({ line, near, journey, except, seenSince }) {
        const values = [journey, line, seenSince, except, near.lat, near.lng]
        const rows = await prepared(trx, 'offer', OFFER, values, (row): Driver => driverRow.parse(row))
        return rows[0] ?? null
      },
      async take(journey, driver) {
        return (await run('take', TAKE, [journey, driver])).length === 1
      },
      async release(journey) {
        await run('release', `update drivers set status = 'free', journey = null where journey = $1`, [
          journey,
        ])
      },
      async rate(driver, stars) {
        const text =
          'update drivers set stars_sum = stars_sum + $2, stars_count = stars_count + 1 where phone = $1'
        await run('rate', text, [driver, stars])
      },
    },
    travellers: createTravellerStars(trx),
  }
}

const BUSY = `
select coalesce(10000 * count(*) filter (where status <> 'free') / nullif(count(*), 0), 0)::int as busy
from drivers where line = $1 and status <> 'off' and seen_at >= $2`

export const createDemand = (db: Db): Demand => ({
  async busyBp(line, now) {
    const row = z.object({ busy: z.int() })
    const rows = await prepared(db, 'busy', BUSY, [line, now - SEEN_WITHIN_MS], (one) => row.parse(one).busy)
    return rows[0] ?? 0
  },
})

const knownDriver = driverRow.extend({
  status: z.enum(['off', 'free', 'offered', 'busy']),
  journey: z.string().nullable(),
})

// A register that does not know a licence says nothing against the evidence for it.
const LICENCE_CHECKED = `
update drivers set licence_checked_at = $3,
  licence_status = case when $2 = 'unknown' and licence_until > $3 then licence_status else $2 end,
  licence_until = case when $2 = 'unknown' and licence_until > $3 then licence_until end
where phone = $1 returning phone`

const phoneRow = z.object({ phone })

export function createDrivers(db: Db): Drivers {
  const changed = async (name: string, text: string, values: readonly unknown[]) =>
    (await prepared(db, name, text, values, (row) => row)).length > 0
  const isDriver = createBatch<Msisdn, boolean>({
    most: 100,
    inFlight: 2,
    keysOf: () => [],
    async run(people) {
      const text = 'select phone from drivers where phone = any($1)'
      const found = new Set<string>(
        await prepared(db, 'are_drivers', text, [people], (row) => phoneRow.parse(row).phone),
      )
      return people.map((person) => found.has(person))
    },
  })
  return {
    isDriver,
    async find(driver) {
      const text = `select ${DRIVER}, status, journey from drivers where phone = $1`
      return (await prepared(db, 'driver', text, [driver], (row) => knownDriver.parse(row)))[0] ?? null
    },
    shift: (driver, on, at, now) =>
      changed(
        'shift',
        `update drivers set status = $2, seen_at = $3, at = coalesce(point($5, $4), at)
        where phone = $1 and status in ('off', 'free') returning phone`,
        [driver, on ? 'free' : 'off', now, at?.lat ?? null, at?.lng ?? null],
      ),
    move: (driver, to, now) =>
      changed(
        'move',
        'update drivers set at = point($3, $2), seen_at = $4 where phone = $1 returning phone',
        [driver, to.lat, to.lng, now],
      ),
    async licencesDue(before, limit) {
      const text =
        'select phone, licence from drivers where licence_checked_at < $1 order by licence_checked_at limit $2'
      return prepared(db, 'licences_due', text, [before, limit], (row) =>
        z.object({ phone, licence: z.string() }).parse(row),
      )
    },
    async licenceChecked(driver, status, at) {
      await changed('licence', LICENCE_CHECKED, [driver, status, at])
    },
    async licencesEnd(at) {
      await changed(
        'licences_end',
        "update drivers set licence_status = 'expired', licence_until = null where licence_until <= $1 returning phone",
        [at],
      )
    },
  }
}
