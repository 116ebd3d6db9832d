import assert from 'node:assert/strict'
import type { Held, SeatWish } from '../../src/core/sell/seats.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { createSeatTx } from '../../src/integrations/postgres/seats.ts'
import { sized } from '../support/size.ts'
import { leaving, terminal } from './buses.ts'
import { ids, somebody } from './desk.ts'
import { IN_FLIGHT, withTurns } from './in-turn.ts'
import { act, type Claiming, change, chosen, hoard, market, races, rush, wishFor } from './seats-laws.ts'
import { checksThenInserts, mutants } from './seats-mutants.ts'

const claims: Claiming = (trx) => createSeatTx(trx).seats

async function ground() {
  const { db, close } = await terminal(IN_FLIGHT)
  await withTurns(db)
  return { db, close }
}

describe('seats', function () {
  this.timeout(600_000)
  let db: Db
  let close: () => Promise<void>

  before(async () => {
    ;({ db, close } = await ground())
  })
  after(() => close())

  const bus = async (seats: number): Promise<string> => {
    const id = ids.next('dp')
    await leaving(db, 'r', [{ id, seats }])
    return id
  }
  const hold = (wish: SeatWish): Promise<Held> => db.transaction((trx) => claims(trx).hold(wish))
  const keep = (journey: string) => db.transaction((trx) => claims(trx).keep(journey))
  const free = (journey: string) => db.transaction((trx) => claims(trx).free(journey))
  const passed = ({ journey }: SeatWish) => db('seat_legs').where({ journey }).update({ until_at: 1 })
  const held = (...seats: number[]): Held => ({ kind: 'held', seats })

  it('are nobody’s twice and all sold when 500 come for 50 at once', () =>
    rush(db, claims, sized(5, 200, 30)))

  it('are those that were chosen, and one’s, when 200 choose the same two at once', async () => {
    for (let round = 0; round < sized(3, 100, 30); round++) await chosen(db, claims, 200)
  })

  it('go from hand to hand as one after the other would have it', () =>
    market(db, claims, sized(60, 1_000, 200)))

  it('are one’s when a hold ends as it is paid', () => races(db, claims, sized(200, 10_000, 1_500)))

  it('are changed for the last on another bus by as many as it has', () => change(db, claims, sized(3, 100)))

  it('are held for two journeys of a person at most, by 20 tries at once', () => hoard(db, claims))

  it('count as held neither when they are paid nor when their time has passed', async () => {
    const [id, person] = [await bus(50), somebody()]
    const [one, two, three] = [wishFor(id, { person }), wishFor(id, { person }), wishFor(id, { person })]
    assert.deepEqual([await hold(one), await hold(two)], [held(1), held(2)])
    assert.deepEqual(await hold(three), { kind: 'hoarding' })
    assert.deepEqual(await keep(one.journey), [1])
    assert.deepEqual(await hold(three), held(3))
    const four = wishFor(id, { person })
    assert.deepEqual(await hold(four), { kind: 'hoarding' })
    await passed(two)
    assert.deepEqual(await hold(four), held(2))
  })

  it('are sold again from the stop where they are given up', async () => {
    const id = await bus(1)
    const [short, whole] = [wishFor(id, { span: { from: 0, to: 2 } }), wishFor(id)]
    assert.deepEqual([await hold(short), await hold(whole)], [held(1), { kind: 'full' }])
    const rest = [
      { from: 2, to: 3 },
      { from: 3, to: 4 },
    ].map((span) => wishFor(id, { span }))
    for (const wish of rest) assert.deepEqual(await hold(wish), held(1))
    for (const { journey } of rest) await keep(journey)
    for (const { journey } of rest) await free(journey)
    assert.deepEqual(await hold(wishFor(id, { span: { from: 1, to: 4 } })), { kind: 'full' })
    assert.deepEqual(await hold(wishFor(id, { span: { from: 2, to: 4 } })), held(1))
  })

  it('are filled up where they are partly sold, so that whole ones stay whole', async () => {
    const id = await bus(3)
    await hold(wishFor(id, { span: { from: 2, to: 4 } }))
    assert.deepEqual(await hold(wishFor(id, { span: { from: 0, to: 2 } })), held(1))
    assert.deepEqual(await hold(wishFor(id, { count: 2 })), held(2, 3))
  })

  it('are all had or none', async () => {
    const id = await bus(2)
    assert.deepEqual(await hold(wishFor(id, { count: 3 })), { kind: 'full' })
    assert.deepEqual(await db('seat_legs').where({ departure: id }), [])
    assert.deepEqual(await hold(wishFor(id, { count: 2 })), held(1, 2))
  })

  it('stay what they are when the same journey asks again, many at once too', async () => {
    const wish = wishFor(await bus(9), { count: 2 })
    const answers = await Promise.all(Array.from({ length: 8 }, () => hold(wish)))
    assert.deepEqual(answers, Array(8).fill(held(1, 2)))
    await keep(wish.journey)
    assert.deepEqual([await hold(wish), await keep(wish.journey)], [held(1, 2), [1, 2]])
  })

  it('are let go when the journey turns to another bus, unless they are bought', async () => {
    const [one, two] = [await bus(1), await bus(1)]
    const wish = wishFor(one)
    const other = { ...wish, departure: two }
    assert.deepEqual([await hold(wish), await hold(other)], [held(1), held(1)])
    assert.deepEqual(await hold(wishFor(one)), held(1))
    assert.deepEqual(await keep(wish.journey), [1])
    await assert.rejects(hold(wish), /has bought other seats/)
  })

  it('are changed for others that are sold at once, in one step, as often as it is said', async () => {
    const [one, two] = [await bus(1), await bus(1)]
    const wish = wishFor(one)
    const other = { ...wish, departure: two }
    const move = (to: SeatWish) => db.transaction((trx) => claims(trx).move(to))
    await hold(wish)
    await keep(wish.journey)
    assert.deepEqual([await move(other), await move(other)], [held(1), held(1)])
    assert.deepEqual(await hold(wishFor(two)), { kind: 'full' })
    const next = wishFor(one)
    assert.deepEqual([await hold(next), await keep(next.journey)], [held(1), [1]])
    assert.deepEqual(
      [await move(wish), await move({ ...next, departure: two })],
      [{ kind: 'full' }, { kind: 'full' }],
    )
    assert.deepEqual(await move({ ...wish, departure: 'no such bus' }), { kind: 'gone' })
    assert.deepEqual(await hold(wishFor(two)), { kind: 'full' })
  })

  it('change hands between two buses without a ring of waiting', async () => {
    const [one, two] = [await bus(20), await bus(20)]
    const wishes = Array.from({ length: 20 }, (_, n) => wishFor(n % 2 ? one : two))
    const there = (wish: SeatWish) => hold({ ...wish, departure: wish.departure === one ? two : one })
    for (const wish of wishes) await hold(wish)
    const moved = await Promise.all(wishes.map(there))
    assert.deepEqual(new Set(moved.map(({ kind }) => kind)), new Set(['held']))
    assert.equal((await db('seat_legs').whereIn('departure', [one, two])).length, 20 * 4)
  })

  it('are kept though their time has passed, when nobody took them', async () => {
    const wish = wishFor(await bus(1), { holdMs: 0 })
    await hold(wish)
    assert.deepEqual(await keep(wish.journey), [1])
    assert.deepEqual(await hold(wishFor(wish.departure)), { kind: 'full' })
  })

  it('are nobody’s when only a part of them is left', async () => {
    const wish = wishFor(await bus(2), { count: 2 })
    await hold(wish)
    await db('seat_legs').where({ journey: wish.journey, seat: 2, leg: 1 }).delete()
    assert.deepEqual(await keep(wish.journey), [])
    assert.deepEqual(await hold(wishFor(wish.departure, { count: 2 })), held(1, 2))
  })

  it('are not sold on a bus that is called off, and stay whose they are', async () => {
    const id = await bus(3)
    const [paid, unpaid] = [wishFor(id), wishFor(id)]
    for (const wish of [paid, unpaid]) await hold(wish)
    await keep(paid.journey)
    await db('departures').where({ id }).update({ status: 'called_off' })
    assert.deepEqual(await hold(wishFor(id)), { kind: 'gone' })
    assert.deepEqual([await keep(paid.journey), await keep(unpaid.journey)], [[1], []])
    assert.deepEqual(await hold(wishFor('no such bus')), { kind: 'gone' })
  })

  it('are claimed in a transaction, one at least, and forwards', async () => {
    const id = await bus(1)
    await assert.rejects(claims(db).hold(wishFor(id)), /in a transaction/)
    await assert.rejects(hold(wishFor(id, { count: 0 })), RangeError)
    await assert.rejects(hold(wishFor(id, { span: { from: 2, to: 2 } })), RangeError)
  })

  describe('have laws that see a store which', () => {
    for (const { does, claims: mutant, law, says } of mutants)
      it(does, () => assert.rejects(law(db, mutant), says))

    it('looks first and writes then, without the key', async () => {
      const other = await ground()
      await other.db.raw('alter table seat_legs drop constraint seat_legs_pkey')
      await assert.rejects(rush(other.db, checksThenInserts, 1), /sold twice/).finally(other.close)
    })

    it('looks first and writes then, which the key refuses', async () => {
      const id = await bus(1)
      const both = [wishFor(id), wishFor(id)].map((wish) =>
        act(db, checksThenInserts, { what: 'hold', wish }),
      )
      await Promise.allSettled(both)
      const rows = await db('seat_legs').where({ departure: id })
      assert.equal(rows.length, 4)
    })
  })
})
