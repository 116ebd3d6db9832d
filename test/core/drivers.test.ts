import assert from 'node:assert/strict'
import { silent } from '../../src/core/base/log.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { sized } from '../support/size.ts'
import { migrated } from './desk.ts'
import { storm, twins, unhindered } from './drivers-laws.ts'
import { mutants } from './drivers-mutants.ts'
import { realStreet } from './drivers-street.ts'
import { IN_FLIGHT, withTurns } from './in-turn.ts'

describe('drivers', function () {
  this.timeout(600_000)
  let database: TestDatabase
  let db: Db

  before(async () => {
    database = await freshDatabase(migrated)
    db = connectPostgres(database.url, silent, IN_FLIGHT)
    await withTurns(db)
  })
  after(async () => {
    await db.destroy()
    await database.drop()
  })

  it('have one journey and journeys one driver when 50 look among 200 at once', () =>
    storm(db, realStreet, sized(8, 200, 60)))

  it('are not waited for while another offer is being made', () => unhindered(db, realStreet))

  it('are one when the same journey is sought for by many hands', () => twins(db, realStreet))

  describe('have laws that see a street which', () => {
    for (const { does, claims, law, says } of mutants) it(does, () => assert.rejects(law(db, claims), says))

    it('keeps no key on the journey', async () => {
      await db.raw('alter table drivers drop constraint drivers_journey_key')
      await assert.rejects(twins(db, realStreet), /more than one driver/)
      await db.raw('truncate drivers')
      await db.raw('alter table drivers add constraint drivers_journey_key unique (journey)')
    })
  })
})
