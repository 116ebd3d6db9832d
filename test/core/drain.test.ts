import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { LIMITS } from '../../src/core/base/limits.ts'
import type { InstanceRef } from '../../src/core/run/flow.ts'
import { call, write } from '../../src/core/run/handler.ts'
import type { Tx } from '../../src/integrations/postgres/store.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { migrated, openDesk } from './desk.ts'
import { openStage, type Stage } from './stage.ts'

const FOUND = { type: 'FOUND', options: [], sure: false }
const anything = z.unknown()

describe('what the outbox holds', function () {
  this.timeout(30_000)
  let database: TestDatabase
  let stage: Stage

  before(async () => {
    database = await freshDatabase(migrated)
  })
  beforeEach(() => {
    stage = openStage(database.url)
  })
  afterEach(() => stage.close())
  after(() => database.drop())

  it('is done: its answer is applied, and it is gone', async () => {
    const told: unknown[] = []
    const one = stage.open(
      call('bulk', anything, async (params, errand) => {
        told.push([params, errand.about?.id])
        return FOUND
      }),
    )
    const booked = await one.begun()
    const { id } = await one.entryOf(booked)
    assert.equal(await one.all(), 1)
    assert.deepEqual(told, [
      [{ of: 'places', text: null, owner: booked.owner, line: 'ride', given: [] }, booked.id],
    ])
    assert.deepEqual(await one.stateOf(booked), [2, 'asking'])
    assert.equal(await one.entryOf(booked), undefined)
    assert.equal((await one.store.journal(booked)).at(-1)?.cause, id)
    assert.deepEqual(one.said, ['info done'])
    assert.deepEqual(
      await one.db('outbox').pluck('type'),
      ['show'],
      'the next question, to whoever was promised it',
    )
  })

  it('counts a try before it is made, so that a crash uses one up', async () => {
    let during: unknown
    const one = stage.open(
      call('bulk', anything, async (_, { about }) => {
        const row = await one.db('outbox').where({ about: about?.id }).first()
        during = [row.attempts, row.lease]
        throw new Error('crashed')
      }),
    )
    await one.begun()
    await one.all()
    assert.deepEqual(during, [1, 1])
  })

  it('that fails is tried again ever later, and put aside in the end', async () => {
    const one = stage.open(
      call('bulk', anything, async () => {
        throw new Error('provider is away')
      }),
    )
    const booked = await one.begun()
    const waits: number[] = []
    for (let tries = 1; tries < LIMITS.outboxAttempts; tries += 1) {
      assert.equal(await one.all(), 1, `try ${tries}`)
      const { due_at, dead_at, last_error, attempts } = await one.entryOf(booked)
      assert.deepEqual([attempts, dead_at, last_error], [tries, null, 'provider is away'])
      waits.push(Math.round((due_at - one.clock.now()) / 1_000))
      one.clock.advance(due_at - one.clock.now())
    }
    assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 64])
    assert.equal(await one.all(), 1)
    assert.ok((await one.entryOf(booked)).dead_at > 0)
    const again = Array(LIMITS.outboxAttempts - 1).fill('warn outbox_again')
    assert.deepEqual(one.said, [...again, 'error outbox_dead'])
    one.clock.advance(10 ** 9)
    assert.equal(await one.all(), 0)
    assert.deepEqual(await one.stateOf(booked), [1, 'looking'])
  })

  it('that nobody can carry out is said so, and kept', async () => {
    const one = stage.open(null)
    const booked = await one.begun()
    await one.all()
    assert.equal((await one.entryOf(booked)).last_error, 'nobody carries out lookUp')
  })

  it('is kept while it takes longer than its lease, as long as its worker says so', async () => {
    let tries = 0
    let wake = () => {}
    const one = stage.open(
      call('bulk', anything, async () => {
        tries += 1
        await new Promise<void>((resolve) => (wake = resolve))
        return FOUND
      }),
    )
    await one.begun()
    const slow = one.all()
    while (tries === 0) await sleep(5)
    for (let n = 0; n < 3; n += 1) {
      one.clock.advance(LIMITS.leaseMs / 2)
      await one.drain.renew()
      assert.equal(await one.all(), 0)
    }
    wake()
    await slow
    one.clock.advance(LIMITS.leaseMs)
    await one.drain.renew()
    assert.equal(tries, 1)
  })

  it('that kills whoever tries is put aside in the end', async () => {
    let tries = 0
    const one = stage.open(
      call('bulk', anything, async () => {
        tries += 1
        return undefined
      }),
    )
    const booked = await one.begun()
    const { id } = await one.entryOf(booked)
    for (let n = 0; n < LIMITS.outboxDeaths; n += 1) {
      const now = one.clock.now()
      assert.equal((await one.store.claim({ ids: [id], now, limit: 1, leaseMs: LIMITS.leaseMs })).length, 1)
      one.clock.advance(LIMITS.leaseMs)
    }
    assert.equal(await one.all(), 1)
    assert.equal(tries, 0)
    const { dead_at, last_error } = await one.entryOf(booked)
    assert.deepEqual([dead_at > 0, last_error], [true, 'every worker that tried died of it'])
    assert.deepEqual(one.said, ['error outbox_dead'])
  })

  it('is done once when a sleeper wakes too late', async () => {
    let wake = () => {}
    let tries = 0
    const one = stage.open(
      call('bulk', anything, async () => {
        tries += 1
        if (tries === 1) await new Promise<void>((resolve) => (wake = resolve))
        return FOUND
      }),
    )
    const booked = await one.begun()
    const sleeper = one.all()
    while (tries === 0) await sleep(5)
    one.clock.advance(LIMITS.leaseMs)
    assert.equal(await one.all(), 1)
    wake()
    await sleeper
    assert.equal(tries, 2)
    assert.deepEqual(await one.stateOf(booked), [2, 'asking'])
    assert.equal((await one.store.journal(booked)).length, 2)
    assert.equal(one.said.includes('warn outbox_again'), false)
  })

  it('of our own rows is written with its answer, or not at all', async () => {
    let fails = true
    const one = stage.open(
      write('bulk', anything, async (_, { about }, tx: Tx, draft) => {
        assert.ok(about)
        draft.errand('say', { by: 'write' }, about, 0)
        assert.equal((await tx.instance(about))?.state, 'looking')
        if (fails) throw new Error('half-way')
        return FOUND
      }),
    )
    const booked = await one.begun()
    await one.all()
    assert.deepEqual(await one.stateOf(booked), [1, 'looking'])
    assert.deepEqual(await one.db('outbox').pluck('type'), ['lookUp'])
    fails = false
    one.clock.advance(LIMITS.leaseMs)
    await one.all()
    assert.deepEqual(await one.stateOf(booked), [2, 'asking'])
    assert.deepEqual(await one.db('outbox').orderBy('type').pluck('type'), ['say', 'show'])
  })

  describe('about what another moves meanwhile', () => {
    /** Answers, but not before somebody else was faster, the first time. */
    const outrun = () => {
      const made = { tries: 0 }
      const answer = async (about: InstanceRef | null) => {
        made.tries += 1
        assert.ok(about)
        if (made.tries > 1) return FOUND
        const other = openDesk(database.url)
        await other.run.send(about, { type: 'BACK' }, 'faster')
        await other.db.destroy()
        return FOUND
      }
      return { made, answer }
    }

    it('asks the world once, and applies the answer to what there is now', async () => {
      const { made, answer } = outrun()
      const one = stage.open(call('bulk', anything, (_, { about }) => answer(about)))
      const booked = await one.begun()
      await one.all()
      assert.deepEqual(
        [made.tries, await one.stateOf(booked), await one.entryOf(booked)],
        [1, [3, 'asking'], undefined],
      )
    })

    it('writes our own rows anew', async () => {
      const { made, answer } = outrun()
      const one = stage.open(
        write('bulk', anything, async (_, { about }, _tx: Tx, draft) => {
          if (about) await draft.get(about)
          return answer(about)
        }),
      )
      const booked = await one.begun()
      await one.all()
      assert.deepEqual(
        [made.tries, await one.stateOf(booked), await one.entryOf(booked)],
        [2, [3, 'asking'], undefined],
      )
      assert.deepEqual(one.said, ['info done'])
    })
  })

  it('is woken for by name, and only so many at once', async () => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    let taken = 0
    const one = stage.open(
      call('bulk', anything, async () => {
        taken += 1
        await gate
        return undefined
      }),
    )
    const left = 20
    for (let n = 0; n < LIMITS.wokenInHand + left; n += 1) await one.begun()
    const ids = await one.db('outbox').pluck('id')
    const woken = ids.map((id) => one.drain.woken('bulk', [id]))
    while (taken < LIMITS.wokenInHand) await sleep(5)
    assert.equal((await one.db('outbox').where({ attempts: 0 })).length, left)
    release()
    await Promise.all(woken)
    assert.equal(taken, LIMITS.wokenInHand)
    await one.drain.woken('bulk', ids.slice(-1))
    assert.equal((await one.db('outbox')).length, left - 1)
  })
})
