import assert from 'node:assert/strict'
import { silent } from '../../src/core/base/log.ts'
import { isMsisdn } from '../../src/core/base/phone.ts'
import { STAGES } from '../../src/core/move/places.ts'
import { fareOf } from '../../src/core/sell/fare.ts'
import { demoCities } from '../../src/demo/cities.ts'
import { lagosCouriers, lagosPlaces } from '../../src/demo/lagos.ts'
import { carriers, pakistanTowns } from '../../src/demo/pakistan.ts'
import { kigaliPlaces } from '../../src/demo/places.ts'
import { kigaliCars, kigaliRiders } from '../../src/demo/riders.ts'
import { seedDemo } from '../../src/demo/seed.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createDemand, createDrivers, createFieldTx } from '../../src/integrations/postgres/field.ts'
import { migrate } from '../../src/integrations/postgres/migrate.ts'
import { createPlaces, createTariffs } from '../../src/integrations/postgres/places.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'

const NOW = Date.parse('2026-03-02T08:00:00+02:00')
const HOUR_MS = 3_600_000
const LIMIT = 5
const PLACES = kigaliPlaces.length + lagosPlaces.length + demoCities.length + pakistanTowns.length
const RIDERS = kigaliRiders.length + kigaliCars.length + lagosCouriers.length
const TABLES = ['places', 'tariffs', 'drivers', 'admins'] as const

/** What people might well type, none of it in the gazetteer. */
const MISSPELT: readonly (readonly [typed: string, place: string])[] = [
  ['nyabogogo', 'Nyabugogo'],
  ['Nyabugoggo', 'Nyabugogo'],
  ['kimironco', 'Kimironko'],
  ['kacyirru', 'Kacyiru'],
  ['nyamiranbo', 'Nyamirambo'],
  ['kicukiro cntre', 'Kicukiro Centre'],
  ['sonatubez', 'Sonatubes'],
  ['gikondoo', 'Gikondo'],
  ['batsindda', 'Batsinda'],
  ['convetion centre', 'Convention Centre'],
  ['king feisal', 'King Faisal'],
  ['kigali hights', 'Kigali Heights'],
  ['amahoro stadum', 'Amahoro Stadium'],
  ['kibagbaga', 'Kibagabaga'],
  ['airpot', 'Airport'],
]

async function migrated(url: string): Promise<void> {
  const db = connectPostgres(url, silent)
  await migrate(db).finally(() => db.destroy())
}

const everything = (db: Db): Promise<unknown[]> =>
  Promise.all(TABLES.map((table) => db(table).select('*').orderBy(1)))

