import assert from 'node:assert/strict'
import type { Refit } from '../../src/build.ts'
import { createHolders } from '../../src/integrations/postgres/holders.ts'
import { ids } from '../core/desk.ts'
import { sized } from '../support/size.ts'
import { audit, truthOf, until } from './audit.ts'
import { FARE, openTown, payerOf, type Ride, type Town } from './town.ts'

const RIDES = sized(20, 100, 20)
const HOUR_MS = 3_600_000
const FLOAT = 1_000_000

const statesOf = async ({ db }: Town, flow: string): Promise<readonly string[]> =>
  (await db('instances').where({ flow }).pluck('state')).map(String)

const are = (town: Town, flow: string, state: string, count: number) =>
  until(
    `${count} ${flow}s are ${state}`,
    async () => (await statesOf(town, flow)).filter((one) => one === state).length === count,
    30_000,
  )

/** Paid rides whose payers' numbers are somebody else's before they are cancelled, and earnings on their way. */
async function cancelled(refit: Refit = {}) {
  const town = await openTown()
  try {
    await town.plan('mtn', { msisdn: '*', outcome: 'approve', delayMs: 0 })
    await town.fill(FLOAT)
    const rides: Ride[] = []
    for (let n = 100; n < 100 + RIDES; n += 1) rides.push(await town.ride(payerOf('mtn', n), n))
    const holders = createHolders(town.db)
    await earned(town, holders)
    await town.house(refit)
    await are(town, 'payment', 'settled', RIDES)
    for (const { phone } of rides) await holders.pass(phone, town.clock.now(), 'Alice U.')
    await Promise.all(rides.map((ride) => town.cancel(ride)))
    return { town, moved: async () => (await truthOf(town)).filter(({ kind }) => kind !== 'collect').length }
  } catch (error) {
    await town.stop()
    throw error
  }
}

/** A payout that is opened, and whose payee's number passes before anybody sends it. */
async function earned(town: Town, holders: ReturnType<typeof createHolders>): Promise<void> {
  const [id, owner] = [ids.next('po'), payerOf('mtn', 900)]
  const { clock, db } = town
  const row = {
    kind: 'earned',
    source: 'bk_x',
    debit: 'unearned',
    credit: 'driver:dr_x',
    amount_minor: 9_000,
  }
  await db('postings').insert({ ...row, currency: 'RWF', at: clock.now() })
  const order = { account: 'driver:dr_x', owner, provider: 'mtn', reference: ids.reference(), money: FARE }
  const held = { ...order, period: '2026-W47', startedAt: clock.now() }
  await town.open({ flow: 'payout', id }, owner, id, held)
  clock.advance(1)
  await holders.pass(owner, clock.now(), 'Alice U.')
}

describe('money of whoever had a number before', function () {
  this.timeout(120_000)

  it('goes to nobody else: what is due to them waits for a person', async () => {
    const { town, moved } = await cancelled()
    try {
      await are(town, 'payout', 'refused', 1)
      await until(
        'all are tried',
        async () => (await statesOf(town, 'payment')).every((state) => state !== 'settled'),
        30_000,
      )
      for (let hours = 0; hours < 80; hours += 8) await town.pass(8 * HOUR_MS)
      await are(town, 'payment', 'owed', RIDES)
      assert.equal(await moved(), 0)
      assert.deepEqual(await audit(town), {})
    } finally {
      await town.stop()
    }
  })

  it('is found out where it goes to whoever has the number', async () => {
    const { town, moved } = await cancelled({ store: (store) => ({ ...store, isTheirs: async () => true }) })
    try {
      await until('money went', async () => (await moved()) >= RIDES, 30_000)
    } finally {
      await town.stop()
    }
  })
})
