import { silent } from '../src/core/base/log.ts'
import type { Entry } from '../src/core/pay/reconcile.ts'
import { reconcile } from '../src/core/pay/reconcile.ts'
import type { StatementRow } from '../src/core/pay/statement.ts'
import { flows } from '../src/flows/index.ts'
import { connectPostgres, type Db, prepared } from '../src/integrations/postgres/connect.ts'
import { createLedger } from '../src/integrations/postgres/ledger.ts'
import { createStore } from '../src/integrations/postgres/store.ts'
import { nothing } from '../test/support/work.ts'
import { interleaved } from './measure.ts'
import { IN_FLIGHT, openPayments } from './money-payments.ts'
import { median, spread, table, whole } from './numbers.ts'
import { onServer, type Rig } from './rig.ts'

export type MoneyPlan = {
  readonly rounds: number
  readonly durationMs: number
  /** Entries on one account when there are few, and many. */
  readonly few: number
  readonly many: number
  /** Rows of a statement. */
  readonly rows: number
  /** A round's. */
  readonly payments: number
}

/** How many do it at once. */
const HANDS = 50
const CHUNK = 10_000
const DAY_MS = 86_400_000

type Rate = () => Promise<number>

/**
 * What money costs beside the least that PostgreSQL does for the same: postings written, balances read, statements
 * compared, payments made; each pair in turns, on the same server.
 * @returns markdown
 */
export async function money(rig: Rig, plan: MoneyPlan): Promise<string> {
  const url = await rig.database('money')
  const db = connectPostgres(url, silent)
  try {
    await db.raw(
      'create table plain (id bigserial primary key, debit text, credit text, amount bigint, at bigint)',
    )
    await db.raw('create table sums (account text primary key, amount bigint)')
    await db.raw(`insert into sums values ('unearned', 7)`)
    const rows = [
      ...(await versus(plan, 'postings/s, each committed', posting(db, plan), plainInsert(db, plan))),
      ...(await balances(db, plan)),
      ...(await versus(plan, 'statement rows reconciled/s', reconciled(plan), joined(url, plan))),
      ...(await paid(rig, plan)),
    ]
    return table(['money', 'ours', 'bare PostgreSQL', 'ours ÷ bare (lowest–highest)'], rows)
  } finally {
    await db.destroy()
  }
}

/** With a house that is open for that long only. */
async function paid(rig: Rig, plan: MoneyPlan): Promise<string[][]> {
  const { ours, bare, rowsEach, stop } = await openPayments(rig, plan.payments)
  const what = `payments/s from yes to paid, ${IN_FLIGHT} in flight (bare: the wallet's calls, ${rowsEach} inserts)`
  try {
    return await versus(plan, what, ours, bare)
  } finally {
    await stop()
  }
}

async function versus({ rounds }: MoneyPlan, what: string, ours: Rate, bare: Rate): Promise<string[][]> {
  const taken = await interleaved(['ours', 'bare'] as const, rounds, (name) =>
    name === 'ours' ? ours() : bare(),
  )
  const ratios = taken('ours').map((rate, n) => rate / (taken('bare')[n] ?? rate))
  return [[what, whole(median(taken('ours'))), whole(median(taken('bare'))), spread(ratios)]]
}

/** Fifty hands do it again and again. @returns how often in a second */
async function rateOf(durationMs: number, once: (n: number) => Promise<unknown>): Promise<number> {
  let done = 0
  const began = performance.now()
  const hand = async () => {
    while (performance.now() - began < durationMs) {
      done += 1
      await once(done)
    }
  }
  await Promise.all(Array.from({ length: HANDS }, hand))
  return (done / (performance.now() - began)) * 1_000
}

/** Through the store, as a turn writes them. */
function posting(db: Db, { durationMs }: MoneyPlan): Rate {
  const store = createStore(db, flows)
  let source = 0
  return () =>
    rateOf(durationMs, () => {
      source += 1
      const entry = {
        ...{ kind: 'bench', source: `b${source}`, debit: 'provider:mtn', credit: 'unearned' },
        ...{ money: { amountMinor: 7, currency: 'RWF' } as const, at: source },
      }
      return store.commit({ ...nothing, postings: [entry] })
    })
}

