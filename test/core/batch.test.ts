import assert from 'node:assert/strict'
import { createBatch } from '../../src/integrations/postgres/batch.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { begun, type Desk, greeted, migrated, NOW, newBooking, openDesk, opening } from './desk.ts'

describe('turns that come at once', function () {
  this.timeout(30_000)
  let database: TestDatabase
  let here: Desk

  before(async () => {
    database = await freshDatabase(migrated)
    here = openDesk(database.url)
  })
  after(async () => {
    await here.db.destroy()
    await database.drop()
  })

  /** Transactions that wrote these rows last, as PostgreSQL itself numbered them. */
  const transactions = async (ids: readonly string[]): Promise<string[]> =>
    here.db('instances').whereIn('id', ids).distinct(here.db.raw('xmin::text as xmin')).pluck('xmin')

  it('share a few transactions, and each has its own answer', async () => {
    const bookings = Array.from({ length: 200 }, newBooking)
    const works = bookings.map((booked) => ({
      ...opening(here, booked),
      conversation: { next: greeted(booked.owner), was: 0 },
      answer: { messageId: booked.id, person: booked.owner, body: booked.code, at: NOW },
    }))
    const outcomes = await Promise.all(works.map((work) => here.store.commit(work)))
    assert.deepEqual(outcomes, Array(200).fill('done'))
    const ids = bookings.map(({ id }) => id)
    assert.equal((await here.db('instances').whereIn('id', ids)).length, 200)
    const took = await transactions(ids)
    assert.ok(took.length <= 4, `${took.length} transactions`)
    const elsewhere = openDesk(database.url)
    const standings = await Promise.all(bookings.map(({ owner, id }) => elsewhere.store.standing(owner, id)))
    await elsewhere.db.destroy()
    assert.deepEqual(
      standings.map(({ conversation, answered }) => [conversation?.person, answered]),
      bookings.map(({ owner, code }) => [owner, code]),
    )
  })

  it('have one each when they come one after another', async () => {
    const ids = []
    for (let n = 0; n < 3; n += 1) ids.push((await begun(here)).id)
    assert.equal((await transactions(ids)).length, 3)
  })

  it('on the same thing are let through one at a time, and hold up nobody else', async () => {
    const same = await begun(here)
    const others = Array.from({ length: 10 }, newBooking)
    const turns = await Promise.all(
      Array.from({ length: 10 }, async (_, n) => {
        const draft = here.run.draft()
        await draft.apply(same, { type: 'BACK' }, `turn ${n}`, NOW)
        return draft.work()
      }),
    )
    const works = [...turns, ...others.map((booked) => opening(here, booked))]
    const outcomes = await Promise.all(works.map((work) => here.store.commit(work)))
    assert.deepEqual(outcomes.slice(0, 10).sort(), ['done', ...Array(9).fill('stale')])
    assert.deepEqual(outcomes.slice(10), Array(10).fill('done'))
    assert.equal((await here.store.journal(same)).length, 2)
  })
})

describe('a batch', () => {
  const tick = () => new Promise((resolve) => setImmediate(resolve))
  type Flight = { readonly items: readonly string[]; land(outs: readonly string[]): void; crash(): void }

  function airport(most: number, inFlight: number) {
    const flights: Flight[] = []
    const board = createBatch<string, string>({
      most,
      inFlight,
      keysOf: (item) => [item.slice(0, 1)],
      run: (items) =>
        new Promise((resolve, reject) =>
          flights.push({ items, land: resolve, crash: () => reject(new Error('crashed')) }),
        ),
    })
    return { flights, board, planned: () => flights.map(({ items }) => items) }
  }

  it('holds no more than it may, and no two with the same key; all are taken, in order', async () => {
    const { flights, board, planned } = airport(2, 1)
    const out = Promise.all(['a1', 'a2', 'b1', 'c1', 'a3'].map(board))
    for (const expected of [['a1', 'b1'], ['a2', 'c1'], ['a3']]) {
      await tick()
      assert.deepEqual(planned().at(-1), expected)
      flights.at(-1)?.land(expected.map((item) => item.toUpperCase()))
      await tick()
    }
    assert.deepEqual(await out, ['A1', 'A2', 'B1', 'C1', 'A3'])
  })

  it('flies no more at once than it may', async () => {
    const { flights, board, planned } = airport(1, 2)
    const out = Promise.all(['a', 'b', 'c'].map(board))
    await tick()
    assert.deepEqual(planned(), [['a'], ['b']])
    flights[1]?.land(['B'])
    await tick()
    await tick()
    assert.deepEqual(planned(), [['a'], ['b'], ['c']])
    flights[0]?.land(['A'])
    flights[2]?.land(['C'])
    assert.deepEqual(await out, ['A', 'B', 'C'])
  })

  it('that crashes tells everybody aboard, and the next one flies', async () => {
    const { flights, board } = airport(2, 1)
    const [lost, next] = [Promise.allSettled(['a', 'b'].map(board)), board('a2')]
    await tick()
    flights[0]?.crash()
    assert.deepEqual(
      (await lost).map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    await tick()
    flights[1]?.land(['A2'])
    assert.equal(await next, 'A2')
  })

  it('that leaves somebody without an answer tells them so', async () => {
    const { flights, board } = airport(2, 1)
    const out = Promise.allSettled(['a', 'b'].map(board))
    await tick()
    flights[0]?.land(['A'])
    assert.deepEqual(
      (await out).map(({ status }) => status),
      ['fulfilled', 'rejected'],
    )
  })
})
