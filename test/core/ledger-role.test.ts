import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createLedger } from '../../src/integrations/postgres/ledger.ts'
import { createReaper } from '../../src/integrations/postgres/reap.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { type Desk, migrated, NOW, nothing, openDesk } from './desk.ts'
import { full, payment, traces, WRITTEN } from './full.ts'

describe('the application, as no owner of its books', function () {
  this.timeout(30_000)
  const login = `inzira_test_${process.pid}_${randomBytes(4).toString('hex')}`
  const password = randomBytes(16).toString('hex')
  let database: TestDatabase
  let owner: Desk
  let app: Desk
  let url = ''

  before(async () => {
    database = await freshDatabase(migrated)
    owner = openDesk(database.url)
    await owner.db.raw(`create role ${login} login password '${password}' in role inzira_app`)
    const address = new URL(database.url)
    address.username = login
    address.password = password
    url = address.href
    app = openDesk(url)
  })
  after(async () => {
    await app.db.destroy()
    await owner.db.raw(`drop role ${login}`)
    await owner.db.destroy()
    await database.drop()
  })

  const until = NOW + 1_000
  const clock = { now: () => until }

  it('does all that it has to', async () => {
    await migrated(url)
    const done = await full(app)
    assert.equal(await app.store.commit(done.work), 'done')
    assert.deepEqual(await traces(app, done), WRITTEN)
    await app.store.commit({ ...nothing, postings: [payment('held', { kind: 'hold', hold: { until } })] })
    const ledger = createLedger(app.db, clock)
    assert.equal((await ledger.expire(10)).length, 1)
    assert.ok((await ledger.fold(100)) > 0)
    assert.equal((await ledger.balancesOf('unearned'))[0]?.amountMinor, -1_150)
    await createReaper(app.db, clock)()
  })

  for (const change of [
    'update postings set amount_minor = 1',
    'delete from postings',
    'truncate postings',
    'alter table postings disable trigger all',
    'drop trigger postings_append_only on postings',
    'set session_replication_role = replica',
    'update balance_sums set amount_minor = 0',
    "insert into balance_tail (account, currency, amount_minor, debits_held_minor, credits_held_minor) values ('x', 'RWF', 1, 0, 0)",
    'delete from balance_tail',
    'delete from open_holds',
    'create or replace function refuse_change() returns trigger language plpgsql as $$ begin return null; end $$',
    'drop index postings_resolved',
  ])
    it(`may not ${change.slice(0, 48)}`, () =>
      assert.rejects(app.db.raw(change), /permission denied|must be owner/))

  it('cannot have the books write into a table of its own', async () => {
    await app.db.transaction(async (trx) => {
      await trx.raw('create temp table balance_tail (like balance_tail including all)')
      await trx.raw(
        `insert into postings (kind, source, debit, credit, amount_minor, currency, at)
          values ('collected', 'shadow', 'provider:shadow', 'unearned', 5, 'RWF', 1)`,
      )
    })
    const [balance] = await createLedger(owner.db, clock).balancesOf('provider:shadow')
    assert.equal(balance?.amountMinor, 5)
  })

  it('is stopped by the triggers where it is the owner after all', () =>
    assert.rejects(owner.db.raw('delete from postings'), /append-only/))
})
