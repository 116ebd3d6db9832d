import assert from 'node:assert/strict'
import { silent } from '../../src/core/base/log.ts'
import type { Named, Once } from '../../src/core/people/once.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createOnce } from '../../src/integrations/postgres/idempotency.ts'
import { migrate } from '../../src/integrations/postgres/migrate.ts'
import { phone } from '../channels/hosting.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'

async function migrated(url: string): Promise<void> {
  const db = connectPostgres(url, silent)
  await migrate(db).finally(() => db.destroy())
}

describe('requests done once', function () {
  this.timeout(60_000)
  let database: TestDatabase
  let db: Db
  let once: Once
  let keys = 0
  const owner = phone('+250788000001')
  const named = (): Named => ({ owner, key: `k${++keys}` })
  const at = (now: number, hash = 'h') => ({ hash, at: now, leaseMs: 1_000 })

  before(async () => {
    database = await freshDatabase(migrated)
    db = connectPostgres(database.url, silent)
    once = createOnce(db)
  })
  after(async () => {
    await db.destroy()
    await database.drop()
  })

  it('begin for one of twenty who come at once', async () => {
    const one = named()
    const begun = await Promise.all(Array.from({ length: 20 }, () => once.begin(one, at(1))))
    assert.deepEqual(begun.map(({ kind }) => kind).sort(), [...Array(19).fill('busy'), 'mine'])
  })

  it('answer the same bytes ever after', async () => {
    const one = named()
    await once.begin(one, at(1))
    await once.finish(one, { status: 201, body: '{"é":1}' })
    assert.deepEqual(await once.begin(one, at(9_999)), { kind: 'done', status: 201, body: '{"é":1}' })
    await once.finish(one, { status: 500, body: 'late' })
    await once.release(one)
    assert.deepEqual(await once.begin(one, at(99_999)), { kind: 'done', status: 201, body: '{"é":1}' })
  })

  it('are told from other requests, of the same person only', async () => {
    const one = named()
    await once.begin(one, at(1))
    assert.deepEqual(await once.begin(one, at(1, 'other')), { kind: 'other' })
    assert.deepEqual(await once.begin(one, at(9_999, 'other')), { kind: 'other' }, 'even when it died')
    const theirs = { ...one, owner: phone('+250788000002') }
    assert.deepEqual(await once.begin(theirs, at(1, 'other')), { kind: 'mine', about: null })
  })

  it('go on with what a dead try noted, once its lease has ended', async () => {
    const one = named()
    await once.begin(one, at(1))
    await once.note(one, 'bk_1')
    assert.deepEqual(await once.begin(one, at(1_000)), { kind: 'busy' })
    const begun = await Promise.all(Array.from({ length: 5 }, () => once.begin(one, at(1_001))))
    assert.deepEqual(
      begun.filter(({ kind }) => kind === 'mine'),
      [{ kind: 'mine', about: 'bk_1' }],
    )
  })

  it('begin again at once when given back', async () => {
    const one = named()
    await once.begin(one, at(1))
    await once.release(one)
    assert.deepEqual(await once.begin(one, at(2)), { kind: 'mine', about: null })
  })
})
