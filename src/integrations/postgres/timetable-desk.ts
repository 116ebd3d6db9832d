import { z } from 'zod'
import { Problem } from '../../core/base/problem.ts'
import { isUsable, lacking } from '../../core/move/vehicles.ts'
import type { Hand } from '../../core/people/partners.ts'
import type { Flows } from '../../core/run/draft.ts'
import { type PartnerRoute, type Prices, repriced } from '../../core/sell/route-prices.ts'
import type { Load } from '../../core/sell/seats.ts'
import type { NewDeparture, TimetableDesk } from '../../core/sell/timetable-desk.ts'
import { bookingsAboard } from './bookings.ts'
import { type Db, prepared } from './connect.ts'
import { ABOARD, LOADS, loadRow, seatRules } from './departures.ts'
import { lockVehicle } from './fleet.ts'
import { keepChange } from './partner-changes.ts'

const ROUTE = `
select r.id, r.zone, r.currency, r.rules, (
  select json_agg(json_build_object('place', s.place, 'name', p.name, 'minutes', s.minutes, 'fareMinor', s.fare_minor)
    order by s.n)
  from route_stops s join places p on p.id = s.place where s.route = r.id) as stops
from routes r where r.partner = $1`
const ROUTES = `${ROUTE} order by r.id limit $2`
const FIND = `${ROUTE} and r.id = $2`
const LOCK_ROUTE = 'select id from routes where partner = $1 and id = $2 for update'
const SET_RULES = 'update routes set rules = $3 where partner = $1 and id = $2'
const SET_FARES = `
update route_stops s set fare_minor = f.fare from unnest($2::bigint[]) with ordinality as f(fare, n)
where s.route = $1 and s.n = f.n - 1`

const OWN = `${LOADS} and r.partner = $1`
const NEXT = `${OWN} and (d.leaves_at, d.id) > ($2, $3) order by d.leaves_at, d.id limit $4`
const LOAD = `${OWN} and d.id = $2`
const CALL_OFF = `
update departures d set status = 'called_off' from (
  select o.id, o.status from departures o join routes r on r.id = o.route
  where o.id = $2 and r.partner = $1 for update of o) was
where d.id = was.id returning was.status`
const OWNS =
  'select d.id from departures d join routes r on r.id = d.route where r.partner = $1 and d.id = $2'
// On the way from its first stop to its last, wherever it is sent otherwise.
const ELSEWHERE = `
select d.id from departures d join routes r on r.id = d.route
cross join lateral (select max(minutes) * bigint '60000' as way_ms from route_stops where route = d.route) w
where r.partner = $1 and d.plate = $2 and d.status = 'open' and d.id <> $3
  and d.leaves_at < $4::bigint + $5::bigint and d.leaves_at + w.way_ms > $4::bigint limit 1`
const ADD = `
insert into departures (id, route, leaves_at, plate, conductor, seats) values ($1, $2, $3, $4, $5, $6)
on conflict (id) do nothing`

const routeRow: z.ZodType<PartnerRoute> = z.object({
  ...{ id: z.string(), zone: z.string(), currency: z.string(), rules: seatRules },
  stops: z.array(z.object({ place: z.string(), name: z.string(), minutes: z.int(), fareMinor: z.int() })),
})
const MINUTE_MS = 60_000

export function createTimetableDesk(db: Db, flows: Flows): TimetableDesk {
  return {
    routes: (partner, limit) =>
      prepared(db, 'partner_routes', ROUTES, [partner, limit], (row) => routeRow.parse(row)),
    reprice: (hand, route, prices) => db.transaction((trx) => reprice(trx, hand, route, prices)),
    departures: (partner, { after, past }, limit) =>
      prepared(db, 'partner_next', NEXT, [partner, after, past, limit], (row) => loadRow.parse(row)),
    add: (hand, departure) => db.transaction((trx) => add(trx, hand, departure)),
    callOff: (hand, id, why) => db.transaction((trx) => callOff(trx, hand, id, why)),
    async aboard(partner, departure, past, limit) {
      const owned = await prepared(db, 'partner_departure', OWNS, [partner, departure], (row) => row)
      return owned.length === 0 ? null : bookingsAboard(db, flows, departure, past, limit)
    },
  }
}

const findRoute = async (trx: Db, partner: string, id: string): Promise<PartnerRoute | null> =>
  (await prepared(trx, 'partner_route', FIND, [partner, id], (row) => routeRow.parse(row)))[0] ?? null

async function reprice(trx: Db, hand: Hand, id: string, prices: Prices): Promise<PartnerRoute | null> {
  const { partner } = hand
  await prepared(trx, 'lock_route', LOCK_ROUTE, [partner, id], (row) => row)
  const before = await findRoute(trx, partner, id)
  if (!before) return null
  const after = repriced(before, prices)
  const fares = after.stops.map(({ fareMinor }) => fareMinor)
  await prepared(trx, 'set_rules', SET_RULES, [partner, id, JSON.stringify(after.rules)], (row) => row)
  await prepared(trx, 'set_fares', SET_FARES, [id, fares], (row) => row)
  await keepChange(trx, hand, { what: 'route repriced', about: id, before, after })
  return after
}

const findLoad = async (trx: Db, partner: string, id: string): Promise<Load | null> =>
  (await prepared(trx, 'partner_load', LOAD, [partner, id], (row) => loadRow.parse(row)))[0] ?? null

async function add(trx: Db, hand: Hand, wish: NewDeparture): Promise<Load | null> {
  const { partner } = hand
  const { id, leavesAt, conductor } = wish
  const vehicle = await lockVehicle(trx, partner, wish.vehicle)
  const route = await findRoute(trx, partner, wish.route)
  if (!vehicle || !route) return null
  const before = await findLoad(trx, partner, id)
  if (before) return before
  const { plate, seats } = vehicle
  if (seats === null) throw new Problem('unprocessable', 'This vehicle has no seats.')
  if (!isUsable(vehicle, leavesAt)) {
    const lacks = lacking(vehicle, leavesAt)
    throw new Problem('unprocessable', 'This vehicle may not go then.', { status: vehicle.status, lacks })
  }
  const wayMs = (route.stops.at(-1)?.minutes ?? 0) * MINUTE_MS
  const busy = await prepared(
    trx,
    'elsewhere',
    ELSEWHERE,
    [partner, plate, id, leavesAt, wayMs],
    (row) => row,
  )
  if (busy.length > 0) throw new Problem('unprocessable', 'This vehicle is on its way elsewhere then.')
  await prepared(trx, 'add_departure', ADD, [id, route.id, leavesAt, plate, conductor, seats], (row) => row)
  const after = await findLoad(trx, partner, id)
  await keepChange(trx, hand, { what: 'departure added', about: id, before: null, after })
  return after
}

async function callOff(trx: Db, hand: Hand, id: string, why: string): Promise<readonly string[] | null> {
  const row = z.object({ status: z.string() })
  // Whoever is just claiming a seat on it has it locked, and is seen afterwards.
  const [was] = await prepared(trx, 'partner_call_off', CALL_OFF, [hand.partner, id], (one) => row.parse(one))
  if (!was) return null
  if (was.status !== 'called_off')
    await keepChange(trx, hand, {
      ...{ what: 'departure called off', about: id, before: was },
      after: { status: 'called_off', why },
    })
  const journey = z.object({ journey: z.string() })
  return prepared(trx, 'aboard', ABOARD, [id], (one) => journey.parse(one).journey)
}
