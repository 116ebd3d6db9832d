import { z } from 'zod'
import { buildInzira, type Refit } from '../src/build.ts'
import { systemClock } from '../src/core/base/clock.ts'
import { readConfig } from '../src/core/base/config.ts'
import { silent } from '../src/core/base/log.ts'
import { LANES } from '../src/core/run/work.ts'
import { connectPostgres, type Db } from '../src/integrations/postgres/connect.ts'
import { freePort } from '../src/integrations/process.ts'
import { createWaker } from '../src/integrations/queue/index.ts'
import { openPlain } from './money-plain.ts'
import { createRides } from './money-rides.ts'
import { calls, startWallet } from './money-wallet.ts'
import type { Rig } from './rig.ts'

/** Payments under way at once. */
export const IN_FLIGHT = 50
/** Of both, before anything is measured. */
const WARM_UP = 200

type Rate = () => Promise<number>
export type Payments = {
  readonly ours: Rate
  readonly bare: Rate
  /** Inserts that a bare payment makes. */
  readonly rowsEach: number
  stop(): Promise<void>
}

/**
 * So many payments, from the customer's yes to PAID on the booking, over the simulated wallet of MTN in a process of
 * its own; and the least that anybody does for the same: the request, the callback, the question after it, and as
 * many inserts, each committed, as our engine leaves rows of journal and ledger behind.
 */
export async function openPayments(rig: Rig, count: number): Promise<Payments> {
  const url = await rig.database('payments')
  const db = connectPostgres(url, silent)
  const [house, plain] = await Promise.all([openHouse(rig, url, db), openPlain(db)])
  const { rowsEach } = await house.pay(WARM_UP)
  await rateOf(WARM_UP, () => plain.pay(rowsEach))
  return {
    rowsEach,
    ours: async () => (await house.pay(count)).perSecond,
    bare: () => rateOf(count, () => plain.pay(rowsEach)),
    async stop() {
      await Promise.all([house.stop(), plain.stop()])
      await db.destroy()
    },
  }
}

/** Hands that do it so often together. @returns how often in a second */
async function rateOf(count: number, one: (n: number) => Promise<unknown>): Promise<number> {
  let begun = 0
  const began = performance.now()
  const hand = async () => {
    while (begun < count) {
      begun += 1
      await one(begun - 1)
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, hand))
  return (count / (performance.now() - began)) * 1_000
}

async function openHouse(rig: Rig, databaseUrl: string, db: Db) {
  const [port, simPort] = await Promise.all([freePort(), freePort()])
  const publicUrl = `http://127.0.0.1:${port}`
  const wallet = await startWallet(simPort, publicUrl)
  const settings = { PORT: String(port), INTERNAL_PORT: '0', SIM_PORT: String(simPort), HOOK_SECRET: 'dev' }
  const config = readConfig({ ...settings, NODE_ENV: 'test', PAYMENTS: 'mtn', MTN_STATUS_RPS: '100000' })
  const paid = calls()
  const watching: Refit = {
    store: (own) => ({
      ...own,
      async commit(work) {
        const committed = await own.commit(work)
        for (const { next } of work.instances)
          if (committed === 'done' && next.flow === 'booking' && next.state === 'booked') paid.come(next.id)
        return committed
      },
    }),
  }
  const around = { databaseUrl, redisUrl: rig.redisUrl, publicUrl, clock: systemClock, log: silent }
  const house = await buildInzira(config, around, watching)
  await house.start()
  const waker = createWaker({ redisUrl: rig.redisUrl, lanes: LANES, log: silent })
  const rides = createRides(db)
  return {
    /** What a payment leaves behind is counted from the yes on. */
    async pay(count: number): Promise<{ perSecond: number; rowsEach: number }> {
      const opened = await rides.more(count)
      const before = await rowsOf(db)
      const perSecond = await rateOf(count, async (n) => {
        const ride = opened[n]
        if (!ride) return
        const done = paid.of(ride.booking)
        await rides.start(ride)
        await waker.wake('payment', [ride.errand.id])
        await done
      })
      return { perSecond, rowsEach: Math.round(((await rowsOf(db)) - before) / count) }
    },
    async stop() {
      await waker.close()
      await house.stop()
      wallet.kill()
    },
  }
}

const counted = z.object({ rows: z.array(z.object({ count: z.coerce.number() })) })
const rowsOf = async (db: Db): Promise<number> =>
  counted.parse(
    await db.raw('select (select count(*) from journal) + (select count(*) from postings) as count'),
  ).rows[0]?.count ?? 0
