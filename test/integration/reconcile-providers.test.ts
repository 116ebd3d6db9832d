import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { silent } from '../../src/core/base/log.ts'
import type { Reconciliation } from '../../src/core/pay/reconciliation.ts'
import { dayAfter } from '../../src/core/pay/statement.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createFiled } from '../../src/integrations/postgres/filed.ts'
import { createReconciliation } from '../../src/integrations/postgres/reconcile.ts'
import { migrated } from '../core/desk.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { COUNTERS, type Counter, type Moved, openCounter } from './counters.ts'

const LIMIT = 100
/** In the smallest unit, and of a kind that every provider moves. */
const SUMS = [600_000, 900_000, 400_000, 410_000, 500_000, 430_000, 440_000, 450_000, 460_000]
const PART = 250_000
/** What a file cannot have wrong, for it has no such column. */
const WITHOUT: Readonly<Record<string, readonly string[]>> = { mpesa: ['currency', 'fee'] }

for (const name of COUNTERS)
  describe(`a day of ${name}`, function () {
    this.timeout(60_000)
    let counter: Counter
    let database: TestDatabase
    let db: Db
    let books: Reconciliation
    let at = 1_000

    beforeEach(async () => {
      database = await freshDatabase(migrated)
      db = connectPostgres(database.url, silent)
      counter = await openCounter(name, createFiled(db))
      books = createReconciliation(db)
    })
    afterEach(async () => {
      await db.destroy()
      await database.drop()
      await counter.stop()
    })

    async function* bytesOf(text: string) {
      yield Buffer.from(text)
    }
    const run = async (day = counter.day) => {
      const bytes = bytesOf(await counter.statement(day))
      return books.run({ format: counter.format, day, bytes }, ++at)
    }
    const open = async () =>
      (await books.open(LIMIT)).map(({ found, kind, reference }) => [found, kind, reference].join(' ')).sort()

    /** Collections, of which the first is given back and of the second a part, and a payout where there are any. */
    async function business(): Promise<Moved[]> {
      const moved: Moved[] = []
      for (const sum of SUMS) moved.push(await counter.collect(sum))
      const [whole, part] = moved
      assert.ok(whole && part)
      moved.push(await counter.refund(whole, whole.money.amountMinor), await counter.refund(part, PART))
      return counter.paysOut ? [...moved, await counter.payOut(700_000)] : moved
    }
    async function bookAll(moved: readonly Moved[]): Promise<void> {
      for (const one of moved) await counter.book(db, one)
    }
    const nth = (moved: readonly Moved[], n: number): string => moved[n]?.name ?? assert.fail()

    it('agrees with our books', async () => {
      const moved = await business()
      await bookAll(moved)
      const counts = { matched: moved.length }
      const agreed = { isNew: true, rows: moved.length, counts, opened: 0, closed: 0, hints: [] }
      assert.deepEqual(await run(), agreed)
      assert.deepEqual(await open(), [])
      await counter.tomorrow()
      assert.deepEqual((await run(dayAfter(counter.day, 1))).counts, {})
    })

    it('has every planted error found, and nothing else', async () => {
      const moved = await business()
      await bookAll(moved)
      const faults = ['drop', 'duplicate', 'amount', 'fee', 'garble', 'late', 'currency'] as const
      const planted = Object.fromEntries(faults.map((fault, n) => [fault, nth(moved, n + 2)]))
      const foreign = 'a1b2c3d4e5f6'
      await counter.plant({ ...planted, foreign })
      const hasFee = counter.format.feeOf('collection', { amountMinor: 1, currency: 'RWF' }) !== null
      const unseen = faults.filter((fault) => WITHOUT[name]?.includes(fault) || (fault === 'fee' && !hasFee))
      const seen = (['amount', 'currency', 'duplicate', 'fee'] as const).filter(
        (one) => !unseen.includes(one),
      )
      const { counts } = await run()
      // What is doubled agrees once.
      const matched = moved.length - faults.length + unseen.length + 1
      const common = { malformed: 1, missing_ours: 1, timing: 3, matched }
      assert.deepEqual(counts, { ...common, ...Object.fromEntries(seen.map((one) => [one, 1])) })
      const expected = [
        ...seen.map((one) => `${one} collection ${planted[one]}`),
        ...['malformed  ', `missing_ours collection ${foreign}`],
      ]
      assert.deepEqual(await open(), expected.sort())
      await counter.tomorrow()
      assert.deepEqual((await run(dayAfter(counter.day, 1))).counts, { matched: 1, missing_theirs: 2 })
      const missing = [planted.drop, planted.garble].map((one) => `missing_theirs collection ${one}`)
      assert.deepEqual(await open(), [...expected, ...missing].sort())
    })

    it('names what we do not know to have moved, which then proves true, and comes right', async () => {
      const [unheard, known] = [await counter.collect(600_000), await counter.collect(900_000)]
      await counter.book(db, known)
      await counter.remember(db, { ...unheard.payment, transaction: null }, 'unresolved')
      const back = await counter.refund(known, known.money.amountMinor)
      await counter.remember(db, back.payment, 'returning')
      const { counts, hints } = await run()
      assert.deepEqual(counts, { matched: 1, missing_ours: 2 })
      assert.deepEqual(hints, [unheard.reference, known.reference].sort())
      assert.equal((await counter.inspect(back)).status, 'settled')
      for (const one of [unheard, back]) await counter.book(db, one)
      assert.deepEqual((await run()).closed, 2)
      assert.deepEqual(await open(), [])
    })

    it('finds what its own day did not have on a later one', async () => {
      const moved = await business()
      await bookAll(moved)
      const late = [nth(moved, 2), ...(counter.paysOut ? [nth(moved, moved.length - 1)] : [])]
      await counter.plant({ drop: late })
      const [next, third] = [dayAfter(counter.day, 1), dayAfter(counter.day, 2)]
      await run()
      assert.equal((await run(next)).opened, late.length)
      await counter.plant({ late })
      // Its file comes late, too: the same file of the next day, with what it should have had.
      assert.deepEqual((await run(next)).counts, { matched: late.length })
      assert.deepEqual(await open(), [])
      assert.deepEqual((await run(third)).counts, {})
    })
  })

describe('what M-Pesa gave, which its statement alone tells', function () {
  this.timeout(60_000)
  let database: TestDatabase
  let db: Db
  let counter: Counter
  before(async () => {
    database = await freshDatabase(migrated)
    db = connectPostgres(database.url, silent)
    counter = await openCounter('mpesa', createFiled(db))
  })
  after(async () => {
    await counter.stop()
    await db.destroy()
    await database.drop()
  })

  it('is unknown until it is on one, to the shilling', async () => {
    const books = createReconciliation(db)
    const run = async (day: string) => {
      const bytes = Readable.from([Buffer.from(await counter.statement(day))])
      return books.run({ format: counter.format, day, bytes }, 1)
    }
    const paid = [
      await counter.collect(500_000),
      await counter.collect(500_000),
      await counter.collect(500_000),
    ]
    const [whole, part, short] = paid
    assert.ok(whole && part && short)
    const given = [
      await counter.refund(whole, 500_000),
      await counter.refund(part, 200_000),
      await counter.payOut(700_000),
    ]
    const wrong = await counter.refund(short, 500_000)
    const said = async () =>
      (await Promise.all([...given, wrong].map(counter.inspect))).map((one) => one.status)
    assert.deepEqual(await said(), ['pending', 'pending', 'pending', 'pending'])
    await counter.plant({ amount: wrong.name })
    await run(counter.day)
    assert.deepEqual(await said(), ['settled', 'settled', 'settled', 'pending'])
  })
})