const plainInsert =
  (db: Db, { durationMs }: MoneyPlan): Rate =>
  () =>
    rateOf(durationMs, (n) =>
      prepared(
        db,
        'plain',
        'insert into plain (debit, credit, amount, at) values ($1, $2, $3, $4)',
        ['provider:mtn', 'unearned', 7, n],
        (row) => row,
      ),
    )

/** The same account with few entries and with many; the bare read is one row by its key. */
async function balances(db: Db, plan: MoneyPlan): Promise<string[][]> {
  const ledger = createLedger(db, { now: () => 0 })
  const ours = () => rateOf(plan.durationMs, () => ledger.balancesOf('driver:bench'))
  const bare = () =>
    rateOf(plan.durationMs, () =>
      prepared(db, 'sum', 'select amount from sums where account = $1', ['unearned'], (row) => row),
    )
  const rows: string[][] = []
  let written = 0
  for (const size of [plan.few, plan.many]) {
    await entries(db, written, size)
    written = size
    rows.push(...(await versus(plan, `balances read/s among ${whole(size)} entries`, ours, bare)))
  }
  return rows
}

/** Entries of one account, folded into its balance as the worker does. */
async function entries(db: Db, from: number, to: number): Promise<void> {
  const ledger = createLedger(db, { now: () => 0 })
  for (let n = from; n < to; n += CHUNK) {
    await db.raw(
      `insert into postings (kind, source, debit, credit, amount_minor, currency, at)
        select 'fare', n::text, 'unearned', 'driver:bench', 7, 'RWF', n from generate_series(?::int, ?::int) n`,
      [n, Math.min(n + CHUNK, to) - 1],
    )
    while ((await ledger.fold(CHUNK)) > 0);
  }
  await db.raw('vacuum balance_tail')
}

const nameOf = (n: number): string => `ref-${String(n).padStart(8, '0')}`

/** Both sides of a day that agrees, one item a side in memory. */
function reconciled({ rows }: MoneyPlan): Rate {
  const money = { amountMinor: 7, currency: 'RWF' } as const
  function* ours(): Generator<Entry> {
    for (let n = 0; n < rows; n += 1)
      yield { kind: 'collection', reference: nameOf(n), money, at: n, seen: null }
  }
  function* theirs(): Generator<StatementRow> {
    for (let n = 0; n < rows; n += 1) yield rowOf(n)
  }
  const rowOf = (n: number): StatementRow => ({
    ...{ line: n + 2, kind: 'collection', reference: nameOf(n), transaction: String(n) },
    money,
    ...{ feeMinor: 0, at: n },
  })
  return async () => {
    const began = performance.now()
    let found = 0
    const day = { from: 0, to: DAY_MS }
    for await (const { found: what } of reconcile({
      ours: ours(),
      theirs: theirs(),
      day,
      feeOf: () => null,
    }))
      if (what === 'matched') found += 1
    if (found !== rows) throw new Error(`${found} of ${rows} rows agree`)
    return (rows / (performance.now() - began)) * 1_000
  }
}

/** PostgreSQL joins two tables of as many rows. */
function joined(url: string, { rows }: MoneyPlan): Rate {
  let isReady = false
  const make = (side: string) =>
    `create table ${side} as select 'ref-' || lpad(n::text, 8, '0') as reference, 7 as amount from generate_series(1, ${rows}) n`
  return async () => {
    if (!isReady) await onServer(url, make('ours'), make('theirs'), 'analyze ours, theirs')
    isReady = true
    const began = performance.now()
    await onServer(
      url,
      'select count(*) from ours full join theirs using (reference) where ours.amount = theirs.amount',
    )
    return (rows / (performance.now() - began)) * 1_000
  }
}
