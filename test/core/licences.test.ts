import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { licence } from '../../src/commands/licence.ts'
import { readConfig } from '../../src/core/base/config.ts'
import { silent } from '../../src/core/base/log.ts'
import { seedDemo } from '../../src/demo/seed.ts'
import { flows } from '../../src/flows/index.ts'
import { readLicences } from '../../src/integrations/licence/file.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createDrivers } from '../../src/integrations/postgres/field.ts'
import { migrate } from '../../src/integrations/postgres/migrate.ts'
import { createStore } from '../../src/integrations/postgres/store.ts'
import { freshDatabase } from '../support/servers.ts'

const DAY_MS = 24 * 3_600_000
const LAGOS = { lat: 6.51, lng: 3.37 }
const [MUSA, CHIDI] = ['LAG-D-0001', 'LAG-D-0002']

describe('licences that no register knows', () => {
  let db: Db
  let drop: () => Promise<void>
  let dir: string
  const config = readConfig({ NODE_ENV: 'test', TIME_ZONE: 'Africa/Lagos' })
  const run = async (...words: string[]) => {
    const said: string[] = []
    const code = await licence.perform({ config, db, print: (...lines) => said.push(...lines) }, words)
    return { code, said: said.join('\n') }
  }
  /** Licences of whoever is offered a job of Lagos, one job after another. */
  const offered = async () => {
    const found: string[] = []
    for (let n = 0; n < 5; n += 1) {
      const want = { line: 'gig', near: LAGOS, journey: `tr_${n}`, except: [], seenSince: 0 }
      const driver = await createStore(db, flows).transact((tx) => tx.drivers.offerNearest(want))
      if (driver) found.push((await db('drivers').where({ id: driver.id }).first()).licence)
    }
    await db('drivers').update({ status: 'free', journey: null })
    return found.sort()
  }
  const shown = (number: string, days: number) => {
    const date = new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
    return run('show', number, date, 'Alice U.', 'saw the card')
  }
  const statusOf = async (number: string) =>
    (await db('drivers').where({ licence: number }).first()).licence_status

  before(async () => {
    const fresh = await freshDatabase(async (url) => {
      const pool = connectPostgres(url, silent)
      await migrate(pool)
      await seedDemo(pool, Date.now())
      await pool.destroy()
    })
    drop = fresh.drop
    db = connectPostgres(fresh.url, silent)
    dir = await mkdtemp(join(tmpdir(), 'licences-'))
  })
  beforeEach(() =>
    db('drivers').update({ licence_status: 'unknown', licence_until: null, licence_checked_at: 0 }),
  )
  after(async () => {
    await db.destroy()
    await drop()
    await rm(dir, { recursive: true })
  })

  it('are taken from a list, each line for itself', async () => {
    const path = join(dir, 'list.csv')
    const lines = [
      'Licence,Status,Until',
      `${MUSA},valid,2099-12-31`,
      `${CHIDI},suspended,`,
      'LAG-D-9999,valid,2099-12-31',
    ]
    await writeFile(
      path,
      [...lines, 'LAG-D-0003,valid,31/12/2099', 'LAG-D-0004,fine,2099-12-31'].join('\r\n'),
    )
    const { code, said } = await run('file', path, 'Alice U.')
    assert.match(
      said,
      /line 5: until: no such day\n {2}line 6: status: .*\n2 licences of our drivers, 1 of others, 2 lines not read$/,
    )
    assert.equal(code, 1)
    assert.deepEqual(await offered(), [MUSA])
    assert.equal(await statusOf(CHIDI), 'suspended')
  })

  it('are valid to the end of their day, by the clocks of the operator', () => {
    const [line] = readLicences('licence,status,until\nL-1,valid,2026-12-31\n', 'Africa/Lagos')
    assert.deepEqual(line, {
      line: 2,
      licence: 'L-1',
      shown: { status: 'valid', until: Date.parse('2027-01-01T00:00:00+01:00') },
    })
  })

  it('give no jobs once their evidence has ended', async () => {
    await shown(MUSA, 20)
    await shown(CHIDI, 40)
    assert.deepEqual(await offered(), [MUSA, CHIDI])
    await createDrivers(db).licencesEnd(Date.now() + 30 * DAY_MS)
    assert.deepEqual(await offered(), [CHIDI])
  })

  it('stand against a register that knows nothing, and no other word of it', async () => {
    await shown(MUSA, 20)
    const phone = (await db('drivers').where({ licence: MUSA }).first()).phone
    const drivers = createDrivers(db)
    for (const [said, becomes] of [
      ['unknown', 'valid'],
      ['suspended', 'suspended'],
      ['unknown', 'unknown'],
    ] as const) {
      await drivers.licenceChecked(phone, said, Date.now())
      assert.equal(await statusOf(MUSA), becomes, said)
    }
  })

  it('are told of a month before they end, and who has none first', async () => {
    await shown(MUSA, 20)
    await shown(CHIDI, 40)
    const { said } = await run()
    assert.ok(said.indexOf('LAG-D-0003') < said.indexOf(MUSA), said)
    assert.ok(!said.includes(CHIDI), said)
    assert.match(said, /LAG-D-0001 +valid +until \d{4}-\d\d-\d\d Musa \+23480•••301/)
  })

  it('are not taken for a day that is over, or for nobody', async () => {
    assert.equal((await shown(MUSA, -1)).code, 1)
    assert.match((await shown('LAG-D-9999', 20)).said, /no driver has licence/)
    assert.equal((await run('show', MUSA)).code, 2)
    assert.deepEqual(await offered(), [])
  })

  it('leave evidence that nobody changes', async () => {
    await shown(MUSA, 20)
    const row = await db('licence_evidence').where({ licence: MUSA }).orderBy('n', 'desc').first()
    assert.equal(`${row.how} ${row.by} ${row.why}`, 'hand Alice U. saw the card')
    await assert.rejects(db('licence_evidence').update({ by: 'Mallory' }), /append-only/)
  })
})
