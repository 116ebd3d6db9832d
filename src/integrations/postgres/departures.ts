import { z } from 'zod'
import { isCurrency } from '../../core/base/money.ts'
import type { ExtraRules } from '../../core/sell/extras.ts'
import type { Departure, DepartureDesk, Departures, Load, SeatRules } from '../../core/sell/seats.ts'
import { type Db, prepared } from './connect.ts'
import { phone } from './read.ts'
import { DB_NOW } from './seats.ts'

const bp = z.int().min(0).max(10_000)
const extraRules: z.ZodType<ExtraRules> = z.object({
  bagMinor: z.int().nonnegative(),
  mostBags: z.int().nonnegative(),
  coverMinor: z.int().nonnegative(),
  choiceMinor: z.int().nonnegative(),
})
/** As a route's rules are stored. */
export const seatRules: z.ZodType<SeatRules> = z.object({
  fuller: z.array(z.object({ soldBp: bp, addBp: z.int().nonnegative() })),
  earlier: z.array(z.object({ days: z.int().nonnegative(), offBp: bp })),
  capBp: z.int().nonnegative(),
  roundToMinor: z.int().positive(),
  commissionBp: bp,
  extras: extraRules.exactOptional(),
})

// Routes that stop at both, in this order. Both towns' stops are read once and brought together by route: large towns
// have thousands, and to look each up among the other's costs more than all the rest.
const ways = (more = '') => `
select route, board, leave, $1::text as "from", $2::text as "to", there - here as fare,
  board_min * bigint '60000' as board_ms, leave_min * bigint '60000' as leave_ms
from (
  select route, max(n) filter (where place = $1) as board, max(n) filter (where place = $2) as leave,
    max(fare_minor) filter (where place = $1) as here, max(fare_minor) filter (where place = $2) as there,
    max(minutes) filter (where place = $1) as board_min, max(minutes) filter (where place = $2) as leave_min
  from route_stops where place in ($1, $2) ${more} group by route) s
where leave > board`

/** A seat is free on a way when on no part of it somebody bought it, or holds it still. */
const FREE = `
select d.seats - count(distinct l.seat) as free from seat_legs l
where l.departure = d.id and l.leg >= w.board and l.leg < w.leave and l.seat <= d.seats
  and (l.until_at is null or l.until_at > ${DB_NOW})`

const COLUMNS = `
d.id, w.board, w.leave, w."from", w."to", d.leaves_at + w.board_ms as leaves_at, d.leaves_at + w.leave_ms as arrives_at,
r.zone, r.partner, p.name as partner_name, d.plate, d.conductor, d.seats, d.free, w.fare, r.currency, r.rules`

/** Of what leaves within this there is nearly always enough. */
const SOON_MS = 24 * 3_600_000

// What leaves soon is looked into in its order, until enough of it has room: counting is what costs. Only when that is
// too little does each route give its own soonest of later, walking its index.
const SEARCH = `
with ways as materialized (${ways()}), soon as materialized (
  select d.id, d.board, d.free, d.at from (
    select d.id, d.seats, w.route, w.board, w.leave, d.leaves_at + w.board_ms as at from ways w
    join departures d on d.route = w.route and d.status = 'open'
      and d.leaves_at >= $3 - w.board_ms and d.leaves_at < $3 - w.board_ms + ${SOON_MS}
    order by at, d.id) o
  cross join lateral (select o.*, f.free from (select o.*) d, (select o.*) w cross join lateral (${FREE}) f) d
  where d.free >= $4 order by o.at, o.id limit $5), later as (
  select d.id, w.board, d.free, d.leaves_at + w.board_ms as at from ways w cross join lateral (
    select d.id, d.leaves_at, f.free from departures d cross join lateral (${FREE}) f
    where d.route = w.route and d.status = 'open' and d.leaves_at >= $3 - w.board_ms + ${SOON_MS} and f.free >= $4
    order by d.leaves_at limit $5) d
  where (select count(*) from soon) < $5)
select ${COLUMNS} from (
  select * from soon union all select * from later order by at, id limit $5) f
cross join lateral (select d.*, f.free from departures d where d.id = f.id) d
join ways w on w.route = d.route and w.board = f.board
join routes r on r.id = w.route join partners p on p.id = r.partner
order by f.at, d.id`

const REACHABLE = `
select id, name from places p where exists (
  select from route_stops a join route_stops b on b.route = a.route and b.n > a.n where a.place = $1 and b.place = p.id)
order by rank, id limit $2`
const townRow = z.object({ id: z.string(), name: z.string() })

