import assert from 'node:assert/strict'
import { up as first } from '../../migrations/0001_core.ts'
import { down, up } from '../../migrations/0004_ledger.ts'
import { silent } from '../../src/core/base/log.ts'
import { connectPostgres } from '../../src/integrations/postgres/connect.ts'
import { freshDatabase } from '../support/servers.ts'

const empty = async () => {}

describe('books from before there were balances', function () {
  this.timeout(30_000)

  it('are opened with what stood in them, and closed again', async () => {
    const database = await freshDatabase(empty)
    const db = connectPostgres(database.url, silent)
    const post = (source: string, more: object = {}) =>
      db('postings').insert({
        kind: 'k',
        source,
        debit: 'provider:mtn',
        credit: 'unearned',
        amount_minor: 700,
        currency: 'RWF',
        at: 1,
        ...more,
      })
    const balances = async () =>
      Object.fromEntries(
        (await db('balances').orderBy('account')).map((row) => [row.account, Number(row.amount_minor)]),
      )
    try {
      await db.transaction(first)
      await post('old')
      await post('other', { debit: 'unearned', credit: 'earned', amount_minor: 200 })
      await db.transaction(up)
      assert.deepEqual(await balances(), { earned: -200, 'provider:mtn': 700, unearned: -500 })
      // As a process of the version before writes it.
      await post('new')
      assert.deepEqual(await balances(), { earned: -200, 'provider:mtn': 1_400, unearned: -1_200 })
      await db.transaction(down)
      assert.equal((await db('ledger').where({ account: 'unearned' })).length, 3)
      await db.transaction(up)
      assert.deepEqual(await balances(), { earned: -200, 'provider:mtn': 1_400, unearned: -1_200 })
      await post('held', { phase: 'held', until_at: 2 })
      await assert.rejects(db.transaction(down), /holds in the books/)
    } finally {
      await db.destroy()
      await database.drop()
    }
  })
})
