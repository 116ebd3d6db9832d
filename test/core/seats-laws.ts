import assert from 'node:assert/strict'
import type { SeatClaims, SeatWish, Span } from '../../src/core/sell/seats.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { leaving } from './buses.ts'
import { ids, somebody } from './desk.ts'
import { each, IN_FLIGHT, inTurn } from './in-turn.ts'
import { type Act, type Answer, SeatModel, type Told } from './seats-model.ts'

export type Claiming = (trx: Db) => SeatClaims

const MINUTE_MS = 60_000
const LEGS = 4
const SPANS: readonly Span[] = [0, 1, 2, 3].flatMap((from) =>
  [1, 2, 3, 4].filter((to) => to > from).map((to) => ({ from, to })),
)

export const wishFor = (departure: string, more: Partial<SeatWish> = {}): SeatWish => ({
  departure,
  span: { from: 0, to: LEGS },
  count: 1,
  journey: ids.next('jn'),
  person: somebody(),
  holdMs: 10 * MINUTE_MS,
  ...more,
})

export const act = (db: Db, claims: Claiming, one: Act): Promise<Told> =>
  inTurn(db, one, (trx) => answerOf(claims(trx), one))

async function answerOf(claims: SeatClaims, one: Act): Promise<Answer> {
  if (one.what === 'hold') return claims.hold(one.wish)
  if (one.what === 'move') return claims.move(one.wish)
  if (one.what === 'keep') return claims.keep(one.journey)
  await claims.free(one.journey)
  return null
}

type Place = {
  readonly departure: string
  readonly leg: number
  readonly seat: number
  readonly journey: string
}

/** Where each was told to sit, a row for each part of the way. */
function placesOf({ act: one, answer }: Told): readonly Place[] {
  if (!('wish' in one) || !answer || !('kind' in answer) || answer.kind !== 'held') return []
  const { departure, span, journey } = one.wish
  const legs = Array.from({ length: span.to - span.from }, (_, n) => span.from + n)
  return answer.seats.flatMap((seat) => legs.map((leg) => ({ departure, leg, seat, journey })))
}

/** Whose seats of before are anybody's again. */
function leaves({ act: one, answer }: Told): string | null {
  if (one.what === 'free') return one.journey
  return one.what === 'move' && isHeld(answer) ? one.wish.journey : null
}
const isHeld = (answer: Answer): boolean => answer !== null && 'kind' in answer && answer.kind === 'held'

/** Whatever the table says: nobody was told to sit where somebody else was told to. */
function nobodyOnALap(told: readonly Told[]): void {
  const owners = new Map<string, string>()
  for (const one of told) {
    const left = leaves(one)
    for (const [place, journey] of owners) if (journey === left) owners.delete(place)
    for (const { departure, seat, leg, journey } of placesOf(one)) {
      const place = `${departure} seat ${seat} leg ${leg}`
      assert.equal(owners.get(place) ?? journey, journey, `${place} was sold twice`)
      owners.set(place, journey)
    }
  }
}

function replays(told: readonly Told[], seats: number): void {
  const model = new SeatModel(seats)
  for (const one of told)
    assert.deepEqual(one.answer, model.do(one.act), `turn ${one.turn} is not the model's`)
}

const isFull = ({ answer }: Told) => answer !== null && 'kind' in answer && answer.kind === 'full'

/** After a rush nobody was sent away who would still find their seats, and the table has what people were told. */
async function nothingLeft(db: Db, departure: string, told: readonly Told[], seats: number): Promise<void> {
  const sold = told.flatMap(placesOf)
  assert.equal(sold.length, seats * LEGS, 'not every seat was sold all the way')
  const key = ({ leg, seat, journey }: Omit<Place, 'departure'>) => `${leg} ${seat} ${journey}`
  const rows: readonly Place[] = await db('seat_legs').where({ departure }).select('leg', 'seat', 'journey')
  assert.deepEqual(rows.map(key).sort(), sold.map(key).sort(), 'the table has something else')
  for (const { act: one } of told.filter(isFull)) {
    if (one.what !== 'hold') continue
    const { span, count } = one.wish
    const busy = new Set(sold.filter(({ leg }) => leg >= span.from && leg < span.to).map(({ seat }) => seat))
    assert.ok(seats - busy.size < count, `${count} from ${span.from} to ${span.to} were free and refused`)
  }
}

