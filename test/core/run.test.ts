import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { LIMITS } from '../../src/core/base/limits.ts'
import { Problem } from '../../src/core/base/problem.ts'
import { Drain } from '../../src/core/run/drain.ts'
import { ask } from '../../src/core/run/handler.ts'
import { Run } from '../../src/core/run/run.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { instanceOf, migrated } from './desk.ts'
import { openStage, type Stage } from './stage.ts'

const FOUND = { type: 'FOUND', options: [], sure: false }
const anything = z.unknown()
const HOUR_MS = 3_600_000
const isProblem = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

describe('the engine', function () {
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

  it('tells of what changed, after a commit only', async () => {
    const told: unknown[] = []
    const one = stage.open(
      ask('bulk', anything, async () => FOUND),
      (changed, outbox) => told.push([changed.map(({ seq, state }) => [seq, state]), outbox.length]),
    )
    const booked = await one.begun()
    const draft = one.run.draft()
    await draft.get(booked)
    assert.equal(await one.run.commit(draft.work()), 'done')
    assert.deepEqual(told.splice(0), [[[], 0]], 'looking changes nothing')
    const stale = one.run.draft()
    await stale.apply(booked, { type: 'BACK' }, 'stale', 1)
    await one.run.send(booked, FOUND, 'here')
    assert.equal(await one.run.commit(stale.work()), 'stale')
    assert.deepEqual(told, [[[[2, 'asking']], 1]], 'and the question is shown')
  })

  it('answers a question within the turn, when there is time', async () => {
    for (const [ms, state, left] of [
      [0, 'asking', []],
      [200, 'looking', ['lookUp']],
    ] as const) {
      const one = stage.open(ask('bulk', anything, async () => sleep(ms, FOUND)))
      const booked = await one.begun()
      const draft = one.run.draft()
      await draft.apply(booked, FOUND, 'places', 1)
      // A place nobody knows: it is looked up anew, in this very turn.
      await draft.apply(booked, { type: 'ANSWER', value: 'Kwa Rubangura' }, 'typed', 2)
      await one.run.settle(draft, one.clock.now() + 100)
      assert.equal((await draft.get(booked))?.state, state)
      const asked = draft.outbox.map(({ type }) => type).filter((type) => type !== 'show')
      assert.deepEqual(asked, left)
    }
  })

  it('lets a deadline pass once, whoever looks', async () => {
    const [one, two] = [stage.open(null), stage.open(null)]
    const booked = await one.begun()
    assert.equal(await one.drain.deadlines(), 0)
    const { deadlineAt } = await instanceOf(one, booked)
    assert.ok(deadlineAt)
    for (const { clock } of [one, two]) clock.advance(deadlineAt - clock.now() + 1_000)
    await Promise.all([one.drain.deadlines(), two.drain.deadlines()])
    const causes = (await one.store.journal(booked)).map(({ cause }) => cause)
    assert.deepEqual(causes, ['first', 'deadline:1'])
    assert.deepEqual(await two.stateOf(booked), [2, 'lapsed'])
    assert.deepEqual([await one.drain.deadlines(), await two.drain.deadlines()], [0, 0])
    assert.deepEqual([...one.said, ...two.said], [])
  })

  it('lets no deadline pass on what moved since it was looked for', async () => {
    const one = stage.open(null)
    const booked = await one.begun()
    one.clock.advance(HOUR_MS)
    const store = {
      ...one.store,
      async overdue(now: number, limit: number) {
        const found = await one.store.overdue(now, limit)
        await one.run.send(booked, FOUND, 'just now')
        return found
      },
    }
    const late = new Drain(new Run({ ...one.run.parts, store }))
    assert.equal(await late.deadlines(), 1)
    assert.deepEqual(await one.stateOf(booked), [2, 'asking'])
  })

  it('gives up a turn that is always stale, and knows nothing of what is not there', async () => {
    let tries = 0
    const { run } = stage.open(null)
    const turn = run.again(async () => {
      tries += 1
      return 'stale'
    })
    await assert.rejects(turn, isProblem('conflict'))
    assert.equal(tries, LIMITS.staleRetries)
    const sent = run.send({ flow: 'booking', id: 'bk_never' }, { type: 'BACK' }, 'x')
    await assert.rejects(sent, isProblem('not_found'))
  })
})