describe('the Kigali demo', function () {
  this.timeout(60_000)
  let database: TestDatabase
  let db: Db

  before(async () => {
    database = await freshDatabase(migrated)
    db = connectPostgres(database.url, silent)
    // Two processes may start at once.
    const [first, second] = await Promise.all([seedDemo(db, NOW), seedDemo(db, NOW)])
    assert.deepEqual(first, { ...first, places: PLACES, riders: RIDERS })
    assert.deepEqual(first, second)
  })

  after(async () => {
    await db.destroy()
    await database.drop()
  })

  it('is complete, and its names fit a small screen', async () => {
    const [places, tariffs, drivers, admins] = await Promise.all(
      TABLES.map((table) => db(table).count('* as rows').first()),
    )
    assert.deepEqual(
      [places, tariffs, drivers, admins].map((count) => count?.rows),
      [PLACES, 7, RIDERS, 1],
    )
    for (const { name } of kigaliPlaces) assert.match(name, /^[ -~]{2,20}$/)
    assert.ok(kigaliRiders.every(({ phone }) => isMsisdn(phone)))
    assert.equal(new Set(kigaliRiders.map(({ plate }) => plate)).size, kigaliRiders.length)
    assert.equal(kigaliRiders.at(-1)?.phone, '+250788100020')
    assert.equal(kigaliRiders.at(-1)?.licence, 'RURA-M-0020')
  })

  it('has carriers who may offer for loads: in Pakistan, with papers for themselves and each vehicle', async () => {
    assert.ok(carriers.every(({ phone }) => isMsisdn(phone)))
    const homes = await db('carriers').join('places', 'places.id', 'carriers.home').pluck('places.country')
    assert.deepEqual(
      homes,
      carriers.map(() => 'PK'),
    )
    const papers = await db('vehicle_papers')
      .where({ state: 'verified' })
      .where('expires_at', '>', NOW)
      .pluck('kind')
    const vehicles = carriers.flatMap((carrier) => carrier.vehicles)
    assert.deepEqual(papers.sort(), [...vehicles.map(() => 'inspection'), ...vehicles.map(() => 'insurance')])
    assert.equal((await db('partner_papers').where({ state: 'verified' })).length, carriers.length)
  })

  it('is the same when it is seeded again', async () => {
    const before = await everything(db)
    await seedDemo(db, NOW)
    assert.deepEqual(await everything(db), before)
  })

  describe('places', () => {
    it('are each found, and surely, by every name they have', async () => {
      const places = createPlaces(db)
      for (const place of kigaliPlaces)
        for (const alias of place.aliases) {
          const found = await places.find(alias, LIMIT, STAGES)
          assert.deepEqual([alias, found.places[0]?.name, found.sure], [alias, place.name, true])
        }
    })

    it('are each found by their stage number alone', async () => {
      const places = createPlaces(db)
      for (const { id, name, area, stage, lat, lng } of kigaliPlaces) {
        const expected = { places: [{ id, name, area, stage, lat, lng }], sure: true }
        assert.deepEqual(await places.find(` ${stage} `, LIMIT, STAGES), expected)
      }
      assert.deepEqual(await places.find('999', LIMIT, STAGES), { places: [], sure: false })
    })

    it('are among the first three when misspelt', async () => {
      const places = createPlaces(db)
      const aliases = new Set(kigaliPlaces.flatMap((place) => place.aliases))
      const missed = []
      for (const [typed, name] of MISSPELT) {
        assert.ok(!aliases.has(typed.toLowerCase()), `${typed} is an alias, no misspelling`)
        const found = (await places.find(typed, 3, STAGES)).places.map((place) => place.name)
        if (!found.includes(name)) missed.push({ typed, name, found })
      }
      assert.deepEqual(missed, [])
    })

    it('are not found by what no place is called', async () => {
      for (const typed of ['xylophone', 'Mombasa', '%', ''])
        assert.deepEqual(await createPlaces(db).find(typed, LIMIT, STAGES), { places: [], sure: false })
    })

    it('come in the order people ask for them', async () => {
      const popular = (await createPlaces(db).popular(5, STAGES)).map((place) => place.name)
      assert.deepEqual(popular, ['Nyabugogo', 'Remera', 'Kimironko', 'Mu Mujyi (Downtown)', 'Kacyiru'])
    })

    it('are the nearest to where they are, and to a pin some steps away', async () => {
      const places = createPlaces(db)
      for (const { name, lat, lng } of kigaliPlaces) {
        assert.equal((await places.nearest({ lat, lng }, STAGES))?.name, name)
        assert.equal((await places.nearest({ lat: lat + 0.0002, lng: lng - 0.0002 }, STAGES))?.name, name)
      }
    })
  })

  it('prices a ride of 10 km by the tariff of its day, from midnight in Kigali', async () => {
    const tariffs = createTariffs(db)
    const fareAt = async (moment: string) => {
      const rules = await tariffs.inForce('ride', Date.parse(moment))
      return rules && [fareOf(rules, 10_000).amountMinor, fareOf(rules, 50_000).amountMinor]
    }
    assert.equal(await fareAt('2020-08-14T23:59:59.999+02:00'), null)
    assert.deepEqual(await fareAt('2020-08-15T00:00:00+02:00'), [1_360, 6_680])
    assert.deepEqual(await fareAt('2022-02-25T00:00:00+02:00'), [1_440, 7_210])
    assert.deepEqual(await fareAt('2022-08-21T23:59:59.999+02:00'), [1_440, 7_210])
    assert.deepEqual(await fareAt('2022-08-22T00:00:00+02:00'), [1_340, 6_900])
    assert.equal(await tariffs.inForce('bus', NOW), null)
  })

  it('prices a car by its own tariff, and what both let one wait', async () => {
    const tariffs = createTariffs(db)
    assert.equal(await tariffs.inForce('car', Date.parse('2019-06-17T23:59:59.999+02:00')), null)
    const [car, moto] = await Promise.all(['car', 'ride'].map((line) => tariffs.inForce(line, NOW)))
    assert.ok(car && moto)
    assert.deepEqual(
      [1_000, 10_000, 30_000, 40_000].map((metres) => fareOf(car, metres).amountMinor),
      [1_500, 7_800, 21_800, 26_800],
    )
    assert.deepEqual(car.waiting, { freeMinutes: 15, stepMinutes: 15, stepMinor: 1_500 })
    assert.deepEqual(moto.waiting, { freeMinutes: 10, stepMinutes: 1, stepMinor: 21 })
    assert.equal(moto.dynamic, undefined)
  })

  describe('riders', () => {
    const [first, second, third] = kigaliRiders.map(({ phone }) => phone)

    it('get no journey before the register vouches for them', async () => {
      const near = { lat: -1.9398, lng: 30.0446 }
      const wanted = { line: 'ride', near, journey: 'one', except: [], seenSince: NOW }
      const offer = () => db.transaction((trx) => createFieldTx(trx).drivers.offerNearest(wanted))
      const drivers = createDrivers(db)
      assert.equal(await offer(), null)
      const due = await drivers.licencesDue(NOW, 50)
      assert.equal(due.length, RIDERS)
      for (const { phone } of due) await drivers.licenceChecked(phone, 'valid', NOW)
      const rider = await offer()
      assert.equal(kigaliRiders.find(({ phone }) => phone === rider?.phone)?.stage, 101)
      await db.transaction((trx) => createFieldTx(trx).drivers.release('one'))
    })

    it('drive a moto or a car, and each is asked for what they drive', async () => {
      const demand = createDemand(db)
      const wanted = { line: 'car', near: { lat: -1.94, lng: 30.04 }, except: [], seenSince: NOW - HOUR_MS }
      const offer = (journey: string) =>
        db.transaction((trx) => createFieldTx(trx).drivers.offerNearest({ ...wanted, journey }))
      assert.equal(await demand.busyBp('car', NOW), 0)
      const plates = new Set(kigaliCars.map(({ plate }) => plate))
      for (const _ of kigaliCars) assert.ok(plates.delete((await offer(`car-${plates.size}`))?.plate ?? ''))
      assert.equal(await offer('one more'), null)
      await db.transaction((trx) => createFieldTx(trx).drivers.release('car-1'))
      // Of four three are taken; who was not seen for a day is not at work, nor is anybody on no line.
      assert.equal(await demand.busyBp('car', NOW), 7_500)
      assert.equal(await demand.busyBp('car', NOW + 24 * HOUR_MS), 0)
      assert.equal(await demand.busyBp('bus', NOW), 0)
      await db('drivers').where({ line: 'car' }).update({ status: 'free', journey: null })
    })

    it('are seen anew after a restart when free, and nothing else about them changes', async () => {
      const rows = () => db('drivers').select('*').orderBy('phone')
      await db('drivers').where({ phone: first }).update({ status: 'busy', journey: 'two' })
      await db('drivers').where({ phone: second }).update({ status: 'off' })
      await db('drivers')
        .where({ phone: third })
        .update({ at: db.raw('point(30.06, -1.95)'), stars_sum: 5 })
      const before = await rows()
      const later = NOW + HOUR_MS
      await seedDemo(db, later)
      const expected = before.map((row) => (row.status === 'free' ? { ...row, seen_at: later } : row))
      assert.deepEqual(await rows(), expected)
      assert.equal(expected.filter((row) => row.seen_at === later).length, RIDERS - 2)
    })
  })
})
