import type { Instant } from '../core/base/clock.ts'
import { departuresBetween } from '../core/sell/timetable.ts'
import type { Db } from '../integrations/postgres/connect.ts'
import { busMarkets, busMembers, busPartners, busRoutes } from './buses.ts'

/** What can be booked from any day on. */
const AHEAD_MS = 14 * 24 * 3_600_000

/**
 * Adds the demo's buses: operators and who acts for them, routes, and what leaves within two weeks of `now`; rows that are there stay as they
 * are. Their towns must be there already. @returns how many departures the two weeks have
 */
export async function seedBuses(db: Db, now: Instant): Promise<number> {
  const add = (table: string, rows: readonly object[]) => db(table).insert(rows).onConflict().ignore()
  const departures = departureRows(now)
  await add('partners', busPartners)
  await add(
    'partner_members',
    busMembers.map((member) => ({ ...member, joined_at: now })),
  )
  await add('routes', routeRows())
  await add('route_stops', stopRows())
  await add('departures', departures)
  return departures.length
}

const routeRows = () =>
  busRoutes.map(({ id, partner, country }) => {
    const { zone, currency, rules } = busMarkets[country]
    return { id, partner, zone, currency, rules: JSON.stringify(rules) }
  })

const stopRows = () =>
  busRoutes.flatMap(({ id, stops }) =>
    stops.map(({ place, minutes, fareMinor }, n) => ({
      route: id,
      n,
      place,
      minutes,
      fare_minor: fareMinor,
    })),
  )

const departureRows = (now: Instant) =>
  busRoutes.flatMap(({ timetable, country }) =>
    departuresBetween(timetable, now, now + AHEAD_MS, busMarkets[country].zone).map(
      ({ leavesAt, ...departure }) => ({ ...departure, leaves_at: leavesAt }),
    ),
  )
