import assert from 'node:assert/strict'
import type { Queued, SeatClaims, SeatWish } from '../../src/core/sell/seats.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { leaving } from './buses.ts'
import { ids, somebody } from './desk.ts'
import { each, IN_FLIGHT, inTurn } from './in-turn.ts'
import { wishFor } from './seats-laws.ts'

export type Waiting = (trx: Db) => SeatClaims

const SEATS = 6
const WAITERS = 12
const NEWCOMERS = 12
/** Every third waits for two seats. */
const countOf = (n: number): number => (n % 3 === 2 ? 2 : 1)

type Heard = { readonly turn: number; readonly who: string; readonly kind: Queued['kind'] | 'freed' }

/** Seats of a departure as its rows have them. @throws AssertionError when one is two people's */
async function owners(db: Db, departure: string): Promise<Map<number, string>> {
  const rows = await db('seat_legs').where({ departure }).select('seat', 'journey')
  const found = new Map<number, string>()
  for (const { seat, journey } of rows) {
    assert.equal(found.get(seat) ?? journey, journey, `seat ${seat} is two people's`)
    found.set(seat, journey)
  }
  return found
}

/**
 * A bus is full and people stand in line. Its seats are given up one after the other, while everybody in line asks again
 * and strangers try as well: whoever got any was the first in line that fitted, and nobody passed them by.
 */
export async function inLine(db: Db, claims: Waiting, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const departure = ids.next('dp')
    await leaving(db, 'r', [{ id: departure, seats: SEATS }])
    const heard: Heard[] = []
    const say = async (who: string, does: (all: SeatClaims) => Promise<{ readonly kind: Heard['kind'] }>) => {
      const { turn, answer } = await inTurn(db, who, (trx) => does(claims(trx)))
      heard.push({ turn, who, kind: answer.kind })
      return answer.kind
    }
    const sold = Array.from({ length: SEATS }, () => wishFor(departure, { holdMs: 600_000 }))
    for (const wish of sold) {
      assert.equal(await say(wish.journey, (all) => all.hold(wish)), 'held')
      await db.transaction((trx) => claims(trx).keep(wish.journey))
    }
    const line = Array.from({ length: WAITERS }, (_, n) => wishFor(departure, { count: countOf(n) }))
    for (const wish of line) assert.equal(await say(wish.journey, (all) => all.queue(wish)), 'waiting')
    heard.length = 0

    const asks = (wish: SeatWish) => () => say(wish.journey, (all) => all.queue(wish))
    const comes = () => {
      const wish = wishFor(departure)
      return say('stranger', (all) => all.hold(wish))
    }
    const frees =
      ({ journey }: SeatWish) =>
      async () =>
        say('freed', async (all) => {
          await all.free(journey)
          return { kind: 'freed' }
        })
    // Everybody asks in an order that is not theirs, twice, with strangers and seats that come free in between.
    const shuffled = [...line, ...line].map((wish, n) => [(n * 7 + round) % 24, wish] as const)
    const acts = [
      ...shuffled.sort(([a], [b]) => a - b).map(([, wish]) => asks(wish)),
      ...Array.from({ length: NEWCOMERS }, () => comes),
    ]
    for (const [n, wish] of sold.entries()) acts.splice(n * 5 + 1, 0, frees(wish))
    await each(acts, IN_FLIGHT, async (act) => void (await act()))
    // Whoever could not come to it yet does now, as long as anybody gets something.
    for (let isMore = true; isMore; ) {
      isMore = false
      for (const wish of [...line].reverse()) if ((await asks(wish)()) === 'held') isMore = isFresh(heard)
    }
    heard.sort((a, b) => a.turn - b.turn)
    inOrder(heard, line)
    await nobodyTwice(db, departure, heard)
  }
}

/** Whether the last that was heard had not had it before: asking again is answered the same. */
const isFresh = (heard: readonly Heard[]): boolean => {
  const last = heard.at(-1)
  return heard.filter(({ who, kind }) => who === last?.who && kind === 'held').length === 1
}

/** One after the other, by the order of commits: who got seats was the first that fitted, strangers got none. */
function inOrder(heard: readonly Heard[], line: readonly SeatWish[]): void {
  let free = 0
  const waits = [...line]
  for (const { who, kind } of heard) {
    if (kind === 'freed') free += 1
    if (kind !== 'held' && kind !== 'waiting' && kind !== 'full') continue
    const first = waits.find(({ count }) => count <= free)
    const mine = waits.find(({ journey }) => journey === who)
    if (who === 'stranger') {
      assert.equal(kind, first || free === 0 ? 'full' : 'held', 'a stranger passed them by')
      if (kind === 'held') free -= 1
      continue
    }
    if (!mine) {
      assert.equal(kind, 'held', 'what somebody had was taken from them')
      continue
    }
    assert.equal(kind, first === mine ? 'held' : 'waiting', 'not the first in line that fits')
    if (kind !== 'held') continue
    free -= mine.count
    waits.splice(waits.indexOf(mine), 1)
  }
  assert.ok(waits.length < line.length, 'nobody got anything')
}

async function nobodyTwice(db: Db, departure: string, heard: readonly Heard[]): Promise<void> {
  const seated = await owners(db, departure)
  assert.ok(seated.size <= SEATS)
  const had = new Set(heard.filter(({ kind }) => kind === 'held').map(({ who }) => who))
  const rows = await db('seat_waits').where({ departure }).select('journey')
  for (const { journey } of rows) assert.ok(!had.has(journey), 'who has seats still stands in line')
}

/** A hold that ends by itself is the first's in line, though nobody gave anything up. */
export async function lapses(db: Db, claims: Waiting): Promise<void> {
  const departure = ids.next('dp')
  await leaving(db, 'r', [{ id: departure, seats: 1 }])
  const does = <T>(work: (all: SeatClaims) => Promise<T>) => db.transaction((trx) => work(claims(trx)))
  const [had, first, second, stranger] = [1, 2, 3, 4].map(() => wishFor(departure, { person: somebody() }))
  assert.ok(had && first && second && stranger)
  assert.equal((await does((all) => all.hold(had))).kind, 'held')
  for (const wish of [first, second]) assert.equal((await does((all) => all.queue(wish))).kind, 'waiting')
  assert.equal(await does((all) => all.next(departure)), null, 'somebody was woken for nothing')
  await db('seat_legs').where({ departure }).update({ until_at: 1 })
  assert.equal(await does((all) => all.next(departure)), first.journey, 'not the first is woken')
  assert.equal((await does((all) => all.hold(stranger))).kind, 'full', 'a stranger passed them by')
  assert.equal((await does((all) => all.queue(second))).kind, 'waiting', 'not the first in line that fits')
  assert.equal((await does((all) => all.queue(first))).kind, 'held', 'the first was not served')
  assert.equal((await does((all) => all.queue(first))).kind, 'held', 'what somebody had was taken from them')
  // They let it go again, and are at the end of the line.
  await does((all) => all.free(first.journey))
  assert.equal(await does((all) => all.next(departure)), second.journey, 'who gave it up is first again')
}
