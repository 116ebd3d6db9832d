import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silent } from '../../src/core/base/log.ts'
import type { OpenItem, Outcome, Reconciliation } from '../../src/core/pay/reconciliation.ts'
import { dayAfter, StatementError } from '../../src/core/pay/statement.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createReconciliation } from '../../src/integrations/postgres/reconcile.ts'
import { mtnStatement } from '../../src/integrations/statements/mtn.ts'
import { migrated } from '../core/desk.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { typed } from '../support/terminal.ts'
import { book, type Heard, openTeller, remember, type Teller } from './teller.ts'

const LIMIT = 100
const TABLES = ['statements', 'statement_rows', 'mismatches', 'mismatch_events'] as const

describe('reconciliation in PostgreSQL', function () {
  this.timeout(60_000)
  let teller: Teller
  let database: TestDatabase
  let db: Db
  let books: Reconciliation
  let day: string
  let at = 1_000

  beforeEach(async () => {
    teller = await openTeller()
    database = await freshDatabase(migrated)
    db = connectPostgres(database.url, silent)
    books = createReconciliation(db)
    day = teller.day
  })
  afterEach(async () => {
    await db.destroy()
    await database.drop()
    await teller.stop()
  })

  async function* bytesOf(text: string) {
    yield Buffer.from(text)
  }
  const runOf = (text: string, of = day): Promise<Outcome> =>
    books.run({ format: mtnStatement, day: of, bytes: bytesOf(text) }, ++at)
  const run = async (of = day): Promise<Outcome> => runOf(await teller.statement(of), of)
  const told = (items: readonly OpenItem[]) => items.map(({ found, reference }) => [found, reference])
  const open = async () => told(await books.open(LIMIT))

  /** A day's business: collections large and small, one given back, one driver paid. */
  async function business(): Promise<Heard[]> {
    const paid: string[] = []
    for (const amount of [1_150, 4_000, 4_100, 25_000, 700, 900]) paid.push(await teller.collect(amount))
    await teller.refund(400, paid[0] ?? assert.fail())
    await teller.transfer(9_000)
    return teller.heard()
  }
  const command = async (...words: string[]) => {
    const { code, text } = await typed(database.url, 'reconcile', words)
    return [code, text] as const
  }
  const file = join(tmpdir(), `inzira-mtn-${process.pid}.csv`)
  const nth = (heard: readonly Heard[], n: number): string => heard[n]?.reference ?? assert.fail()

  it('finds that a day agrees, and the same again when it is repeated', async () => {
    const heard = await business()
    await book(db, heard)
    const first = await run()
    assert.deepEqual(first, { isNew: true, rows: 8, counts: { matched: 8 }, opened: 0, closed: 0, hints: [] })
    const rows = await db('statement_rows').select('*')
    assert.deepEqual(await run(), { ...first, isNew: false })
    assert.deepEqual(await db('statement_rows').select('*'), rows)
    assert.deepEqual(await open(), [])
  })

  it('of two runs at once keeps the file once', async () => {
    await book(db, await business())
    await teller.plant({ foreign: randomUUID() })
    const outcomes = await Promise.all([run(), run(), run()])
    assert.deepEqual(outcomes.map(({ isNew }) => isNew).sort(), [false, false, true])
    assert.deepEqual(outcomes.map(({ opened }) => opened).sort(), [0, 0, 1])
    assert.equal((await db('statement_rows').select('*')).length, 9)
  })

  it('leaves fees, transfers to our bank and what is only held out of it', async () => {
    await book(db, await business())
    const posting = { source: 'x', credit: 'provider:mtn', amount_minor: 5, currency: 'RWF', at: 0 }
    const noon = Date.parse(`${day}T12:00:00+02:00`)
    await db('postings').insert([
      { ...posting, kind: 'fee', debit: 'fee:mtn', at: noon },
      { ...posting, kind: 'swept', debit: 'bank', at: noon },
      { ...posting, kind: 'set aside', debit: 'unearned', at: noon, phase: 'held', until_at: noon + 1 },
    ])
    assert.deepEqual((await run()).counts, { matched: 8 })
  })

  it('finds every planted error, and nothing else', async () => {
    const heard = await business()
    const foreign = randomUUID()
    const [drop, duplicate, amount, fee, garble, late] = [0, 1, 2, 3, 4, 5].map((n) => nth(heard, n))
    const currency = nth(heard, 7)
    await book(db, heard)
    await teller.plant({ drop, duplicate, amount, currency, fee, late, garble, foreign })
    assert.deepEqual((await run()).counts, {
      malformed: 1,
      matched: 2,
      timing: 3,
      duplicate: 1,
      amount: 1,
      currency: 1,
      fee: 1,
      missing_ours: 1,
    })
    const expected = [
      ...[
        ['amount', amount],
        ['currency', currency],
        ['duplicate', duplicate],
        ['fee', fee],
      ],
      ...[
        ['malformed', null],
        ['missing_ours', foreign],
      ],
    ]
    assert.deepEqual((await open()).sort(), expected)
    // The next day brings the late one; what neither day has is missing.
    await teller.tomorrow()
    assert.deepEqual((await run(dayAfter(day, 1))).counts, { matched: 1, missing_theirs: 2 })
    const missing = [
      ['missing_theirs', drop],
      ['missing_theirs', garble],
    ]
    assert.deepEqual((await open()).sort(), [...expected, ...missing].sort())
    const item = (await books.open(LIMIT)).find(({ found }) => found === 'amount')
    assert.deepEqual([item?.ours?.amountMinor, item?.theirs?.amountMinor], [4_100, 4_101])
  })

  it('names payments to be asked after, and closes their items once they are ours', async () => {
    const heard = await business()
    const unheard = [2, 3].map((n) => heard[n] ?? assert.fail())
    const [paid, conflicted] = unheard.map(({ reference }) => reference)
    await book(
      db,
      heard.filter((one) => !unheard.includes(one)),
    )
    for (const one of unheard) await remember(db, one, 'unresolved')
    const stranger = randomUUID()
    await teller.plant({ foreign: stranger })
    assert.deepEqual((await run()).hints, [paid, conflicted].sort())
    assert.deepEqual(
      (await open()).sort(),
      [paid, conflicted, stranger].sort().map((one) => ['missing_ours', one]),
    )
    // Heard of two days later: neither new money on that day nor missing on this one; one is not what we asked for.
    const later = unheard.map((one) => ({ ...one, settledAt: (one.settledAt ?? 0) + 2 * 86_400_000 }))
    await book(db, later.slice(0, 1))
    await book(db, later.slice(1), 'suspense')
    await teller.tomorrow()
    const next = await run(dayAfter(day, 1))
    assert.deepEqual([next.counts, next.closed, next.hints], [{}, 2, []])
    await teller.tomorrow()
    assert.deepEqual((await run(dayAfter(day, 2))).counts, {})
    assert.deepEqual(await open(), [['missing_ours', stranger]])
  })

  it('finds on a later statement what two days did not have', async () => {
    const heard = await business()
    await book(db, heard)
    const [paid, refund] = [nth(heard, 3), nth(heard, 6)]
    const rows = (await teller.statement(day)).split('\r\n')
    await teller.plant({ drop: [paid, refund] })
    await run()
    await teller.tomorrow()
    assert.equal((await run(dayAfter(day, 1))).opened, 2)
    // Both come on the third day after all.
    const late = rows.filter((row) => row.includes(paid) || row.includes(refund))
    const fileOf = (of: string) => [rows[0], ...late, `TOTAL,${of},2,,25400,RWF,125,`].join('\n')
    const [third, fourth] = [dayAfter(day, 2), dayAfter(day, 3)]
    const outcome = await runOf(fileOf(third), third)
    assert.deepEqual([outcome.counts, outcome.closed], [{ matched: 2 }, 2])
    assert.deepEqual(await open(), [])
    // And on the fourth once more.
    assert.deepEqual((await runOf(fileOf(fourth), fourth)).counts, { duplicate: 2 })
    assert.deepEqual(
      (await open()).sort(),
      [
        ['duplicate', paid],
        ['duplicate', refund],
      ].sort(),
    )
  })

  it('does not hold an old payment to be missing because a row bears its name by mistake', async () => {
    const heard = await business()
    await book(db, heard)
    const rows = (await teller.statement(day)).split('\r\n')
    await teller.plant({ drop: nth(heard, 0) })
    await run()
    for (const n of [1, 2]) await run(dayAfter(day, n))
    const row = rows.find((text) => text.includes('COLLECTION,') && text.includes(nth(heard, 0)))
    const third = dayAfter(day, 3)
    const file = [rows[0], row?.replace('COLLECTION', 'REFUND'), `TOTAL,${third},1,,1150,RWF,0,`].join('\n')
    assert.deepEqual((await runOf(file, third)).counts, { missing_ours: 1 })
  })

  it('knows what a day owed once the statement of the day before has come', async () => {
    const heard = await business()
    await book(db, heard)
    await teller.plant({ drop: nth(heard, 2) })
    assert.deepEqual((await run(dayAfter(day, 1))).counts, {})
    assert.equal((await run()).opened, 1)
    assert.deepEqual(await open(), [['missing_theirs', nth(heard, 2)]])
  })

  it('lets somebody close an item with a name and a reason, and remembers who said what', async () => {
    await book(db, await business())
    await teller.plant({ foreign: [randomUUID(), randomUUID()] })
    await run()
    const [one, other] = await books.open(LIMIT, 'mtn')
    assert.ok(one && other)
    for (const word of [
      { by: ' ', reason: 'x' },
      { by: 'reconcile', reason: 'x' },
      { by: 'Alice U.', reason: '' },
    ])
      await assert.rejects(books.close(one.id, { ...word, at }), RangeError)
    const word = { by: 'Alice U.', reason: 'paid by a partner, booked by hand', at: 5_000 }
    assert.deepEqual((await Promise.all([books.close(one.id, word), books.close(one.id, word)])).sort(), [
      false,
      true,
    ])
    assert.equal(await books.close(999_999, word), false)
    await run()
    assert.deepEqual(
      (await books.open(LIMIT)).map(({ id }) => id),
      [other.id],
    )
    // A mended file closes what it no longer has; in the old one it is found again, and the person's word still stands.
    const wrong = await teller.statement(day)
    await teller.mend()
    assert.equal((await run()).closed, 1)
    assert.deepEqual(await open(), [])
    assert.equal((await runOf(wrong)).opened, 1)
    assert.deepEqual(
      (await books.open(LIMIT)).map(({ id }) => id),
      [other.id],
    )
    assert.deepEqual(
      (await books.history(other.id)).map(({ what, by }) => [what, by]),
      [
        ['opened', 'reconcile'],
        ['closed', 'reconcile'],
        ['reopened', 'reconcile'],
      ],
    )
    assert.deepEqual((await books.history(one.id)).at(-1), { what: 'closed', ...word })
  })

  it('only ever adds to what was kept', async () => {
    await teller.plant({ foreign: randomUUID() })
    await run()
    for (const table of TABLES) {
      assert.ok((await db(table).select('*')).length > 0, table)
      for (const change of [
        `update ${table} set at = 1`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ])
        await assert.rejects(db.raw(change), /append-only/, change)
    }
  })

  it('keeps nothing of a file of another day, of half a file, or of one that comes too soon', async () => {
    await book(db, await business())
    await assert.rejects(runOf(await teller.statement(dayAfter(day, -1))), StatementError)
    await assert.rejects(runOf('<html>busy</html>'), StatementError)
    async function* broken() {
      yield Buffer.from((await teller.statement(day)).slice(0, 600))
      throw new Error('the disk is gone')
    }
    await assert.rejects(books.run({ format: mtnStatement, day, bytes: broken() }, at), /disk is gone/)
    for (const table of TABLES) assert.deepEqual(await db(table).select('*'), [], table)
    await run()
    await assert.rejects(
      run(dayAfter(day, 2)),
      new StatementError(`the statement of ${dayAfter(day, 1)} comes first`),
    )
    assert.equal((await db('statements').select('*')).length, 1)
  })

  it('has the payments that the statement knows better asked after', async () => {
    const heard = await business()
    const unheard = heard[2] ?? assert.fail()
    await book(
      db,
      heard.filter((one) => one !== unheard),
    )
    await remember(db, unheard, 'unresolved')
    await writeFile(file, await teller.statement(day))
    const [code, said] = await command('mtn', day, file)
    await rm(file)
    assert.equal(code, 1, said)
    assert.match(said, /payments asked after: 1\n/)
    const [payment] = await db('instances').where({ code: unheard.reference }).select('id', 'state')
    assert.equal(payment.state, 'checking')
    assert.deepEqual(await db('outbox').where({ about: payment.id }).pluck('type'), ['inspect'])
  })

  it('is a command that prints what it found, and ends with 1 while items are open', async () => {
    try {
      await book(db, await business())
      const foreign = randomUUID()
      await teller.plant({ foreign })
      await writeFile(file, await teller.statement(day))
      const [found, said] = await command('mtn', day, file)
      assert.equal(found, 1, said)
      assert.match(said, /9 rows\n(?:.*\n)*.*matched +8\n(?:.*\n)*open items: 1\n/)
      const id = new RegExp(`^ {2}(\\d+) .*missing_ours .*${foreign} .*theirs RWF 1,150$`, 'm').exec(
        said,
      )?.[1]
      assert.ok(id, said)
      assert.equal((await command('close', id, 'Alice U.', 'booked by hand'))[0], 0)
      assert.deepEqual(await command('open', 'mtn'), [0, 'open items: 0\n'])
      assert.equal((await command('mtn', day, file))[0], 0)
      assert.equal((await command('nobody', day, file))[0], 2)
      const [code, why] = await command('mtn', dayAfter(day, 1), file)
      assert.deepEqual([code, why], [2, `this is the statement of ${day}\n`])
    } finally {
      await rm(file)
    }
  })
})
