import pg from 'pg'
import { silent } from '../src/core/base/log.ts'
import { connectPostgres } from '../src/integrations/postgres/connect.ts'
import { createDepartures } from '../src/integrations/postgres/departures.ts'
import { DAY_MS, type Question, timetableOf } from './buses-timetable.ts'
import { interleaved } from './measure.ts'
import { median, quantile, spread, table, whole } from './numbers.ts'
import type { Rig } from './rig.ts'

export type BusesPlan = {
  readonly rounds: number
  /** Questions in each round. */
  readonly questions: number
  /** Routes when there are few, and many. */
  readonly few: number
  readonly many: number
}

const CHOICES = 5

/** The least that answers: whatever leaves next on each route, sold out or not, and what is free on the first five. */
const BARE = `
select d.*, d.seats - (select count(distinct l.seat) from seat_legs l
  where l.departure = d.id and l.leg >= d.board and l.leg < d.leave and l.until_at is null) as free
from (
  select d.id, d.seats, a.n as board, b.n as leave, d.leaves_at + a.minutes * bigint '60000' as leaves_at
  from route_stops a join route_stops b on b.route = a.route and b.place = $2 and b.n > a.n
  cross join lateral (
    select id, seats, leaves_at from departures
    where route = a.route and status = 'open' and leaves_at >= $3 - a.minutes * bigint '60000'
    order by leaves_at limit ${CHOICES}) d
  where a.place = $1 order by 5 limit ${CHOICES}) d
order by leaves_at`

type Ask = (question: Question) => Promise<number>
type Times = { readonly p50Ms: number; readonly p95Ms: number }

/**
 * What leaves next from town to town: our search, with prices, partners and only buses that have room, beside a bare
 * query. One question after the other, in turns, among few routes and among many.
 * @returns markdown
 */
export async function buses(rig: Rig, plan: BusesPlan): Promise<string> {
  const rows: string[][] = []
  for (const routes of [plan.few, plan.many]) rows.push(...(await among(rig, plan, routes)))
  const head = ['bus search', 'ours p50 ms', 'p95', 'bare SQL p50 ms', 'p95']
  return table([...head, 'p95 ours ÷ bare (lowest–highest)'], rows)
}

async function among(rig: Rig, plan: BusesPlan, routes: number): Promise<string[][]> {
  const url = await rig.database(`buses_${routes}`)
  const from = Math.floor(Date.now() / DAY_MS) * DAY_MS
  const { questions, departures, legs } = await timetableOf(url, routes, from, plan.questions)
  const db = connectPostgres(url, silent)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { search } = createDepartures(db)
  const after = from + DAY_MS / 3
  const asks: Readonly<Record<'ours' | 'bare', Ask>> = {
    ours: async (way) => (await search({ ...way, after, seats: 1, limit: CHOICES })).length,
    bare: async ({ from: a, to }) =>
      (await client.query({ name: 'bare', text: BARE, values: [a, to, after] })).rows.length,
  }
  try {
    // The first look at each page is the disk's time.
    await timesOf(questions, asks.ours)
    const taken = await interleaved(['ours', 'bare'] as const, plan.rounds, (name) =>
      timesOf(questions, asks[name]),
    )
    const middle = (name: 'ours' | 'bare', of: keyof Times) =>
      median(taken(name).map((one) => one[of])).toFixed(2)
    const ratios = taken('ours').map(({ p95Ms }, n) => p95Ms / (taken('bare')[n]?.p95Ms ?? p95Ms))
    const what = `${whole(routes)} routes, ${whole(departures)} departures, ${whole(legs)} seats of a stretch sold`
    return [
      [
        what,
        middle('ours', 'p50Ms'),
        middle('ours', 'p95Ms'),
        middle('bare', 'p50Ms'),
        middle('bare', 'p95Ms'),
        spread(ratios),
      ],
    ]
  } finally {
    await client.end()
    await db.destroy()
  }
}

async function timesOf(questions: readonly Question[], ask: Ask): Promise<Times> {
  const times: number[] = []
  for (const question of questions) {
    const began = performance.now()
    if ((await ask(question)) !== CHOICES)
      throw new Error(`too few go from ${question.from} to ${question.to}`)
    times.push(performance.now() - began)
  }
  const sorted = Float64Array.from(times).sort()
  return { p50Ms: quantile(sorted, 0.5), p95Ms: quantile(sorted, 0.95) }
}