const FIND = `
select ${COLUMNS} from (select * from departures where id = $3 and status = 'open') o
join lateral (${ways('and route = o.route')}) w on true
cross join lateral (select d.*, f.free from (select o.*) d cross join lateral (${FREE}) f) d
join routes r on r.id = w.route join partners p on p.id = r.partner`

const departureRow = z
  .object({
    id: z.string(),
    board: z.int(),
    leave: z.int(),
    from: z.string(),
    to: z.string(),
    leaves_at: z.int(),
    arrives_at: z.int(),
    zone: z.string(),
    partner: z.string(),
    partner_name: z.string(),
    plate: z.string(),
    conductor: phone,
    seats: z.int(),
    free: z.int(),
    fare: z.int(),
    currency: z.string().refine(isCurrency),
    rules: seatRules,
  })
  .transform(
    ({ board, leave, leaves_at, arrives_at, partner, partner_name, fare, ...row }): Departure => ({
      ...row,
      span: { from: board, to: leave },
      leavesAt: leaves_at,
      arrivesAt: arrives_at,
      partner: { id: partner, name: partner_name },
      fareMinor: fare,
    }),
  )

/** Timetables as they are sold. What is free is a hint: only a claim says whose a seat is. */
export function createDepartures(db: Db): Departures {
  const read = (name: string, text: string, values: readonly unknown[]) =>
    prepared(db, name, text, values, (row) => departureRow.parse(row))
  return {
    reachable: (from, limit) =>
      prepared(db, 'reachable', REACHABLE, [from, limit], (row) => townRow.parse(row)),
    search: ({ from, to, after, seats, limit }) =>
      read('departures', SEARCH, [from, to, after, seats, limit]),
    find: async (id, from, to) => (await read('departure', FIND, [from, to, id]))[0] ?? null,
  }
}

/** Open departures, all of their way and how full they are. */
export const LOADS = `
select d.id, a.name as "from", b.name as "to", d.leaves_at as "leavesAt", r.zone, d.plate, d.seats, l.sold, l.held
from departures d join routes r on r.id = d.route
join lateral (select p.name from route_stops s join places p on p.id = s.place where s.route = d.route order by s.n limit 1) a on true
join lateral (select p.name from route_stops s join places p on p.id = s.place where s.route = d.route order by s.n desc limit 1) b on true
cross join lateral (
  select count(distinct journey) filter (where until_at is null)::int as sold,
    count(distinct journey) filter (where until_at > ${DB_NOW})::int as held
  from seat_legs where departure = d.id) l
where d.status = 'open'`
const NEXT = `${LOADS} and d.leaves_at >= $1 order by d.leaves_at, d.id limit $2`
const FIND_LOAD = `${LOADS} and d.id = $1`
const DELAY = `update departures set leaves_at = $2 where id = $1 and status = 'open' returning id`
const CALL_OFF = `update departures set status = 'called_off' where id = $1 returning id`
/** Journeys that have seats on it. */
export const ABOARD = 'select distinct journey from seat_legs where departure = $1 order by journey'

/** As `LOADS` gives them. */
export const loadRow: z.ZodType<Load> = z.object({
  ...{ id: z.string(), from: z.string(), to: z.string(), leavesAt: z.int(), zone: z.string() },
  ...{ plate: z.string(), seats: z.int(), sold: z.int(), held: z.int() },
})

export const createDepartureDesk = (db: Db): DepartureDesk => ({
  next: (after, limit) => prepared(db, 'departures_next', NEXT, [after, limit], (row) => loadRow.parse(row)),
  find: async (id) => (await prepared(db, 'load', FIND_LOAD, [id], (row) => loadRow.parse(row)))[0] ?? null,
  delay: (id, leavesAt) => aboardAfter(db, 'delay', DELAY, [id, leavesAt]),
  callOff: (id) => aboardAfter(db, 'call_off', CALL_OFF, [id]),
})

/** Whoever is just claiming a seat on it has it locked, and is seen afterwards. */
async function aboardAfter(db: Db, name: string, change: string, values: readonly [string, ...unknown[]]) {
  if ((await prepared(db, name, change, values, (row) => row)).length === 0) return null
  const row = z.object({ journey: z.string() })
  return prepared(db, 'aboard', ABOARD, [values[0]], (one) => row.parse(one).journey)
}
