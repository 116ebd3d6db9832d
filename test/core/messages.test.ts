import assert from 'node:assert/strict'
import { NotYet } from '../../src/core/run/handler.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'
import { sized } from '../support/size.ts'
import { migrated, openDesk } from './desk.ts'
import * as laws from './messages-laws.ts'
import { mutants } from './messages-mutants.ts'
import { openAir, real } from './messages-stage.ts'

const HOUR_MS = 3_600_000

describe('a message', function () {
  this.timeout(300_000)
  let database: TestDatabase
  let db: Db

  before(async () => {
    database = await freshDatabase(migrated)
    db = openDesk(database.url).db
  })
  after(async () => {
    await db.destroy()
    await database.drop()
  })
  // What is reported about one test's messages must say nothing about another's.
  beforeEach(async () => {
    await db('messages').delete()
    await db('parked_receipts').delete()
  })

  it('is not said again when whoever said it died over it and nobody waits for it', () =>
    laws.unknown(db, real))
  it('is rather said twice than never where somebody waits for it', () => laws.rather(db, real))
  it('is known to have gone once its phone is reported on', () => laws.adopted(db, real))
  it('is said once more where others are reported on and it is not', () => laws.silence(db, real))
  it('is not said again where what was reported may be it', () => laws.nameless(db, real))
  it('is where its furthest report says, whatever their order', () =>
    laws.reports(db, real, sized(300, 5_000)))
  it('goes once as a text where its channel was closed', () => laws.fallsBack(db, real))

  it('reaches its person once, however WhatsApp ends', () => laws.reachesOnce(db, real, sized(120, 500)))

  it('is said once, however often it is asked for at once', async () => {
    const air = openAir(db)
    const one = air.saying()
    await Promise.all(Array.from({ length: 40 }, () => air.say(one).catch(() => {})))
    assert.equal(air.of(one.id).length, 1)
  })

  it('that its provider did not take is handed over again', async () => {
    const air = openAir(db)
    const one = air.saying()
    air.fates.push({ status: 'failed', fault: 'throttled', retryable: true })
    await assert.rejects(air.say(one), /throttled/)
    assert.deepEqual(await air.row(one.id), { status: 'refused', externalId: null, reason: 'throttled' })
    await air.say(one)
    assert.deepEqual([air.of(one.id).length, (await air.row(one.id))?.status], [1, 'sent'])
  })

  it('whose outcome nobody knows is left', async () => {
    const air = openAir(db)
    const one = air.saying({ channel: 'whatsapp' })
    air.fates.push({ status: 'failed', fault: 'unknown_outcome', retryable: false })
    await air.say(one)
    await air.say(one)
    assert.deepEqual([air.taken.length, (await air.row(one.id))?.status], [0, 'unknown'])
  })

  it('is known by the id that its provider brings back', async () => {
    const air = openAir(db)
    const one = air.saying({ channel: 'whatsapp' })
    air.fates.push('dies after')
    await assert.rejects(air.say(one))
    const [gone] = air.of(one.id)
    assert.ok(gone)
    await air.reports(gone, 'delivered', { channel: 'whatsapp', intent: one.id })
    assert.deepEqual(await air.row(one.id), {
      status: 'delivered',
      externalId: gone.externalId,
      reason: null,
    })
    await air.say(one)
    assert.equal(air.of(one.id).length, 1)
  })

  it('is not said when it is not worth saying any more, and that is written', async () => {
    const air = openAir(db)
    const [offer, ticket, code] = [
      air.saying({ purpose: 'offer', until: air.clock.now() + 60_000 }),
      air.saying(),
      air.saying({ purpose: 'code' }),
    ]
    air.clock.advance(6 * 60_000)
    for (const one of [offer, ticket, code]) await air.say(one)
    assert.deepEqual(
      air.taken.map(({ id }) => id),
      [ticket.id],
    )
    assert.deepEqual(
      [await air.row(offer.id), await air.row(code.id)].map((row) => row?.status),
      ['expired', 'expired'],
    )
    air.clock.advance(-24 * HOUR_MS)
    await air.say(offer)
    assert.equal(air.of(offer.id).length, 0, 'what has expired stays so')
  })

  it('waits where a guard says so, and is written nowhere', async () => {
    const air = openAir(db, real, [() => ({ how: 'wait', waitMs: 5, why: 'too fast' })])
    const one = air.saying()
    await assert.rejects(air.say(one), (error) => error instanceof NotYet && error.waitMs === 5)
    assert.equal(await air.row(one.id), undefined)
  })

  it('costs what its provider says, and a day costs the sum of that, once', async () => {
    const air = openAir(db)
    const money = { amountMinor: 80, currency: 'KES' } as const
    const cost = { money, parts: 2 }
    for (let n = 0; n < 3; n += 1) {
      air.fates.push({ status: 'sent', externalId: '', cost })
      await air.say(air.saying())
    }
    const [{ parts, cost_minor, cost_currency }] = await db('messages').limit(1)
    assert.deepEqual([parts, cost_minor, cost_currency], [2, 80, 'KES'])
    const [day] = await db('message_costs')
    assert.deepEqual([day.country, day.currency, day.amount_minor, day.parts], ['RW', 'KES', 240, 6])
  })

  describe('would be wrong in a house that', () => {
    for (const { does, make, law, says } of mutants) it(does, () => assert.rejects(law(db, make), says))
  })
})
