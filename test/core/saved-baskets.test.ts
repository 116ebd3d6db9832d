import assert from 'node:assert/strict'
import { silent } from '../../src/core/base/log.ts'
import { MOST_SAVED } from '../../src/core/sell/saved-baskets.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createSavedBaskets } from '../../src/integrations/postgres/saved-baskets.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { migrated, somebody } from './desk.ts'

const of = (name: string, count = 1) => ({ name, basket: [{ product: 12, count }] })

describe('baskets by name', function () {
  this.timeout(30_000)
  let database: TestDatabase
  let db: Db
  before(async () => {
    database = await freshDatabase(migrated)
    db = connectPostgres(database.url, silent)
  })
  after(async () => {
    await db.destroy()
    await database.drop()
  })

  it('are each person’s own, and what was saved last under a name', async () => {
    const baskets = createSavedBaskets(db)
    const [one, other] = [somebody(), somebody()]
    assert.deepEqual(await baskets.of(one), [])
    for (const [person, count] of [
      [one, 3],
      [other, 5],
      [one, 4],
    ] as const)
      assert.ok(await baskets.save(person, of('weekly', count)))
    assert.deepEqual(await baskets.of(one), [of('weekly', 4)])
    assert.deepEqual(await baskets.of(other), [of('weekly', 5)])
  })

  it(`are at most ${MOST_SAVED}; one of them may still be changed`, async () => {
    const baskets = createSavedBaskets(db)
    const person = somebody()
    for (let n = 1; n <= MOST_SAVED; n += 1) assert.ok(await baskets.save(person, of(`b${n}`)))
    assert.ok(!(await baskets.save(person, of('another'))))
    assert.ok(await baskets.save(person, of('b1', 7)))
    assert.deepEqual((await baskets.of(person))[0], of('b1', 7))
    assert.equal((await baskets.of(person)).length, MOST_SAVED)
  })
})
