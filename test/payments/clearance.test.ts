import assert from 'node:assert/strict'
import { silent } from '../../src/core/base/log.ts'
import { COOL_DOWN_MS, createClearance, type LastSwap } from '../../src/core/pay/clearance.ts'
import { swappedAtIn } from '../../src/integrations/insights/africastalking.ts'
import { createPayees, createSimChecks } from '../../src/integrations/postgres/clearance.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createPartners } from '../../src/integrations/postgres/partners.ts'
import { ids, migrated, somebody } from '../core/desk.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'

const NOW = Date.parse('2026-03-02T08:00:00Z')
const HOUR_MS = 3_600_000
const clock = { now: () => NOW }

describe('what networks say of SIM cards', () => {
  const said = (status: unknown, lastSimSwapDate: unknown) =>
    swappedAtIn({ status, lastSimSwapDate, requestId: 'ATSwpid_1', transactionId: 'x', providerRefId: 'y' })

  it('counts from the end of the day', () => {
    const at = Date.parse('2026-03-02T00:00:00Z')
    assert.deepEqual(said('Swapped', '01-03-2026'), { request: 'ATSwpid_1', at })
    assert.deepEqual(said('NotSwapped', '01-03-2026'), { request: 'ATSwpid_1', at }, 'the day is what counts')
    assert.deepEqual(said('NotSwapped', '01-01-1900'), { request: 'ATSwpid_1', at: null })
  })

  it('is nothing where it contradicts itself, or is not understood', () => {
    for (const [status, day] of [
      ['Swapped', '01-01-1900'],
      ['Failed', '01-01-1900'],
      ['NotSwapped', '2026-03-01'],
      ['NotSwapped', '31-31-2026'],
      ['NotSwapped', ''],
      ['NotSwapped', null],
      [undefined, '01-03-2026'],
    ])
      assert.equal(said(status, day), undefined, `${status} ${day}`)
    for (const other of [null, [], 'Swapped', {}]) assert.equal(swappedAtIn(other), undefined)
  })
})

describe('a clearance', function () {
  this.timeout(60_000)
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

  const clearing = (last: LastSwap, numbers: readonly string[] = ['+']) =>
    createClearance({ swaps: { lastOf: async () => last }, payees: createPayees(db), numbers, clock })
  const payout = () => ({ account: 'driver:dr_1', payee: somebody() })

  it('waits for the rest of 72 hours, and not a millisecond more', async () => {
    const waits = async (last: LastSwap) => (await clearing(last)(payout()))?.forMs
    assert.equal(await waits(NOW - HOUR_MS), 71 * HOUR_MS)
    assert.equal(await waits(NOW - COOL_DOWN_MS + 1), 1)
    assert.equal(await waits(NOW - COOL_DOWN_MS), undefined)
    assert.equal(await waits('never'), undefined)
    assert.equal(await waits('unknown'), null)
    assert.equal(await clearing('unknown', ['+254'])(payout()), null)
  })

  it('waits where a partner’s earnings were just sent another way', async () => {
    const [partner, payee] = ['pt_1', somebody()]
    await db('partners').insert({ id: partner, name: 'Umusambi', kind: 'bus' })
    const office = createPartners(db)
    const hand = { partner, by: ids.next('pm'), at: NOW - COOL_DOWN_MS }
    const [id, old] = [ids.next('pm'), ids.next('pm')]
    await office.admit(hand, { id: old, phone: somebody(), role: 'owner' }, 9)
    await office.admit(hand, { id, phone: payee, role: 'owner' }, 9)
    const asked = { account: `partner:${partner}`, payee }
    assert.equal(await clearing('never')(asked), null)
    await office.pay({ ...hand, at: NOW - HOUR_MS }, id)
    assert.deepEqual(await clearing('never')(asked), { why: 'new payee', forMs: 71 * HOUR_MS })
    assert.equal(await clearing('never')({ ...asked, account: 'partner:pt_2' }), null)
    await office.pay({ ...hand, at: NOW - COOL_DOWN_MS }, old)
    assert.deepEqual((await clearing('never')(asked))?.why, 'new payee', 'there and back is no way around')
  })

  it('keeps an answer that is faster than we, and the first of two', async () => {
    const [checks, person] = [createSimChecks(db), somebody()]
    await checks.answered('request 1', NOW - HOUR_MS, NOW)
    await checks.answered('request 1', null, NOW + 1)
    assert.equal(await checks.newest(person), null)
    await checks.asked('request 1', person, NOW)
    assert.deepEqual(await checks.newest(person), {
      ...{ askedAt: NOW, heardAt: NOW, swappedAt: NOW - HOUR_MS },
    })
    await checks.asked('request 2', person, NOW + 2)
    assert.equal((await checks.newest(person))?.heardAt, null, 'what was asked later is not answered yet')
  })
})
