import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../src/core/base/clock.ts'
import { LIMITS } from '../../src/core/base/limits.ts'
import { type Log, silent } from '../../src/core/base/log.ts'
import { LANES } from '../../src/core/run/work.ts'
import { kigaliRiders } from '../../src/demo/riders.ts'
import { seedDemo } from '../../src/demo/seed.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createDrivers } from '../../src/integrations/postgres/field.ts'
import { startWorker, type WorkerParts } from '../../src/worker.ts'
import { migrated } from '../core/desk.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'

const DAY_MS = 24 * 3_600_000

async function seeded(url: string): Promise<void> {
  await migrated(url)
  const db = connectPostgres(url, silent)
  await seedDemo(db, Date.now()).finally(() => db.destroy())
}

describe('the worker', function () {
  this.timeout(30_000)
  let database: TestDatabase
  let db: Db
  let workers: ReturnType<typeof startWorker>[] = []

  before(async () => {
    database = await freshDatabase(seeded)
    db = connectPostgres(database.url, silent)
  })
  after(async () => {
    await db.destroy()
    await database.drop()
  })
  afterEach(async () => {
    for (const worker of workers) await worker.stop()
    workers = []
  })

  function start(parts: Partial<Omit<WorkerParts, 'drain'>> & { drain?: Partial<WorkerParts['drain']> }) {
    const idle = {
      drain: async () => 0,
      woken: async () => {},
      renew: async () => {},
      release: async () => {},
      deadlines: async () => 0,
    }
    const drain = { ...idle, ...parts.drain }
    const worker = startWorker({
      drivers: createDrivers(db),
      licence: async () => 'unavailable',
      keepBooks: async () => false,
      reap: async () => {},
      clock: systemClock,
      log: silent,
      ...parts,
      drain,
    })
    workers.push(worker)
    return worker
  }
  async function until(done: () => boolean, withinMs = 3_000): Promise<void> {
    const end = Date.now() + withinMs
    while (!done()) {
      assert.ok(Date.now() < end, 'not in time')
      await sleep(5)
    }
  }

  it('stops after the rounds it is in, and begins no other', async () => {
    const counts = { begun: 0, ended: 0 }
    const round = async () => {
      counts.begun += 1
      await sleep(150)
      counts.ended += 1
      return LIMITS.claimBatch
    }
    const worker = start({ drain: { drain: round } })
    await until(() => counts.begun === LANES.length)
    await worker.stop()
    assert.deepEqual(counts, { begun: LANES.length, ended: LANES.length })
    await sleep(50)
    assert.equal(counts.begun, LANES.length)
  })

  it('stops at once between two rounds', async () => {
    let rounds = 0
    const worker = start({
      drain: {
        drain: async () => {
          rounds += 1
          return 0
        },
      },
    })
    await until(() => rounds === LANES.length)
    await sleep(20)
    const startedAt = Date.now()
    await worker.stop()
    assert.ok(Date.now() - startedAt < LIMITS.sweepMs / 2)
  })

  it('sweeps every lane, at once again while there is more, else a while later', async () => {
    const lanes: string[] = []
    const drain = async ({ lane }: { lane: string }) => {
      lanes.push(lane)
      return lane === 'payment' && lanes.filter((one) => one === lane).length < 4 ? LIMITS.claimBatch : 0
    }
    const startedAt = Date.now()
    start({ drain: { drain } })
    await until(() => lanes.length === LANES.length + 3)
    assert.deepEqual([...new Set(lanes)].sort(), [...LANES].sort())
    assert.equal(lanes.filter((lane) => lane === 'payment').length, 4)
    assert.ok(Date.now() - startedAt < LIMITS.sweepMs)
    await until(() => lanes.length > LANES.length + 3)
    assert.ok(Date.now() - startedAt >= LIMITS.sweepMs - 50)
  })

  it('goes on after a round that fails, and says so', async () => {
    const said: string[] = []
    const log: Log = { ...silent, warn: ({ error }, event) => said.push(`${event} ${error}`) }
    let rounds = 0
    const deadlines = async () => {
      rounds += 1
      if (rounds === 1) throw new Error('database is away')
      return 0
    }
    start({ drain: { deadlines }, log })
    await until(() => rounds === 2)
    assert.deepEqual(said, ['round_failed Error: database is away'])
  })

  it('does what it is woken for, by name, and survives its failing', async () => {
    const woken: unknown[] = []
    const said: string[] = []
    const worker = start({
      drain: {
        woken: async (lane, ids) => {
          woken.push([lane, ids])
          if (lane === 'bulk') throw new Error('no')
        },
      },
      log: { ...silent, warn: (_, event) => said.push(event) },
    })
    await worker.wake('payment', ['ob_1', 'ob_2'])
    await worker.wake('bulk', ['ob_3'])
    assert.deepEqual(woken, [
      ['payment', ['ob_1', 'ob_2']],
      ['bulk', ['ob_3']],
    ])
    assert.deepEqual(said, ['wake_failed'])
  })

  it('clears away what nobody will ask for again, from the start', async () => {
    let reaped = 0
    start({
      reap: async () => {
        reaped += 1
      },
    })
    await until(() => reaped === 1)
  })

  describe('asks the register about riders', () => {
    const licences = kigaliRiders.map(({ licence }) => licence)
    /** A register that knows these, and does not answer about anybody else. */
    async function check(known: Readonly<Record<string, string>>, at = Date.now()): Promise<string[]> {
      const asked: string[] = []
      const licence = async (number: string) => {
        asked.push(number)
        return known[number] ?? 'unavailable'
      }
      let due = 0
      const drivers = createDrivers(db)
      const worker = start({
        licence,
        clock: { now: () => at },
        drivers: {
          ...drivers,
          licencesDue: async (before, limit) => {
            due += 1
            return drivers.licencesDue(before, limit)
          },
        },
      })
      await until(() => due > 0)
      await worker.stop()
      return asked
    }
    const standing = async (): Promise<Record<string, string>> =>
      Object.fromEntries((await db('drivers')).map((row) => [row.licence, row.licence_status]))
    const all = (status: string) => Object.fromEntries(licences.map((licence) => [licence, status]))
    before(() => db('drivers').whereNot('line', 'ride').delete())
    beforeEach(() => db('drivers').update({ licence_status: 'unknown', licence_checked_at: 0 }))

    it('and keeps what it says of each', async () => {
      const said = { ...all('valid'), [licences[3] ?? '']: 'expired', [licences[7] ?? '']: 'suspended' }
      assert.deepEqual((await check(said)).sort(), [...licences].sort())
      assert.deepEqual(await standing(), said)
    })

    it('and leaves them as they are while it does not answer', async () => {
      await db('drivers').update({ licence_status: 'valid' })
      assert.ok((await check({})).length > 0)
      assert.deepEqual(await standing(), all('valid'))
      assert.deepEqual(await db('drivers').distinct('licence_checked_at').pluck('licence_checked_at'), [0])
      // It is back: all are still due.
      assert.equal((await check(all('expired'))).length, licences.length)
      assert.deepEqual(await standing(), all('expired'))
    })

    it('once a day, and no sooner', async () => {
      const now = Date.now()
      await check(all('valid'), now)
      assert.deepEqual(await check(all('expired'), now + DAY_MS), [])
      assert.deepEqual((await check(all('expired'), now + DAY_MS + 1)).length, licences.length)
      assert.deepEqual(await standing(), all('expired'))
    })
  })
})
