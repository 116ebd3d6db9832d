import { z } from 'zod'
import { onServer } from './rig.ts'

/** Prime, so that what is spread over them by steps meets all. */
const TOWNS = 307
const PARTNERS = 50
const SEATS = 50
const DAYS = 60
export const DAY_MS = 86_400_000

/** From one town to another that a bus goes to. */
export type Question = { readonly from: string; readonly to: string }

const RULES = '{"fuller":[],"earlier":[],"capBp":0,"roundToMinor":100,"commissionBp":1000}'

// Large towns are on more routes than small ones: a route draws its stops by a skewed chance, and no town twice.
const timetable = (routes: number, from: number): readonly string[] => [
  // Nobody else writes here: neither keys to other tables nor indexes need to be kept row by row.
  'set session_replication_role = replica',
  'select setseed(0.5)',
  `insert into places (id, name, area, rank, at, layer)
    select 'bt' || n, 'Town ' || n, '', 10000 + n, point(30 + n / 100.0, -2), 'city'
    from generate_series(0, ${TOWNS - 1}) n`,
  `insert into partners select 'bp' || n, 'Operator ' || n from generate_series(0, ${PARTNERS - 1}) n`,
  `insert into routes select 'br' || r, 'bp' || r % ${PARTNERS}, 'Africa/Kigali', 'RWF', '${RULES}'
    from generate_series(1, ${routes}) r`,
  `insert into route_stops (route, n, place, minutes, fare_minor)
    select 'br' || r, n - 1, 'bt' || town, (n - 1) * 60, (n - 1) * 1000 from (
      select r, town, row_number() over (partition by r order by first) as n from (
        select r, floor(${TOWNS} * power(random(), 2)) as town, min(k) as first
        from generate_series(1, ${routes}) r, generate_series(1, 12) k group by 1, 2) drawn) stops
    where n <= 3 + r % 4`,
  `insert into departures (id, route, leaves_at, plate, conductor, seats)
    select 'bd' || r || '-' || day, 'br' || r, ${from} + day * bigint '${DAY_MS}' + r * 37 % 1440 * 60000,
      'RAB ' || r, '+250788200001', ${SEATS}
    from generate_series(1, ${routes}) r, generate_series(0, ${DAYS - 1}) day`,
]

// Soon: every tenth bus is full and the others have sold eleven seats; in a week five; then every other has one. All
// of them from end to end but for each fourth seat, which is given up at the second stop.
const SOLD = `case when day < 3 and r % 10 = day then ${SEATS} when day < 3 then 11 when day < 10 then 5 else r % 2 end`
const sales = (routes: number): readonly string[] => [
  'alter table seat_legs drop constraint seat_legs_pkey',
  'drop index seat_legs_journey',
  `insert into seat_legs (departure, leg, seat, journey, person)
    select 'bd' || r || '-' || day, leg, seat, 'bj' || r || '-' || day || '-' || seat, '+250788000001'
    from generate_series(1, ${routes}) r, generate_series(0, ${DAYS - 1}) day,
      generate_series(1, ${SOLD}) seat, generate_series(0, 1 + r % 4) leg
    where leg < 1 or seat % 4 > 0 or (day < 3 and r % 10 = day)`,
  'alter table seat_legs add primary key (departure, leg, seat)',
  'create index seat_legs_journey on seat_legs (journey)',
  'analyze places, routes, route_stops, departures, seat_legs',
]

const counts = z.object({ departures: z.int(), legs: z.int() })
// As often as buses go there.
const ASKED = `
select a.place as "from", b.place as "to" from route_stops a join route_stops b on b.route = a.route and b.n > a.n
where a.place like 'bt%' order by md5(a.route || a.n || b.n) limit $1`

/** Writes so many routes and what leaves on them for sixty days. @returns how much there is, and what may be asked */
export async function timetableOf(url: string, routes: number, from: number, asked: number) {
  await onServer(url, ...timetable(routes, from), ...sales(routes))
  const [size] = await onServer(
    url,
    `select (select count(*) from departures where id like 'bd%')::int as departures,
      (select count(*) from seat_legs)::int as legs`,
  )
  const rows = await onServer(url, ASKED.replace('$1', String(asked)))
  const questions = rows.map((row): Question => z.object({ from: z.string(), to: z.string() }).parse(row))
  return { ...counts.parse(size), questions }
}
