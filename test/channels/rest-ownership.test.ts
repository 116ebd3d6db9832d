import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { routesOf } from '../../src/channels/rest/index.ts'
import { RATES } from '../../src/core/people/rates.ts'
import { NOBODYS, owners } from './owners.ts'
import { ASKERS, type Asker, MATRIX, printed } from './ownership.ts'
import { type Found, mutants, tried } from './ownership-mutants.ts'
import { booked, caller } from './rest-client.ts'
import { type Stage, stage } from './rest-stage.ts'
import { OTHER_PARTNER, PARTNER, populated, type Town } from './town.ts'

const PAGE = 'docs/ownership.md'

describe('REST: whose things are whose', function () {
  this.timeout(60_000)
  let house: Stage
  let town: Town

  before(async () => {
    house = await stage({ rates: { position: { ...RATES.position, points: 1_000 } } })
    town = await populated(house)
  })
  after(() => house.stop())

  it('is said for every route there is', () => {
    const names = routesOf(house.parts).map(({ name }) => name)
    assert.deepEqual(MATRIX.map(({ name }) => name).sort(), names.sort())
  })

  it('is said for every table there is, by a column that is there and leads to an owner', async () => {
    const columns = columnRows.parse((await house.db.raw(COLUMNS)).rows)
    const tables = new Set(columns.map(({ table }) => table))
    assert.deepEqual([...owners.map(([table]) => table), ...NOBODYS].sort(), [...tables].sort())
    for (const [table, owner] of owners) {
      const name = Object.values(owner)[0]
      const column = columns.find((one) => one.table === table && one.column === name)
      assert.ok(column, `${table} has no ${name}`)
      if ('partner' in owner && table !== 'partners') assert.equal(column.leads, 'partners', table)
      // What is kept for ever outlives whatever it is about.
      const isKept = table === 'journal' || table === 'licence_evidence'
      if ('of' in owner && !isKept) assert.equal(column.leads, owner.of, table)
      // What a credit account refused is nobody's.
      assert.ok(column.required || table === 'credit_charges', `${table}.${name} may name nobody`)
    }
  })

  it('stands in the book', async () => {
    const all = routesOf(house.parts)
    const page = printed((name) => {
      const route = all.find((one) => one.name === name)
      return `${route?.method.toUpperCase()} ${route?.path}`
    })
    if (process.env.UPDATE === '1') await writeFile(PAGE, page)
    assert.equal(await readFile(PAGE, 'utf8'), page)
  })

  // Whoever has it comes last: what they do changes what the others would see.
  const last: readonly Asker[] = ['admin', 'partnerClerk', 'partnerOwner', 'owner']
  const order = [...ASKERS].sort((a, b) => last.indexOf(a) - last.indexOf(b))
  for (const row of MATRIX)
    for (const asker of order)
      it(`${row.name} by ${asker}: ${row.codes[asker]}`, async () => {
        assert.deepEqual(await tried(town, row, asker), null)
      })

  it('a foreign booking or payment looks like one that is not there', async () => {
    const other = town.people.get('other')
    assert.ok(other)
    const shape = async (path: string) => {
      const { status, body } = await other.call(`/v1/${path}`)
      return { ...body, status, requestId: null }
    }
    const nothing = '0192f0c1a2b37c4d8e5f60718293a4b5'
    assert.deepEqual(await shape(`bookings/${town.rideId}`), await shape(`bookings/bk_${nothing}`))
    assert.deepEqual(await shape(`payments/${town.paymentId}`), await shape(`payments/py_${nothing}`))
    assert.deepEqual(await shape(`invoices/${town.invoiceId}`), await shape(`invoices/iv_${nothing}`))
    // Nor is the one a way to the other.
    assert.deepEqual(await shape(`payments/${town.rideId}`), await shape(`payments/py_${nothing}`))
  })

  it('a foreign office and what is in it look like what is not there', async () => {
    const other = town.people.get('otherPartner')
    assert.ok(other)
    const shape = async (path: string, how = {}) => {
      const { status, body } = await other.call(`/v1/partners/${path}`, how)
      return { ...body, status, requestId: null }
    }
    for (const of of ['routes', 'departures', 'vehicles', 'earnings', 'members', 'changes'])
      assert.deepEqual(await shape(`${PARTNER}/${of}`), await shape(`pt_nobody/${of}`))
    const retire = (id: string) => shape(`${OTHER_PARTNER}/vehicles/${id}/retire`, { body: {} })
    assert.deepEqual(await retire(town.vehicle), await retire('vh_none'))
    const on = (id: string) => shape(`${OTHER_PARTNER}/departures/${id}/bookings`)
    assert.deepEqual(await on(town.departure), await on('dp_none'))
  })

  it('the start code is the owner’s, and each list holds its caller’s own', async () => {
    const owner = await caller(house)
    const next = await booked(house, owner)
    const driver = await caller(house, next.driver)
    const admin = town.people.get('admin')
    const codes = await Promise.all(
      [owner, driver, admin].map(async (one) => (await one?.call(`/v1/bookings/${next.id}`))?.data),
    )
    assert.deepEqual(
      codes.map((data) => typeof data?.startCode),
      ['string', 'object', 'object'],
    )
    assert.deepEqual(
      codes.map((data) => data?.prompt === null),
      [false, true, true],
    )
    const secret = String(codes[0]?.startCode)
    assert.ok(!JSON.stringify(codes.slice(1)).includes(`"${secret}"`))
    for (const [asker, who] of town.people) {
      const { body } = await who.call('/v1/bookings?limit=100')
      assert.ok(Array.isArray(body.data))
      const owners = await house
        .db('instances')
        .whereIn(
          'id',
          body.data.map(({ id }) => id),
        )
        .distinct('owner')
      assert.deepEqual(owners, [{ owner: who.phone }], asker)
    }
  })

  it('a driver on the way is no longer one after it', async () => {
    const owner = await caller(house)
    const next = await booked(house, owner)
    const driver = await caller(house, next.driver)
    assert.equal((await driver.call(`/v1/bookings/${next.id}`)).status, 200)
    await owner.done(`/v1/bookings/${next.id}/cancel`)
    assert.equal((await driver.call(`/v1/bookings/${next.id}`)).status, 404)
  })
})

const COLUMNS = `
select c.table_name as "table", c.column_name as "column", c.is_nullable = 'NO' as required, (
  select f.relname from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_class f on f.oid = k.confrelid
  join pg_attribute a on a.attrelid = t.oid and a.attnum = any(k.conkey)
  where k.contype = 'f' and t.relname = c.table_name and a.attname = c.column_name limit 1) as leads
from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'`
const columnRows = z.array(
  z.object({ table: z.string(), column: z.string(), required: z.boolean(), leads: z.string().nullable() }),
)

describe('REST: a house that forgets whose things are whose', function () {
  this.timeout(60_000)
  for (const { does, change, finds } of mutants)
    it(`${does} is found out`, async () => {
      const house = await stage({ change })
      try {
        const town = await populated(house)
        const found: Found[] = []
        for (const { name, asker } of finds) {
          const row = MATRIX.find((one) => one.name === name)
          assert.ok(row, name)
          const wrong = await tried(town, row, asker)
          if (wrong) found.push(wrong)
        }
        assert.deepEqual(
          found.map(({ name, asker }) => ({ name, asker })),
          finds,
        )
      } finally {
        await house.stop()
      }
    })
})
