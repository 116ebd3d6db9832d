import assert from 'node:assert/strict'
import { LIMITS } from '../../src/core/base/limits.ts'
import type { Claimed, OutboxEntry } from '../../src/core/run/work.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { type Desk, errand, ids, migrated, NOW, nothing, openDesk } from './desk.ts'
import { claim } from './full.ts'

describe('the outbox', function () {
  this.timeout(30_000)
  let database: TestDatabase
  let here: Desk
  let there: Desk

  before(async () => {
    database = await freshDatabase(migrated)
    here = openDesk(database.url)
    there = openDesk(database.url)
  })
  after(async () => {
    await Promise.all([here.db.destroy(), there.db.destroy()])
    await database.drop()
  })
  beforeEach(() => here.db('outbox').delete())

  const put = async (...outbox: readonly OutboxEntry[]) => {
    assert.equal(await here.store.commit({ ...nothing, outbox }), 'done')
    return outbox.map(({ id }) => id)
  }
  const finish = (desk: Desk, entry: Claimed) => desk.store.commit({ ...nothing, finished: [entry] })
  const idsOf = (entries: readonly OutboxEntry[]) => entries.map(({ id }) => id).sort()
  const one = async (id: string, more: { now?: number } = {}): Promise<Claimed> => {
    const [entry] = await claim(here, { ids: [id], ...more })
    assert.ok(entry)
    return entry
  }

  it('gives an entry back as it was put, and leased', async () => {
    const entry = errand({
      about: { flow: 'payment', id: 'pm_1' },
      root: 'bk_1',
      type: 'collect',
      params: { deep: [1, 'é', null] },
      lane: 'payment',
    })
    const [id] = await put(entry)
    assert.deepEqual(await claim(here, { lane: 'payment' }), [
      { ...entry, dueAt: NOW + LIMITS.leaseMs, attempts: 1, failures: 0, lease: 1 },
    ])
    const row = await here.db('outbox').where({ id }).first()
    assert.deepEqual([row.attempts, row.lease, row.dead_at], [1, 1, null])
  })

  it('never gives one entry to two workers', async () => {
    const all = await put(...Array.from({ length: 120 }, () => errand()))
    const take = async (desk: Desk) => {
      const taken: string[] = []
      for (;;) {
        const some = await claim(desk, { lane: 'bulk', limit: 7 })
        if (some.length === 0) return taken
        taken.push(...idsOf(some))
      }
    }
    const taken = await Promise.all([take(here), take(there), take(here), take(there)])
    assert.deepEqual(taken.flat().sort(), all.sort())
  })

  it('does not wait for an entry that another has in hand', async () => {
    const [held = '', free] = await put(errand({ dueAt: NOW - 1 }), errand())
    const other = await there.db.transaction()
    try {
      await other.raw('select * from outbox where id = ? for update', [held])
      const startedAt = Date.now()
      assert.deepEqual(idsOf(await claim(here, { lane: 'bulk' })), [free])
      assert.deepEqual(await claim(here, { ids: [held] }), [])
      assert.ok(Date.now() - startedAt < 1_000)
    } finally {
      await other.rollback()
    }
    assert.deepEqual(idsOf(await claim(here, { lane: 'bulk' })), [held])
  })

  it('gives what is due, oldest first, of the lane or name that is asked for', async () => {
    const late = errand({ id: 'ob_1', lane: 'message', dueAt: NOW - 1 })
    const early = errand({ id: 'ob_2', lane: 'message', dueAt: NOW - 9 })
    const middle = errand({ id: 'ob_3', lane: 'message', dueAt: NOW - 5 })
    const future = errand({ lane: 'message', dueAt: NOW + 1 })
    const other = errand({ lane: 'payment', dueAt: NOW - 99 })
    await put(late, early, middle, other, future)
    assert.deepEqual(idsOf(await claim(here, { lane: 'message', limit: 2 })), idsOf([early, middle]))
    assert.deepEqual(idsOf(await claim(here, { ids: [other.id, future.id, 'ob_never'] })), [other.id])
    assert.deepEqual(idsOf(await claim(here, { lane: 'message' })), [late.id])
    assert.deepEqual(idsOf(await claim(here, { lane: 'message', now: NOW + 1 })), [future.id])
  })

  it('keeps an entry to its worker until the lease ends, and then refuses the sleeper', async () => {
    const [id = ''] = await put(errand())
    const sleeper = await one(id)
    assert.deepEqual(await claim(there, { ids: [id], now: NOW + LIMITS.leaseMs - 1 }), [])
    const [waker] = await claim(there, { ids: [id], now: NOW + LIMITS.leaseMs })
    assert.ok(waker)
    assert.deepEqual([waker.attempts, waker.lease], [2, 2])
    assert.deepEqual([await here.store.holds(sleeper), await there.store.holds(waker)], [false, true])

    await here.store.again(sleeper, NOW, 'too late', true)
    const row = await here.db('outbox').where({ id }).first()
    assert.deepEqual([row.last_error, row.dead_at, row.due_at], [null, null, waker.dueAt])
    assert.equal(await finish(here, sleeper), 'stale')
    assert.equal(await there.store.holds(waker), true)

    assert.equal(await finish(there, waker), 'done')
    assert.equal(await there.store.holds(waker), false)
    assert.equal(await finish(there, waker), 'stale')
  })

  it('takes an entry back for later, with the reason, cut to length', async () => {
    const [id = ''] = await put(errand())
    await here.store.again(await one(id), NOW + 500, 'x'.repeat(2_000), false)
    assert.equal((await here.db('outbox').where({ id }).first()).last_error, 'x'.repeat(500))
    assert.deepEqual(await claim(here, { ids: [id], now: NOW + 499 }), [])
    assert.equal((await one(id, { now: NOW + 500 })).attempts, 2)
  })

  it('puts a dead one aside for good', async () => {
    const [id = ''] = await put(errand())
    await here.store.again(await one(id), NOW, 'no use', true)
    const [never, always] = [NOW + 10 ** 12, { ids: [id] }]
    assert.deepEqual(await claim(here, { ...always, now: never }), [])
    assert.deepEqual(await claim(here, { lane: 'bulk', now: never }), [])
    const row = await here.db('outbox').where({ id }).first()
    assert.deepEqual([row.dead_at, row.last_error], [NOW, 'no use'])
  })

  it('has room for names only once', async () => {
    const [id = ''] = await put(errand())
    assert.equal(await here.store.commit({ ...nothing, outbox: [errand({ id })] }), 'stale')
    assert.equal(await here.store.commit({ ...nothing, outbox: [errand({ id: ids.next('ob') })] }), 'done')
  })
})
