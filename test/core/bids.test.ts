import assert from 'node:assert/strict'
import { silent } from '../../src/core/base/log.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { sized } from '../support/size.ts'
import { prepare } from '../support/world.ts'
import { ENDS, storm } from './bids-laws.ts'
import { type Hauler, haulers } from './bids-market.ts'
import { mutants } from './bids-mutants.ts'

const CARRIERS = 200
const ROUNDS = sized(3, 30, 10)
const PROCESSES = 4
/** Enough for what is wrong to be seen. */
const CROWD = 60

describe('offers for a load', function () {
  this.timeout(sized(120_000, 900_000))
  let database: TestDatabase
  let db: Db
  let carriers: Hauler[]
  before(async () => {
    database = await freshDatabase(prepare)
    db = connectPostgres(database.url, silent)
    carriers = await haulers(db, CARRIERS)
  })
  after(async () => {
    await db.destroy()
    await database.drop()
  })

  it(`are all answered and one is taken, with ${CARRIERS} carriers at once, ${ROUNDS} times`, () =>
    storm(db, carriers, {}, ROUNDS))

  it(`are all answered whichever of ${PROCESSES} processes hears them`, () =>
    storm(db, carriers, {}, ROUNDS, PROCESSES))

  describe('would be wrong in a house that', () => {
    for (const { does, refit, says } of mutants)
      it(does, () => assert.rejects(storm(db, carriers.slice(0, CROWD), refit, ENDS.length), says))
  })
})
