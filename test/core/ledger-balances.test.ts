import assert from 'node:assert/strict'
import { z } from 'zod'
import { BALANCES_OF, createLedger, keepBooks } from '../../src/integrations/postgres/ledger.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { type Desk, migrated, NOW, nothing, openDesk } from './desk.ts'
import { payment } from './full.ts'

type Node = { [key: string]: unknown; Plans?: Node[] | undefined }
const node: z.ZodType<Node> = z.looseObject({ Plans: z.array(z.lazy(() => node)).optional() })
const explained = z.tuple([z.looseObject({ Plan: node })])

/** Rows that the tables and indexes below a plan had to give, wanted or not. */
function touched(plan: Node): number {
  const of = (key: string) => Number(plan[key] ?? 0)
  const own = of('Actual Rows') + of('Rows Removed by Filter') + of('Rows Removed by Index Recheck')
  const below = (plan.Plans ?? []).reduce((sum, one) => sum + touched(one), 0)
  // What an index finds for a bitmap is read, and counted, above it.
  const reads = /Scan/.test(String(plan['Node Type'])) && plan['Node Type'] !== 'Bitmap Index Scan'
  return below + (reads ? own * of('Actual Loops') : 0)
}

describe('balances', function () {
  this.timeout(120_000)
  let database: TestDatabase
  let here: Desk
  const ledger = () => createLedger(here.db, { now: () => NOW })

  beforeEach(async () => {
    database = await freshDatabase(migrated)
    here = openDesk(database.url)
  })
  afterEach(async () => {
    await here.db.destroy()
    await database.drop()
  })

  const CHUNK = 10_000
  const LOOKS = 10
  const MOST_WRITES = 5_000
  /** Fares into one busy account, and to ten drivers, booked as any other. */
  const entries = async (from: number, to: number) => {
    for (let n = from; n < to; n += CHUNK) {
      await here.db.raw(
        `insert into postings (kind, source, debit, credit, amount_minor, currency, at)
          select 'fare', n::text, 'unearned', 'driver:d' || n % 10, 7, 'RWF', ? from generate_series(?::int, ?::int) n`,
        [NOW, n, Math.min(n + CHUNK, to) - 1],
      )
      while ((await ledger().fold(CHUNK)) > 0);
    }
  }
  const read = async (account: string) => {
    // As autovacuum does each minute: what was folded leaves dead rows behind.
    await here.db.raw('vacuum balance_tail')
    const text = BALANCES_OF.replace('$1', '?')
    const { rows } = await here.db.raw(`explain (analyze, format json) ${text}`, [account])
    const [{ Plan }] = explained.parse(rows[0]['QUERY PLAN'])
    const [balance] = await ledger().balancesOf(account)
    return { touched: touched(Plan), amount: balance?.amountMinor }
  }
  const trial = async () => {
    const rows = await here.db('balances').select('account', 'amount_minor').orderBy('account')
    return Object.fromEntries(rows.map((row) => [row.account, Number(row.amount_minor)]))
  }
  const summed = async () => {
    const rows = await here.db('ledger').select('account').sum('amount_minor as sum').groupBy('account')
    return Object.fromEntries(rows.map((row) => [row.account, Number(row.sum)]).sort())
  }

  it('are read from as few rows among 200,000 entries as among 1,000', async () => {
    await entries(0, 1_000)
    const few = [await read('unearned'), await read('driver:d3')]
    await entries(1_000, 200_000)
    const many = [await read('unearned'), await read('driver:d3')]
    assert.deepEqual(
      few.map(({ amount }) => amount),
      [7_000, -700],
    )
    assert.deepEqual(
      many.map(({ amount }) => amount),
      [1_400_000, -140_000],
    )
    for (const now of [...few, ...many]) assert.ok(now.touched <= 2, `${now.touched} rows`)
    // What was not folded yet is all that is added.
    await here.store.commit({
      ...nothing,
      postings: [payment('last', { debit: 'unearned', credit: 'earned' })],
    })
    const last = await read('unearned')
    assert.deepEqual([last.amount, last.touched <= 3], [1_401_150, true])
    assert.deepEqual(await trial(), await summed())
  })

  it('fold in time right after the table was counted as good as empty', async () => {
    await entries(0, 20_000)
    // As autovacuum may at any moment: many pages, and nothing left in them.
    await here.db.raw('analyze balance_tail')
    await entries(20_000, 40_000)
    assert.deepEqual(await trial(), await summed())
  })

  it('fold so many sides at a time, and lose none', async () => {
    const postings = Array.from({ length: 25 }, (_, n) => payment(`p${n}`))
    assert.equal(await here.store.commit({ ...nothing, postings }), 'done')
    const before = await trial()
    assert.deepEqual(
      [await ledger().fold(20), await ledger().fold(20), await ledger().fold(20)],
      [20, 20, 10],
    )
    assert.equal(await ledger().fold(20), 0)
    assert.deepEqual(await trial(), before)
    assert.deepEqual(before, { 'provider:mtn': 28_750, unearned: -28_750 })
    assert.equal((await here.db('balance_tail')).length, 0)
  })

  it('are right at every moment while many write and several fold', async () => {
    const others = [openDesk(database.url), openDesk(database.url)]
    let [writing, looks, written] = [true, 0, 0]
    const watch = async () => {
      for (; writing; looks += 1) {
        const { rows } = await here.db.raw(`select
          (select coalesce(sum(amount_minor), 0) from balances) as over_all,
          (select coalesce(sum(amount_minor), 0) from balances where account = 'unearned') as kept,
          (select coalesce(sum(amount_minor), 0) from ledger where account = 'unearned') as booked`)
        assert.deepEqual([Number(rows[0].over_all), rows[0].kept], [0, rows[0].booked])
      }
    }
    const fold = async ({ db }: Desk) => {
      while (writing) await createLedger(db, { now: () => NOW }).fold(7)
    }
    const write = async ({ store }: Desk, name: string) => {
      // Until it was looked at often enough, however slow the machine is.
      for (let n = 0; n < 100 || (looks <= LOOKS && n < MOST_WRITES); n += 1) {
        await store.commit({
          ...nothing,
          postings: [payment(`${name} ${n}`), payment(`${name} ${n}`, { kind: 'x' })],
        })
        written += 2
      }
    }
    const watching = [watch(), ...others.map(fold)]
    await Promise.all([here, ...others].flatMap((desk, n) => [write(desk, `a${n}`), write(desk, `b${n}`)]))
    writing = false
    await Promise.all(watching)
    assert.ok(looks > LOOKS, `${looks} looks`)
    assert.deepEqual(await trial(), { 'provider:mtn': written * 1_150, unearned: written * -1_150 })
    for (const { db } of others) await db.destroy()
  })

  it('are kept by rounds that end', async () => {
    const postings = Array.from({ length: 600 }, (_, n) => payment(`p${n}`))
    for (let n = 0; n < 600; n += 200)
      await here.store.commit({ ...nothing, postings: postings.slice(n, n + 200) })
    assert.deepEqual([await keepBooks(ledger()), await keepBooks(ledger())], [true, false])
    assert.equal((await here.db('balance_tail')).length, 0)
  })

  it('are refused where they no longer fit a number', async () => {
    const most = { amountMinor: Number.MAX_SAFE_INTEGER, currency: 'RWF' } as const
    await here.store.commit({
      ...nothing,
      postings: [payment('a', { money: most }), payment('b', { money: most })],
    })
    await assert.rejects(ledger().balancesOf('unearned'))
  })
})
