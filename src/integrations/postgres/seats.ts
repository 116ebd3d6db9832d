import { z } from 'zod'
import type { Held, Queued, SeatClaims, SeatWish } from '../../core/sell/seats.ts'
import { type Db, prepared } from './connect.ts'

/** Seats inside a transaction. */
export type SeatTx = { readonly seats: SeatClaims }

/** So many journeys a person may hold unpaid at once, whatever they leave by. */
const MOST_HOLDS = 2

/** So many wait for one departure at most: who comes later would wait in vain. */
const MOST_WAITING = 20

/** The database's own clock, read once for a whole statement: a hold must not end between two of its rows. */
export const DB_NOW = '(select (extract(epoch from clock_timestamp()) * 1000)::bigint)'

// First the person, then what leaves, in the order of its ids: whoever claims in one order never waits in a ring.
const LOCK_PERSON = `
select pg_advisory_xact_lock(hashtextextended('seats ' || coalesce($2::text,
  (select person from seat_legs where journey = $1 limit 1)), 0))`
const LOCK_DEPARTURES = `
select id, seats, status from departures
where id = any(array(select departure from seat_legs where journey = $1 union select $2::text))
order by id for update`

const MINE = `
select departure, min(leg) as "from", max(leg) + 1 as "to", array_agg(distinct seat) as seats,
  bool_or(until_at is null) as sold
from seat_legs where journey = $1 and (until_at is null or until_at > ${DB_NOW}) group by departure`

// What has passed is sold anew, and a journey that now wishes for something else lets go of what it held.
const CLEAR = `
with passed as (delete from seat_legs
  where (departure = $1 and until_at <= ${DB_NOW}) or (journey = $2 and until_at is not null))
select count(distinct journey) as holds from seat_legs
where person = $3 and until_at > ${DB_NOW} and journey <> $2`

// The seats with the least left to sell come first, so that whole ones stay whole; then the lowest numbers.
const TAKE = `
with chosen as (
  select seat from (
    select seat, leg from seat_legs where departure = $1
    union all select n, null from generate_series(1, $4::int) n) one
  where seat <= $4 and ($9::int[] is null or seat = any($9)) group by seat
  having count(*) filter (where leg >= $2 and leg < $3) = 0
  order by count(leg) desc, seat limit $5)
insert into seat_legs (departure, leg, seat, journey, person, until_at)
select $1, leg, seat, $6, $7, ${DB_NOW} + $8::bigint
from chosen cross join generate_series($2::int, $3::int - 1) leg
where (select count(*) from chosen) = $5
on conflict do nothing returning seat`

// A hold on what was called off meanwhile is not sold; what was sold before stays whose it is.
const KEEP = `
update seat_legs l set until_at = null from departures d
where l.journey = $1 and d.id = l.departure and (d.status = 'open' or l.until_at is null)
returning l.leg, l.seat`
const FREE = 'delete from seat_legs where journey = $1'
const FREE_ON = `${FREE} and departure = $2`
const FREE_ELSEWHERE = `${FREE} and departure <> $2`

/** Whoever waits asks again well before this; a row whose journey came to nothing must not keep others out. */
const IN_LINE_MS = 20 * 60_000
const STAY = `update seat_waits set until_at = ${DB_NOW} + ${IN_LINE_MS} where journey = $1 returning n`
const TIDY = `delete from seat_waits where departure = $1 and until_at <= ${DB_NOW}`
const JOIN = `
insert into seat_waits (journey, departure, board, leave, seats, person, until_at)
select $1, $2, $3, $4, $5, $6, ${DB_NOW} + ${IN_LINE_MS}
where (select count(*) from seat_waits where departure = $2) < ${MOST_WAITING}
on conflict do nothing returning n`
const STAND_DOWN = 'delete from seat_waits where journey = $1'

// The first who waits, came before that journey, and finds room.
const AHEAD = `
select w.journey from seat_waits w join departures d on d.id = w.departure
where w.departure = $1 and d.status = 'open' and w.until_at > ${DB_NOW}
  and w.n < coalesce((select n from seat_waits where journey = $2), ${Number.MAX_SAFE_INTEGER})
  and w.seats <= (
    select d.seats - count(distinct l.seat) from seat_legs l
    where l.departure = w.departure and l.leg >= w.board and l.leg < w.leave and l.seat <= d.seats
      and (l.until_at is null or l.until_at > ${DB_NOW}))
order by w.n limit 1`

const departureRow = z.object({ id: z.string(), seats: z.int(), status: z.string() })
const mineRow = z.object({
  departure: z.string(),
  from: z.int(),
  to: z.int(),
  seats: z.array(z.int()),
  sold: z.boolean(),
})
const holdsRow = z.object({ holds: z.int() })
const waitRow = z.object({ n: z.int() })
const journeyRow = z.object({ journey: z.string() })
const seatRow = z.object({ seat: z.int() })
/** Nobody's: sold at once, there is no hold of the same journey to let go. */
const NO_JOURNEY = ''
const legRow = seatRow.extend({ leg: z.int() })

const inOrder = (seats: Iterable<number>): number[] => [...new Set(seats)].sort((a, b) => a - b)

/**
 * @param trx a transaction that reads what others have committed: what is claimed stays locked until it ends.
 * Whoever claims on one bus after another in a transaction should be ready to begin it anew, as after any deadlock;
 * `move` locks both at once.
 */
