import { silent } from '../../src/core/base/log.ts'
import type { SeatRules } from '../../src/core/sell/seats.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { nameRows } from '../../src/integrations/postgres/place-names.ts'
import { freshDatabase } from '../support/servers.ts'
import { migrated, NOW } from './desk.ts'

export const HOUR_MS = 3_600_000
export const CONDUCTOR = '+250788200001'

export const RULES: SeatRules = {
  fuller: [{ soldBp: 5_000, addBp: 1_000 }],
  earlier: [{ days: 7, offBp: 500 }],
  capBp: 2_000,
  roundToMinor: 100,
  commissionBp: 1_000,
}

/** Towns named `a`, `b` …, whatever their number. */
export async function towns(db: Db, ids: readonly string[]): Promise<void> {
  const rows = ids.map((id, n) => ({ id, name: id, area: '', rank: 1_000 + n }))
  await db('places').insert(rows.map((row) => ({ ...row, at: db.raw('point(30, -2)'), layer: 'city' })))
  await db('place_names').insert(ids.flatMap((id) => nameRows(id, [id])))
}

/** A route along those towns: 60 minutes and 1,000 from one to the next. */
export async function route(db: Db, id: string, stops: readonly string[]): Promise<void> {
  await db('partners').insert({ id: 'pt_1', name: 'Umurage Express' }).onConflict().ignore()
  const rules = JSON.stringify(RULES)
  await db('routes').insert({ id, partner: 'pt_1', zone: 'Africa/Kigali', currency: 'RWF', rules })
  await db('route_stops').insert(
    stops.map((place, n) => ({ route: id, n, place, minutes: 60 * n, fare_minor: 1_000 * n })),
  )
}

let plates = 0

/** What leaves the first stop of a route then; its plate is its own. */
export async function leaving(
  db: Db,
  on: string,
  buses: readonly { readonly id: string; readonly seats: number; readonly leavesAt?: number }[],
): Promise<void> {
  const rows = buses.map(({ id, seats, leavesAt = NOW }) => {
    return { id, route: on, leaves_at: leavesAt, plate: `RAB ${++plates}`, conductor: CONDUCTOR, seats }
  })
  await db.batchInsert('departures', rows, 1_000)
}

/** A database with one route, `r` from `a` through `b`, `c` and `d` to `e`, and connections for so many at once. */
export async function terminal(connections: number) {
  const database = await freshDatabase(migrated)
  const db = connectPostgres(database.url, silent, connections)
  await towns(db, ['a', 'b', 'c', 'd', 'e', 'z'])
  await route(db, 'r', ['a', 'b', 'c', 'd', 'e'])
  return {
    db,
    async close() {
      await db.destroy()
      await database.drop()
    },
  }
}
