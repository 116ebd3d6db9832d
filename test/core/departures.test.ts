import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import type { Departures } from '../../src/core/sell/seats.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { createDepartures } from '../../src/integrations/postgres/departures.ts'
import { createSeatTx } from '../../src/integrations/postgres/seats.ts'
import { sized } from '../support/size.ts'
import { CONDUCTOR, HOUR_MS, leaving, RULES, route, terminal, towns } from './buses.ts'
import { NOW } from './desk.ts'
import { wishFor } from './seats-laws.ts'

const MEDIAN_MS = 50
const SEARCHES = 21

describe('departures', function () {
  this.timeout(180_000)
  let db: Db
  let close: () => Promise<void>
  let departures: Departures

  before(async () => {
    ;({ db, close } = await terminal(4))
    departures = createDepartures(db)
    await route(db, 'back', ['e', 'd', 'c', 'b', 'a'])
    await route(db, 'short', ['b', 'd'])
    await leaving(db, 'r', [
      { id: 'late', seats: 30, leavesAt: NOW + 3 * HOUR_MS },
      { id: 'early', seats: 30, leavesAt: NOW },
    ])
    await leaving(db, 'back', [{ id: 'home', seats: 20, leavesAt: NOW }])
    await leaving(db, 'short', [{ id: 'direct', seats: 2, leavesAt: NOW + 2 * HOUR_MS }])
  })
  after(() => close())

  const search = (from: string, to: string, more: { after?: number; seats?: number; limit?: number } = {}) =>
    departures.search({ from, to, after: NOW, seats: 1, limit: 5, ...more })
  const found = async (...asked: Parameters<typeof search>) => (await search(...asked)).map(({ id }) => id)
  const claim = (...asked: Parameters<typeof wishFor>) => {
    const wish = wishFor(...asked)
    return db.transaction(async (trx) => {
      const { kind } = await createSeatTx(trx).seats.hold(wish)
      assert.equal(kind, 'held')
      return wish.journey
    })
  }
  const freeFrom = async (from: string, to: string) => (await departures.find('early', from, to))?.free

  it('are told whole, by the stops between which one rides', async () => {
    const [first] = await search('b', 'd')
    const early = {
      id: 'early',
      span: { from: 1, to: 3 },
      from: 'b',
      to: 'd',
      leavesAt: NOW + HOUR_MS,
      arrivesAt: NOW + 3 * HOUR_MS,
      zone: 'Africa/Kigali',
      partner: { id: 'pt_1', name: 'Umurage Express' },
      plate: first?.plate,
      conductor: CONDUCTOR,
      seats: 30,
      free: 30,
      fareMinor: 2_000,
      currency: 'RWF',
      rules: RULES,
    }
    assert.match(String(first?.plate), /^RAB \d+$/)
    assert.deepEqual(first, early)
    assert.deepEqual(await departures.find('early', 'b', 'd'), early)
  })

  it('are found in the way that they go', async () => {
    assert.deepEqual(await found('a', 'e'), ['early', 'late'])
    assert.deepEqual(await found('e', 'a'), ['home'])
    for (const [from, to] of [
      ['a', 'a'],
      ['a', 'z'],
      ['z', 'a'],
      ['a', 'nowhere'],
    ] as const)
      assert.deepEqual(await found(from, to), [], `${from} to ${to}`)
  })

  it('come by when they leave the stop where one boards, whatever their route', async () => {
    assert.deepEqual(await found('b', 'd'), ['early', 'direct', 'late'])
    assert.deepEqual(await found('b', 'd', { limit: 2 }), ['early', 'direct'])
    assert.deepEqual(await found('b', 'd', { limit: 1, after: NOW + HOUR_MS + 1 }), ['direct'])
  })

  it('are found until they leave that stop, though they left the first', async () => {
    const after = NOW + HOUR_MS
    assert.deepEqual(await found('a', 'b', { after }), ['late'])
    assert.deepEqual(await found('b', 'c', { after }), ['early', 'late'])
    assert.deepEqual(await found('b', 'c', { after: after + 1 }), ['late'])
  })

  it('have so many seats as are free all the way, holds and sales taken off', async () => {
    const sold = await claim('early', { span: { from: 0, to: 2 }, count: 2 })
    await db.transaction((trx) => createSeatTx(trx).seats.keep(sold))
    await claim('early', { span: { from: 2, to: 4 }, count: 3 })
    await claim('early', { span: { from: 1, to: 3 }, holdMs: 0 })
    // Two seats carry both who leave at c and two of the three who board there; the hold of no length counts nowhere.
    const free = [
      await freeFrom('a', 'b'),
      await freeFrom('b', 'c'),
      await freeFrom('c', 'd'),
      await freeFrom('a', 'e'),
    ]
    assert.deepEqual(free, [28, 28, 27, 27])
    assert.deepEqual(await found('c', 'd', { seats: 28 }), ['late'])
    assert.deepEqual(await found('c', 'd', { seats: 27 }), ['early', 'late'])
  })

  it('do not hide behind a full one', async () => {
    assert.deepEqual(await found('b', 'd', { seats: 3, limit: 2 }), ['early', 'late'])
    await claim('early', { span: { from: 3, to: 4 }, count: 27 })
    assert.deepEqual(await found('d', 'e', { limit: 1 }), ['late'])
    assert.equal(await freeFrom('d', 'e'), 0)
  })

  it('are neither found nor told once they are called off', async () => {
    await db('departures').where({ id: 'home' }).update({ status: 'called_off' })
    assert.deepEqual(await found('e', 'a'), [])
    assert.equal(await departures.find('home', 'e', 'a'), null)
  })

  it('are told only between stops of theirs, in their way', async () => {
    for (const [id, from, to] of [
      ['late', 'e', 'a'],
      ['direct', 'a', 'd'],
      ['no such', 'a', 'e'],
    ] as const)
      assert.equal(await departures.find(id, from, to), null, id)
  })

  it('are refused when what is stored is not what is agreed', async () => {
    await towns(db, ['x', 'y'])
    await route(db, 'odd', ['x', 'y'])
    await leaving(db, 'odd', [{ id: 'odd', seats: 9 }])
    await db('routes').where({ id: 'odd' }).update({ rules: '{"capBp": "much"}' })
    await assert.rejects(search('x', 'y'), /capBp/)
  })

  it('are found at once among those of 10,000 routes in 60 days', async () => {
    const routes = sized(300, 10_000)
    await many(db, routes)
    const times: number[] = []
    for (let n = 0; n < SEARCHES; n++) {
      const began = performance.now()
      const some = await search(`t${n}`, `t${n + 1}`, { after: NOW + n * HOUR_MS })
      times.push(performance.now() - began)
      assert.equal(some.length, 5)
      assert.deepEqual(
        [...some].sort((a, b) => a.leavesAt - b.leavesAt),
        some,
      )
    }
    const median = times.sort((a, b) => a - b)[(SEARCHES - 1) / 2] ?? Number.POSITIVE_INFINITY
    assert.ok(median < MEDIAN_MS, `a search took ${median.toFixed(1)} ms`)
  })
})

/** Routes of five stops between 100 towns, each left once a day for 60 days. */
async function many(db: Db, routes: number): Promise<void> {
  await towns(
    db,
    Array.from({ length: 100 }, (_, n) => `t${n}`),
  )
  const series = `generate_series(1, ${routes}) n`
  await db.raw(`
    insert into routes select 'm' || n, 'pt_1', 'Africa/Kigali', 'RWF', '${JSON.stringify(RULES)}'::jsonb from ${series};
    insert into route_stops select 'm' || n, stop, 't' || (n + stop) % 100, stop * 60, stop * 1000
      from ${series}, generate_series(0, 4) stop;
    analyze route_stops`)
  await db.transaction(async (trx) => {
    await trx.raw('set local statement_timeout = 120000')
    await trx.raw(`
      insert into departures select 'm' || n || '-' || day, 'm' || n,
        ${NOW} + day * 86400000::bigint + n % 1440 * 60000, 'P' || n, '${CONDUCTOR}', 50, 'open'
      from ${series}, generate_series(0, 59) day`)
  })
}
