import assert from 'node:assert/strict'
import { createRandom, type Random } from '../../simulators/random.ts'
import type { Departures } from '../../src/core/sell/seats.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { createDepartures } from '../../src/integrations/postgres/departures.ts'
import { sized } from '../support/size.ts'
import { HOUR_MS, leaving, route, terminal } from './buses.ts'
import { NOW } from './desk.ts'

const TOWNS = ['a', 'b', 'c', 'd', 'e', 'z']
/** Within the hour no two leave at once. */
const APART_MS = 30_000
const LIMIT = 5

type Search = Departures['search']
type Question = Parameters<Search>[0]
type Bus = {
  readonly id: string
  readonly stops: readonly string[]
  readonly leavesAt: number
  readonly seats: number
  readonly isOpen: boolean
  /** Whose they are on which stretches: sold, held, or held until a moment that has passed. */
  readonly legs: readonly { readonly leg: number; readonly seat: number; readonly until_at: number | null }[]
}

/** Some of them in any order. */
function drawn<T>(random: Random, of: readonly T[], count: number): T[] {
  const left = [...of]
  return Array.from({ length: count }, () => left.splice(random.between(0, left.length - 1), 1)).flat()
}

function busOn(random: Random, line: string, stops: readonly string[], n: number): Bus {
  const seats = random.between(1, 3)
  const places = stops
    .slice(1)
    .flatMap((_, leg) => Array.from({ length: seats }, (_one, seat) => ({ leg, seat: seat + 1 })))
  const legs = drawn(random, places, random.between(0, places.length)).map((place) => {
    const until = [null, null, Date.now() + HOUR_MS, 1][random.between(0, 3)]
    return { ...place, until_at: until ?? null }
  })
  // No two at the same moment, so that nothing but the time says which is first.
  const leavesAt = NOW + random.between(-6, 66) * HOUR_MS + n * APART_MS
  return { id: `${line}-${n}`, stops, leavesAt, seats, isOpen: random.between(0, 9) > 0, legs }
}

/** A timetable by chance, written down: a few routes, and what leaves on each. */
async function timetable(db: Db, seed: number): Promise<Bus[]> {
  const random = createRandom(seed)
  const all: Bus[] = []
  for (let r = 0; r < 6; r += 1) {
    const line = `r${seed}-${r}`
    const stops = drawn(random, TOWNS, random.between(2, 5))
    await route(db, line, stops)
    const buses = Array.from({ length: 12 }, (_, n) => busOn(random, line, stops, all.length + n))
    await leaving(
      db,
      line,
      buses.map(({ id, seats, leavesAt }) => ({ id, seats, leavesAt })),
    )
    all.push(...buses)
  }
  await db('departures')
    .whereIn(
      'id',
      all.filter(({ isOpen }) => !isOpen).map(({ id }) => id),
    )
    .update({ status: 'called_off' })
  const rows = all.flatMap(({ id, legs }) =>
    legs.map((leg) => ({
      ...leg,
      departure: id,
      journey: `${id} ${leg.leg} ${leg.seat}`,
      person: '+250788000001',
    })),
  )
  await db('seat_legs').insert(rows)
  return all
}

/** What a person with the whole timetable before them would find. */
function byHand(buses: readonly Bus[], { from, to, after, seats, limit }: Question) {
  return buses
    .flatMap((bus) => {
      const [board, leave] = [bus.stops.indexOf(from), bus.stops.indexOf(to)]
      if (board < 0 || leave <= board || !bus.isOpen) return []
      const taken = bus.legs.filter(
        ({ leg, until_at }) => leg >= board && leg < leave && (until_at === null || until_at > Date.now()),
      )
      const free = bus.seats - new Set(taken.map(({ seat }) => seat)).size
      return [{ id: bus.id, leavesAt: bus.leavesAt + board * HOUR_MS, free }]
    })
    .filter(({ leavesAt, free }) => leavesAt >= after && free >= seats)
    .sort((one, other) => one.leavesAt - other.leavesAt)
    .slice(0, limit)
}

async function agrees(db: Db, search: Search, timetables: number, first = 1): Promise<void> {
  for (let seed = first; seed < first + timetables; seed += 1) {
    const buses = await timetable(db, seed)
    for (const from of TOWNS)
      for (const to of TOWNS)
        for (const [hours, seats] of [
          [0, 1],
          [5, 1],
          [9, 2],
        ] as const) {
          const question = { from, to, after: NOW + hours * HOUR_MS, seats, limit: LIMIT }
          const found = await search(question)
          const said = found.map(({ id, leavesAt, free }) => ({ id, leavesAt, free }))
          assert.deepEqual(said, byHand(buses, question), `timetable ${seed}, ${from} to ${to}, ${hours} h`)
        }
    await db.raw('truncate seat_waits, seat_legs, departures, route_stops, routes')
  }
}

type Mutant = { readonly does: string; readonly search: (real: Search) => Search }

const mutants: readonly Mutant[] = [
  {
    does: 'forgets how long a bus takes to one’s stop',
    search: (real) => (one) => real({ ...one, after: one.after + HOUR_MS }),
  },
  { does: 'sees one seat as enough for all', search: (real) => (one) => real({ ...one, seats: 1 }) },
  {
    does: 'looks at the soonest only, then for room',
    search: (real) => async (one) => {
      const soonest = await real({ ...one, seats: 0 })
      return soonest.filter(({ free }) => free >= one.seats)
    },
  },
  {
    does: 'looks no farther than a day ahead',
    search: (real) => async (one) =>
      (await real(one)).filter(({ leavesAt }) => leavesAt < one.after + 24 * HOUR_MS),
  },
  {
    does: 'looks only at later days when today there is too little',
    search: (real) => async (one) => {
      const found = await real(one)
      return found.length < one.limit ? real({ ...one, after: one.after + 24 * HOUR_MS }) : found
    },
  },
  {
    does: 'finds the way back too',
    search: (real) => async (one) => {
      const both = [...(await real(one)), ...(await real({ ...one, from: one.to, to: one.from }))]
      return both.sort((a, b) => a.leavesAt - b.leavesAt).slice(0, one.limit)
    },
  },
  { does: 'stops one short', search: (real) => (one) => real({ ...one, limit: one.limit - 1 }) },
]

describe('timetables by chance', function () {
  this.timeout(180_000)
  let db: Db
  let close: () => Promise<void>

  before(async () => {
    ;({ db, close } = await terminal(4))
    await db.raw('truncate seat_waits, seat_legs, departures, route_stops, routes')
  })
  after(() => close())

  it('are searched as a person would who had them whole', () =>
    agrees(db, createDepartures(db).search, sized(3, 40)))

  describe('see a search that', () => {
    afterEach(() => db.raw('truncate seat_waits, seat_legs, departures, route_stops, routes'))
    for (const { does, search } of mutants)
      it(does, () => assert.rejects(agrees(db, search(createDepartures(db).search), 3), /timetable \d+,/))
  })
})