/** Everybody comes at once for one bus, each for a part of its way; of every part more is wanted than there is. */
export async function rush(db: Db, claims: Claiming, rounds: number, buyers = 500, seats = 50) {
  for (let round = 0; round < rounds; round++) {
    const departure = ids.next('dp')
    await leaving(db, 'r', [{ id: departure, seats }])
    const wishes = Array.from({ length: buyers }, (_, n) => {
      const span = SPANS[(n * 7 + round) % SPANS.length] ?? { from: 0, to: 1 }
      // Singles go for one: so either all of them have theirs, which fills a part, or one was refused and it is full.
      return wishFor(departure, { span, count: span.to - span.from > 1 && n % 3 === 0 ? 2 : 1 })
    })
    const told: Told[] = []
    await each(
      wishes,
      IN_FLIGHT,
      async (wish) => void told.push(await act(db, claims, { what: 'hold', wish })),
    )
    told.sort((a, b) => a.turn - b.turn)
    nobodyOnALap(told)
    await nothingLeft(db, departure, told, seats)
    replays(told, seats)
  }
}

/** Everybody wants these seats and no others, each for a part of the way: whoever is told so sits there, alone. */
export async function chosen(db: Db, claims: Claiming, buyers: number, among: readonly number[] = [7, 8]) {
  const departure = ids.next('dp')
  await leaving(db, 'r', [{ id: departure, seats: 20 }])
  const wishes = Array.from({ length: buyers }, (_, n) => {
    const span = SPANS[n % SPANS.length] ?? { from: 0, to: 1 }
    return wishFor(departure, { span, count: n % 4 === 0 ? 2 : 1, among })
  })
  const told: Told[] = []
  await each(wishes, IN_FLIGHT, async (wish) => void told.push(await act(db, claims, { what: 'hold', wish })))
  const sold = told.flatMap(placesOf)
  for (const { seat } of sold) assert.ok(among.includes(seat), `somebody sits on ${seat}, which nobody chose`)
  nobodyOnALap(told.sort((a, b) => a.turn - b.turn))
  assert.equal(sold.length, among.length * LEGS, 'not all of what was chosen was sold')
}

/** People come and go on two small buses: they hold, ask again, pay, and give up what they had two visits before. */
export async function market(db: Db, claims: Claiming, people: number, seats = 6) {
  const buses = [ids.next('dp'), ids.next('dp')]
  const rows = buses.map((id) => ({ id, seats }))
  await leaving(db, 'r', rows)
  const told: Told[] = []
  const does = async (one: Act) => void told.push(await act(db, claims, one))
  const visitor = async (n: number) => {
    const person = somebody()
    const mine: string[] = []
    for (let visit = n * 5; visit < n * 5 + 8; visit++) {
      const [span, departure] = [SPANS[(visit + n) % SPANS.length], buses[visit % 2]]
      assert.ok(span && departure)
      const wish = wishFor(departure, { span, person, count: visit % 3 === 0 ? 2 : 1 })
      mine.push(wish.journey)
      await does({ what: 'hold', wish })
      if (visit % 5 === 0) await does({ what: 'hold', wish })
      if (visit % 4 === 0) await does({ what: 'keep', journey: wish.journey })
      // Paid or not, in the middle of its visit it would rather have the other bus.
      const other = buses[(visit + 1) % 2]
      if (visit % 7 < 2 && other) await does({ what: 'move', wish: { ...wish, departure: other } })
      const given = mine.at(-3)
      if (given) await does({ what: 'free', journey: given })
    }
    for (const journey of mine) await does({ what: 'free', journey })
  }
  await each([...Array(people).keys()], IN_FLIGHT, visitor)
  told.sort((x, y) => x.turn - y.turn)
  nobodyOnALap(told)
  replays(told, seats)
  const kinds = new Set(told.map(({ answer }) => (answer && 'kind' in answer ? answer.kind : answer?.length)))
  assert.deepEqual([...kinds].map(String).sort(), ['0', '1', '2', 'full', 'held', 'hoarding', 'undefined'])
}