export function createSeatTx(trx: Db): SeatTx {
  const run = <Row>(name: string, text: string, values: readonly unknown[], row: z.ZodType<Row>) =>
    prepared(trx, name, text, values, (one) => row.parse(one))

  const lock = async (journey: string, person: string | null, departure: string | null) => {
    if (!trx.isTransaction) throw new Error('seats are claimed in a transaction')
    await run('seats_person', LOCK_PERSON, [journey, person], z.unknown())
    return run('seats_departures', LOCK_DEPARTURES, [journey, departure], departureRow)
  }
  const drop = (journey: string) => run('seats_free', FREE, [journey], z.unknown())

  const standDown = (journey: string) => run('seats_stand_down', STAND_DOWN, [journey], z.unknown())
  const ahead = async (departure: string, of: string): Promise<string | null> =>
    (await run('seats_ahead', AHEAD, [departure, of], journeyRow))[0]?.journey ?? null
  /** They stand in line: since now, or since they first asked. False when there is no room in it for them. */
  const join = async ({ journey, departure, span, count, person }: SeatWish): Promise<boolean> => {
    if ((await run('seats_stay', STAY, [journey], waitRow)).length > 0) return true
    await run('seats_tidy', TIDY, [departure], z.unknown())
    const values = [journey, departure, span.from, span.to, count, person]
    return (await run('seats_join', JOIN, values, waitRow)).length > 0
  }
  const claim = async <Short extends Queued>(
    wish: SeatWish,
    short: () => Promise<Short>,
  ): Promise<Held | Short> => {
    check(wish)
    const { departure, span, count, journey, person, holdMs } = wish
    const locked = await lock(journey, person, departure)
    const bus = locked.find(({ id, status }) => id === departure && status === 'open')
    if (!bus) return { kind: 'gone' }
    const had = answer(wish, await run('seats_mine', MINE, [journey], mineRow))
    if (had) return had
    const [others] = await run('seats_clear', CLEAR, [departure, journey, person], holdsRow)
    if ((others?.holds ?? 0) >= MOST_HOLDS) return { kind: 'hoarding' }
    if ((await ahead(departure, journey)) !== null) return short()
    const values = [departure, span.from, span.to, bus.seats, count, journey, person, holdMs, amongOf(wish)]
    const taken = await run('seats_take', TAKE, values, seatRow)
    if (taken.length === count * (span.to - span.from)) {
      await standDown(journey)
      return { kind: 'held', seats: inOrder(taken.map(({ seat }) => seat)) }
    }
    await drop(journey)
    return short()
  }

  return {
    seats: {
      hold: (wish) => claim(wish, async () => ({ kind: 'full' })),
      queue: (wish) =>
        claim(wish, async (): Promise<Queued> => ({ kind: (await join(wish)) ? 'waiting' : 'full' })),
      next: (departure) => ahead(departure, NO_JOURNEY),
      async keep(journey) {
        await lock(journey, null, null)
        const legs = await run('seats_keep', KEEP, [journey], legRow)
        const seats = inOrder(legs.map(({ seat }) => seat))
        const ways = new Set(legs.map(({ leg }) => leg)).size
        // A part of what was held carries nobody.
        if (legs.length > 0 && legs.length === seats.length * ways) return seats
        await drop(journey)
        return []
      },
      async move(wish) {
        check(wish)
        const { departure, span, count, journey, person } = wish
        const locked = await lock(journey, person, departure)
        const bus = locked.find(({ id, status }) => id === departure && status === 'open')
        if (!bus) return { kind: 'gone' }
        const mine = await run('seats_mine', MINE, [journey], mineRow)
        const there = mine.find((one) => one.departure === departure)
        if (there)
          return isWhat(wish, there) ? { kind: 'held', seats: inOrder(there.seats) } : { kind: 'full' }
        await run('seats_clear', CLEAR, [departure, NO_JOURNEY, person], holdsRow)
        if ((await ahead(departure, journey)) !== null) return { kind: 'full' }
        const values = [departure, span.from, span.to, bus.seats, count, journey, person, null, amongOf(wish)]
        const taken = await run('seats_take', TAKE, values, seatRow)
        const isMoved = taken.length === count * (span.to - span.from)
        if (isMoved) await run('seats_leave', FREE_ELSEWHERE, [journey, departure], z.unknown())
        else await run('seats_stay', FREE_ON, [journey, departure], z.unknown())
        return isMoved ? { kind: 'held', seats: inOrder(taken.map(({ seat }) => seat)) } : { kind: 'full' }
      },
      async free(journey) {
        await lock(journey, null, null)
        await standDown(journey)
        await drop(journey)
      },
    },
  }
}

/** @throws RangeError when it asks for no seat, or for a way of no length: such a claim would hold nothing */
function check({ count, span }: Pick<SeatWish, 'count' | 'span'>): void {
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`${count} seats cannot be held`)
  if (span.from < 0 || span.from >= span.to)
    throw new RangeError(`no bus goes from stop ${span.from} to stop ${span.to}`)
}

/** As the statement takes them. */
const amongOf = ({ among }: Pick<SeatWish, 'among'>): readonly number[] | null => among ?? null

type Mine = z.infer<typeof mineRow>

const isWhat = ({ departure, span, count }: Omit<SeatWish, 'holdMs'>, one: Mine): boolean =>
  one.departure === departure && one.from === span.from && one.to === span.to && one.seats.length === count

/** What the journey has already, when it is what it wishes for; what is sold is not swapped for something else. */
function answer(wish: SeatWish, mine: readonly Mine[]) {
  const { journey } = wish
  const same = mine.find((one) => isWhat(wish, one))
  if (same) return { kind: 'held', seats: inOrder(same.seats) } satisfies Held
  if (mine.some(({ sold }) => sold)) throw new Error(`${journey} has bought other seats: free them first`)
  return null
}
