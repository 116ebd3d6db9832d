import { z } from 'zod'
import { isCurrency } from '../../core/base/money.ts'
import type { Departure, DepartureDesk, Departures, Load, SeatRules } from '../../core/sell/seats.ts'
import { type Db, prepared } from './connect.ts'
import { phone } from './read.ts'
import { DB_NOW } from './seats.ts'

const bp = z.int().min(0).max(10_000)
/** As a route's rules are stored. */
export const seatRules: z.ZodType<SeatRules> = z.object({
  fuller: z.array(z.object({ soldBp: bp, addBp: z.int().nonnegative() })),
  earlier: z.array(z.object({ days: z.int().nonnegative(), offBp: bp })),
  capBp: z.int().nonnegative(),
  roundToMinor: z.int().positive(),
  commissionBp: bp,
})

// Routes that stop at both, in this order.
const WAYS = `
select a.route, a.n as board, b.n as leave, a.place as "from", b.place as "to", b.fare_minor - a.fare_minor as fare,
  a.minutes * bigint '60000' as board_ms, b.minutes * bigint '60000' as leave_ms
from route_stops a join route_stops b on b.route = a.route and b.place = $2 and b.n > a.n
where a.place = $1`

/** A seat is free on a way when on no part of it somebody bought it, or holds it still. */
const FREE = `
select d.seats - count(distinct l.seat) as free from seat_legs l
where l.departure = d.id and l.leg >= w.board and l.leg < w.leave and l.seat <= d.seats
  and (l.until_at is null or l.until_at > ${DB_NOW})`

const COLUMNS = `
d.id, w.board, w.leave, w."from", w."to", d.leaves_at + w.board_ms as leaves_at, d.leaves_at + w.leave_ms as arrives_at,
r.zone, r.partner, p.name as partner_name, d.plate, d.conductor, d.seats, d.free, w.fare, r.currency, r.rules`

// Each route gives its own soonest, walking its index until enough are found; then the soonest of all.
const SEARCH = `
select ${COLUMNS} from (${WAYS}) w cross join lateral (
  select d.*, f.free from departures d cross join lateral (${FREE}) f
  where d.route = w.route and d.status = 'open' and d.leaves_at >= $3 - w.board_ms and f.free >= $4
  order by d.leaves_at limit $5) d
join routes r on r.id = w.route join partners p on p.id = r.partner
order by d.leaves_at + w.board_ms, d.id limit $5`

const REACHABLE = `
select id, name from places p where exists (
  select from route_stops a join route_stops b on b.route = a.route and b.n > a.n where a.place = $1 and b.place = p.id)
order by rank, id limit $2`
const townRow = z.object({ id: z.string(), name: z.string() })

const FIND = `
select ${COLUMNS} from (select * from departures where id = $3 and status = 'open') o
join lateral (${WAYS} and a.route = o.route) w on true
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

const NEXT = `
select d.id, a.name as "from", b.name as "to", d.leaves_at as "leavesAt", r.zone, d.plate, d.seats, l.sold, l.held
from departures d join routes r on r.id = d.route
join lateral (select p.name from route_stops s join places p on p.id = s.place where s.route = d.route order by s.n limit 1) a on true
join lateral (select p.name from route_stops s join places p on p.id = s.place where s.route = d.route order by s.n desc limit 1) b on true
cross join lateral (
  select count(distinct journey) filter (where until_at is null)::int as sold,
    count(distinct journey) filter (where until_at > ${DB_NOW})::int as held
  from seat_legs where departure = d.id) l
where d.status = 'open' and d.leaves_at >= $1 order by d.leaves_at, d.id limit $2`
const CALL_OFF = `update departures set status = 'called_off' where id = $1 returning id`
const ABOARD = 'select distinct journey from seat_legs where departure = $1 order by journey'

const loadRow: z.ZodType<Load> = z.object({
  ...{ id: z.string(), from: z.string(), to: z.string(), leavesAt: z.int(), zone: z.string() },
  ...{ plate: z.string(), seats: z.int(), sold: z.int(), held: z.int() },
})

export const createDepartureDesk = (db: Db): DepartureDesk => ({
  next: (after, limit) => prepared(db, 'departures_next', NEXT, [after, limit], (row) => loadRow.parse(row)),
  async callOff(id) {
    // Whoever is just claiming a seat on it has it locked, and is seen afterwards.
    if ((await prepared(db, 'call_off', CALL_OFF, [id], (row) => row)).length === 0) return null
    const row = z.object({ journey: z.string() })
    return prepared(db, 'aboard', ABOARD, [id], (one) => row.parse(one).journey)
  },
})