/** A hold that ends just when it is paid, and another who waits for the seat: it is exactly one's. */
export async function races(db: Db, claims: Claiming, count: number) {
  const buses = Array.from({ length: count }, (_, n) => ({ n, id: ids.next('dp'), seats: 1 }))
  await leaving(
    db,
    'r',
    buses.map(({ id, seats }) => ({ id, seats })),
  )
  const won = { first: 0, second: 0 }
  await each(buses, IN_FLIGHT / 2, async ({ n, id }) => {
    const [first, second] = [wishFor(id, { holdMs: n % 6 }), wishFor(id)]
    await act(db, claims, { what: 'hold', wish: first })
    const [keep, hold]: readonly Act[] = [
      { what: 'keep', journey: first.journey },
      { what: 'hold', wish: second },
    ]
    assert.ok(keep && hold)
    const both = await Promise.all((n % 2 ? [keep, hold] : [hold, keep]).map((one) => act(db, claims, one)))
    const kept = both.find((one) => one.act === keep)?.answer
    const held = both.find((one) => one.act === hold)?.answer
    const isFirst = Array.isArray(kept) && kept.length === 1
    assert.deepEqual(held, isFirst ? { kind: 'full' } : { kind: 'held', seats: [1] }, 'not one owner')
    const journey = isFirst ? first.journey : second.journey
    const rows = await db('seat_legs').where({ departure: id }).select('journey')
    assert.deepEqual(rows, Array(LEGS).fill({ journey }), 'the table has another owner')
    won[isFirst ? 'first' : 'second']++
  })
  assert.ok(won.first > 0 && won.second > 0, `nobody raced: ${JSON.stringify(won)}`)
}

/** Everybody on one bus wants the last seats of another: as many as it has go over, and nobody sits nowhere or twice. */
export async function change(db: Db, claims: Claiming, rounds: number, people = 16, last = 3) {
  for (let round = 0; round < rounds; round++) {
    const [full, other] = [ids.next('dp'), ids.next('dp')]
    await leaving(db, 'r', [
      { id: full, seats: people },
      { id: other, seats: last },
    ])
    const wishes = Array.from({ length: people }, () => wishFor(full))
    for (const wish of wishes) {
      await act(db, claims, { what: 'hold', wish })
      await act(db, claims, { what: 'keep', journey: wish.journey })
    }
    // Some come for the last seats who have none, and who moves may be asked for twice.
    const strangers = Array.from({ length: 3 }, () => wishFor(other))
    const told: Told[] = []
    const acts: Act[] = [...wishes, ...wishes.slice(0, 4)].map((wish) => ({
      ...{ what: 'move', wish: { ...wish, departure: other } },
    }))
    await each(
      [...acts, ...strangers.map((wish): Act => ({ what: 'hold', wish }))],
      IN_FLIGHT,
      async (one) => {
        told.push(await act(db, claims, one))
      },
    )
    const rows = await db('seat_legs').whereIn('departure', [full, other]).select('departure', 'journey')
    const seatsOn = (bus: string) => rows.filter(({ departure }) => departure === bus).length / LEGS
    const gone = new Set(
      told.flatMap(({ act: one, answer }) =>
        'wish' in one && one.what === 'move' && isHeld(answer) ? [one.wish.journey] : [],
      ),
    )
    assert.deepEqual([seatsOn(other), seatsOn(full)], [last, people - gone.size], 'not each on one bus')
    for (const { journey } of wishes) {
      const mine = rows.filter((row) => row.journey === journey)
      const bus = gone.has(journey) ? other : full
      assert.deepEqual(mine, Array(LEGS).fill({ departure: bus, journey }), 'not each on one bus')
    }
  }
}

/** One person, twenty buses, all at once. */
export async function hoard(db: Db, claims: Claiming) {
  const buses = Array.from({ length: 20 }, () => ({ id: ids.next('dp'), seats: 50 }))
  await leaving(db, 'r', buses)
  const person = somebody()
  const told: Told[] = []
  await each(buses, IN_FLIGHT, async ({ id }) => {
    told.push(await act(db, claims, { what: 'hold', wish: wishFor(id, { person }) }))
  })
  const kinds = told.map(({ answer }) => (answer && 'kind' in answer ? answer.kind : '')).sort()
  assert.deepEqual(kinds, [...Array(2).fill('held'), ...Array(18).fill('hoarding')], 'not two')
}
