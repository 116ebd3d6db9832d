import assert from 'node:assert/strict'
import { silent } from '../../src/core/base/log.ts'
import { saleOf } from '../../src/core/pay/tax.ts'
import { seedTaxes } from '../../src/demo/taxes.ts'
import { LINES } from '../../src/flows/lines/index.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createTaxes } from '../../src/integrations/postgres/taxes.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { migrated } from './fiscal-till.ts'

const at = (day: string) => Date.parse(`${day}+02:00`)

describe('tax law as data', function () {
  this.timeout(30_000)
  let database: TestDatabase
  let db: Db
  before(async () => {
    database = await freshDatabase(migrated)
    db = connectPostgres(database.url, silent)
    await seedTaxes(db)
    await seedTaxes(db)
  })
  after(async () => {
    await db.destroy()
    await database.drop()
  })

  const parcel = async (when: number) => {
    const parts = [{ service: 'parcel', amountMinor: 1180 }]
    const law = await createTaxes(db).inForce(when)
    return saleOf(law, { id: 'fr_1', at: when, method: 'cash', parts })
  }

  it('knows the class of a service by the day', async () => {
    const before = await parcel(at('2025-06-30T23:59:59'))
    const after = await parcel(at('2025-07-01T00:00:00'))
    assert.deepEqual([before.lines[0]?.taxClass, before.taxHundredths], ['A', 0])
    assert.deepEqual([after.lines[0]?.taxClass, after.taxHundredths], ['B', 18_000])
  })

  for (const { id, taxedAs } of LINES)
    it(`knows what ${id} is sold as`, async () => {
      const when = at('2026-01-01T00:00:00')
      const parts = [{ service: taxedAs, amountMinor: 1180 }]
      const { lines } = saleOf(await createTaxes(db).inForce(when), {
        id: 'fr_2',
        at: when,
        method: 'cash',
        parts,
      })
      assert.equal(lines[0]?.service, taxedAs)
    })

  it('a new rate is a row', async () => {
    const day = at('2030-01-01T00:00:00')
    await db('tax_rates').insert({ class: 'B', valid_from: day, rate_bp: 2_000 })
    assert.equal((await parcel(day - 1)).taxHundredths, 18_000)
    assert.equal((await parcel(day)).taxHundredths, 19_667)
  })

  it('sells nothing before there was a law for it', async () => {
    await assert.rejects(parcel(at('2019-12-31T00:00:00')), /no tax class/)
  })

  it('refuses a class and a rate that cannot be', async () => {
    await assert.rejects(db('tax_rates').insert({ class: 'E', valid_from: 5, rate_bp: 800 }))
    await assert.rejects(db('tax_rates').insert({ class: 'B', valid_from: 5, rate_bp: -1 }))
  })
})
