import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Refit } from '../../src/build.ts'
import type { PaymentProvider, PaymentUpdate } from '../../src/core/pay/provider.ts'
import { Refused } from '../../src/core/run/store.ts'
import { verify } from '../../src/integrations/postgres/verify.ts'
import { type Desk, ids, migrated, nothing, openDesk } from '../core/desk.ts'
import { payment } from '../core/full.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { paymentsOf, until } from './audit.ts'
import { FARE, openTown, payerOf, type Town } from './town.ts'

const SAME = '363440463'
/** Less than a rider may take to come. */
const HOURS = 2
const same = async (update: Promise<PaymentUpdate>): Promise<PaymentUpdate> => {
  const said = await update
  return said.status === 'settled' ? { ...said, transaction: SAME } : said
}
/** A provider that tells one transaction for whatever it is asked. */
const mixedUp = (wallet: PaymentProvider): PaymentProvider => ({
  ...wallet,
  collect: (order) => same(wallet.collect(order)),
  inspect: (order) => same(wallet.inspect(order)),
})

/** Its books take whatever they are given. */
const credulous: Refit = {
  payment: mixedUp,
  store: (own) => ({
    ...own,
    commit: (work) =>
      own.commit({ ...work, postings: work.postings.map(({ external: _, ...posting }) => posting) }),
  }),
}

/** Two riders are paid for, and the provider tells one transaction for both. */
async function twoPaid(town: Town, refit: Refit): Promise<void> {
  for (const n of [101, 103]) {
    const phone = payerOf('mtn', n)
    await town.plan('mtn', { msisdn: phone, on: 'collect', outcome: 'approve', delayMs: 1_000 })
    await town.ride(phone, n)
  }
  await town.house(refit)
  const states = async () => (await paymentsOf(town)).map(({ state }) => state)
  await until('both are asked for', async () => (await states()).length === 2)
  await until(
    'both have come to rest',
    async () => {
      await town.pass(2_000)
      return (await states()).every((state) => state === 'settled' || state === 'unresolved')
    },
    20_000,
  )
}
const atProvider = async ({ db }: Town) => {
  const [row] = await db('ledger').where({ account: 'provider:mtn' }).sum('amount_minor as n')
  return Number(row?.n)
}
const brokenIn = async ({ db, clock }: Town) =>
  (await verify(db, clock.now())).filter(({ broken }) => broken > 0).map(({ rule }) => rule)

describe('one transaction of a provider, told for two payments', function () {
  this.timeout(60_000)
  let town: Town
  beforeEach(async () => {
    town = await openTown()
  })
  afterEach(() => town.stop())

  it('is booked once; the other payment waits for a person, and so does the errand that told it', async () => {
    await twoPaid(town, { payment: mixedUp })
    const states = async () => (await paymentsOf(town)).map(({ state }) => state).sort()
    const aside = async () => town.db('outbox').whereNotNull('dead_at')
    await until('the errand is put aside', async () => (await aside()).length > 0)
    assert.match((await aside())[0]?.last_error, /booked before, for somebody else: .*mtn:363440463/)
    // Time alone makes no second errand and books nothing.
    for (let hour = 0; hour < HOURS; hour += 1) {
      await town.pass(3_600_000)
      await sleep(300)
    }
    assert.deepEqual([await states(), (await aside()).length], [['settled', 'unresolved'], 1])
    assert.equal(await atProvider(town), FARE.amountMinor)
    const unsure = town.db('instances').where({ flow: 'booking' }).whereRaw(`(context->>'unsure')::boolean`)
    assert.equal((await unsure).length, 1)
    const broken = await brokenIn(town)
    assert.ok(!broken.includes('no payment of a provider counts twice'))
    assert.ok(broken.includes('no errand of money or bookings is given up'))
  })

  it('finds out the books that take both', async () => {
    await twoPaid(town, credulous)
    assert.equal(await atProvider(town), 2 * FARE.amountMinor)
    assert.ok((await brokenIn(town)).includes('no payment of a provider counts twice'))
  })
})

describe('a turn that the books refuse', function () {
  this.timeout(30_000)
  let database: TestDatabase
  let desk: Desk
  before(async () => {
    database = await freshDatabase(migrated)
    desk = openDesk(database.url)
  })
  after(async () => {
    await desk.db.destroy()
    await database.drop()
  })
  const commit = (external?: string) =>
    desk.store.commit({
      ...nothing,
      postings: [payment(ids.next('py'), external === undefined ? {} : { external })],
    })

  it('is nobody else’s: who travelled in the same statement is written', async () => {
    const all = await Promise.allSettled([
      ...['mtn:1', 'mtn:1', 'mtn:2', 'airtel:1'].map(commit),
      ...[commit(), commit()],
    ])
    const refusals = all.filter((one) => one.status === 'rejected')
    assert.equal(refusals.length, 1)
    assert.ok(refusals[0]?.reason instanceof Refused)
    assert.equal((await desk.db('postings')).length, 5)
  })

  it('within a transaction rolls it back', async () => {
    const count = async () => (await desk.db('postings')).length
    const before = await count()
    await assert.rejects(
      desk.store.transact(async (tx) => {
        await tx.commit({ ...nothing, postings: [payment(ids.next('py'))] })
        await tx.commit({ ...nothing, postings: [payment(ids.next('py'), { external: 'mtn:1' })] })
      }),
      Refused,
    )
    assert.equal(await count(), before)
  })
})
