import assert from 'node:assert/strict'
import type { Posting } from '../../src/core/run/work.ts'
import { balances } from '../laws/journals.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { type Desk, migrated, nothing, openDesk } from './desk.ts'
import { payment } from './full.ts'

describe('the ledger', function () {
  this.timeout(30_000)
  let database: TestDatabase
  let here: Desk

  before(async () => {
    database = await freshDatabase(migrated)
    here = openDesk(database.url)
  })
  after(async () => {
    await here.db.destroy()
    await database.drop()
  })

  const post = (posting: Posting) => here.store.commit({ ...nothing, postings: [posting] })

  it('is only added to', async () => {
    await post(payment('kept'))
    for (const change of [
      'update postings set amount_minor = 1',
      "delete from postings where source = 'kept'",
      'truncate postings',
    ])
      await assert.rejects(here.db.raw(change), /append-only/, change)
  })

  it('takes the same posting once, and another kind of it beside', async () => {
    assert.equal(await post(payment('once')), 'done')
    assert.equal(await post(payment('once', { money: { amountMinor: 1, currency: 'RWF' } })), 'stale')
    assert.equal(await post(payment('once', { kind: 'refunded', debit: 'unearned', credit: 'mtn' })), 'done')
    assert.deepEqual(
      await here.db('postings').where({ source: 'once' }).orderBy('kind').pluck('amount_minor'),
      [1_150, 1_150],
    )
  })

  for (const [label, more] of [
    ['nothing', { money: { amountMinor: 0, currency: 'RWF' } }],
    ['less than nothing', { money: { amountMinor: -5, currency: 'RWF' } }],
    ['from an account to itself', { credit: 'provider:mtn' }],
  ] as const)
    it(`refuses to move ${label}`, () =>
      assert.rejects(post(payment(`bad ${label}`, more)), /check constraint/))

  it('sums to nothing, over all accounts and in each currency', async () => {
    await post(
      payment('big', { money: { amountMinor: Number.MAX_SAFE_INTEGER, currency: 'KES' }, debit: 'k' }),
    )
    assert.equal((await balances(here.db)).k, Number.MAX_SAFE_INTEGER)
    const sums = await here.db('ledger').select('currency').sum('amount_minor as sum').groupBy('currency')
    assert.deepEqual(
      sums.map(({ sum }) => Number(sum)),
      [0, 0],
    )
  })
})
