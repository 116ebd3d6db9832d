import assert from 'node:assert/strict'
import type { SeatWish } from '../../src/core/sell/seats.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { createSeatTx } from '../../src/integrations/postgres/seats.ts'
import { sized } from '../support/size.ts'
import { leaving, terminal } from './buses.ts'
import { ids, somebody } from './desk.ts'
import { IN_FLIGHT, withTurns } from './in-turn.ts'
import { wishFor } from './seats-laws.ts'
import { inLine, lapses, type Waiting } from './waits-laws.ts'
import { mutants } from './waits-mutants.ts'

/** So many may stand in one line. */
const MOST = 20

const claims: Waiting = (trx) => createSeatTx(trx).seats

describe('people who wait for seats', function () {
  this.timeout(300_000)
  let db: Db
  let close: () => Promise<void>

  before(async () => {
    ;({ db, close } = await terminal(IN_FLIGHT))
    await withTurns(db)
  })
  after(() => close())

  const bus = async (seats: number): Promise<string> => {
    const id = ids.next('dp')
    await leaving(db, 'r', [{ id, seats }])
    return id
  }
  const queue = (wish: SeatWish) => db.transaction((trx) => claims(trx).queue(wish))
  const hold = (wish: SeatWish) => db.transaction((trx) => claims(trx).hold(wish))
  const free = (journey: string) => db.transaction((trx) => claims(trx).free(journey))
  const next = (departure: string) => db.transaction((trx) => claims(trx).next(departure))

  it('get what comes free in the order in which they came, and nobody passes them by', () =>
    inLine(db, claims, sized(4, 100)))

  it('get what ends by itself as what is given up', () => lapses(db, claims))

  it('have it at once where there is room', async () => {
    const wish = wishFor(await bus(2))
    assert.deepEqual(await queue(wish), { kind: 'held', seats: [1] })
    assert.equal((await db('seat_waits').where({ journey: wish.journey })).length, 0)
  })

  it('do not hold up what fits none of them', async () => {
    const id = await bus(2)
    const [had, two] = [wishFor(id), wishFor(id, { count: 2 })]
    await hold(had)
    assert.deepEqual(await queue(two), { kind: 'waiting' })
    assert.deepEqual(await hold(wishFor(id)), { kind: 'held', seats: [2] })
    assert.equal(await next(id), null)
  })

  it('wait for their part of the way alone', async () => {
    const id = await bus(1)
    const [first, last] = [
      { from: 0, to: 2 },
      { from: 2, to: 4 },
    ].map((span) => wishFor(id, { span }))
    const late = wishFor(id, { span: { from: 3, to: 4 } })
    assert.ok(first && last)
    await hold(first)
    await hold(last)
    assert.deepEqual(await queue(late), { kind: 'waiting' })
    await free(first.journey)
    assert.equal(await next(id), null)
    await free(last.journey)
    assert.equal(await next(id), late.journey)
  })

  it('stand in one line once, and no more than twenty', async () => {
    const id = await bus(1)
    const person = somebody()
    await hold(wishFor(id))
    assert.deepEqual(await queue(wishFor(id, { person })), { kind: 'waiting' })
    assert.deepEqual(await queue(wishFor(id, { person })), { kind: 'full' })
    const others = await Promise.all(Array.from({ length: MOST + 4 }, () => queue(wishFor(id))))
    assert.equal(others.filter(({ kind }) => kind === 'waiting').length, MOST - 1)
  })

  it('stand in nobody’s way once they ask no more', async () => {
    const id = await bus(1)
    const [had, gone] = [wishFor(id), wishFor(id)]
    await hold(had)
    await queue(gone)
    await db('seat_waits').where({ journey: gone.journey }).update({ until_at: 1 })
    await free(had.journey)
    assert.equal(await next(id), null)
    assert.deepEqual(await hold(wishFor(id)), { kind: 'held', seats: [1] })
  })

  it('wait for nothing that is called off', async () => {
    const id = await bus(1)
    await hold(wishFor(id))
    const wish = wishFor(id)
    await queue(wish)
    await db('departures').where({ id }).update({ status: 'called_off' })
    assert.deepEqual(await queue(wish), { kind: 'gone' })
    assert.equal(await next(id), null)
  })

  it('stand there no more once they go', async () => {
    const id = await bus(1)
    const had = wishFor(id)
    await hold(had)
    const [first, second] = [wishFor(id), wishFor(id)]
    for (const wish of [first, second]) await queue(wish)
    await free(first.journey)
    await free(had.journey)
    assert.equal(await next(id), second.journey)
  })

  describe('have laws that see a line which', () => {
    for (const { does, claims: mutant, law, says } of mutants)
      it(does, () => assert.rejects(law(db, mutant), says))
  })
})
