import assert from 'node:assert/strict'
import { readDay } from '../../src/core/base/day.ts'
import { silent } from '../../src/core/base/log.ts'
import { isCurrency } from '../../src/core/base/money.ts'
import { isMsisdn } from '../../src/core/base/phone.ts'
import { account } from '../../src/core/pay/accounts.ts'
import { busMarkets, busPartners, busRoutes } from '../../src/demo/buses.ts'
import { demoCities } from '../../src/demo/cities.ts'
import { seedDemo } from '../../src/demo/seed.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createPlaces } from '../../src/integrations/postgres/places.ts'
import { migrated } from '../core/desk.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'

const NOW = Date.parse('2026-11-22T08:00:00+02:00')
const DAY_MS = 24 * 3_600_000
const TABLES = ['partners', 'routes', 'route_stops', 'departures'] as const
const COUNTRIES = ['RW', 'DZ'] as const

/** What people might well type, none of it an alias. */
const MISSPELT = [
  ...[
    ['RW', 'kigalli', 'Kigali'],
    ['RW', 'musanzee', 'Musanze'],
    ['RW', 'rubavuu', 'Rubavu'],
  ],
  ...[
    ['RW', 'nyagatarre', 'Nyagatare'],
    ['RW', 'rwamaganna', 'Rwamagana'],
    ['RW', 'gitaramma', 'Muhanga'],
  ],
  ...[
    ['DZ', 'algier', 'Alger'],
    ['DZ', 'constantinne', 'Constantine'],
    ['DZ', 'tlemcenn', 'Tlemcen'],
  ],
  ...[
    ['DZ', 'relizanne', 'Relizane'],
    ['DZ', 'bordj bou areridj', 'Bordj Bou Arreridj'],
    ['DZ', 'bejaiaa', 'Bejaia'],
  ],
] as const

const distinct = (values: readonly unknown[]) => assert.equal(new Set(values).size, values.length)

describe('the demo’s buses', function () {
  this.timeout(60_000)

  it('go between towns that there are, ever farther and dearer, and back the same way', () => {
    const cities = new Set(demoCities.map(({ id }) => id))
    distinct(busRoutes.map(({ id }) => id))
    for (const { stops, id, country } of busRoutes) {
      assert.deepEqual([stops[0]?.minutes, stops[0]?.fareMinor], [0, 0])
      for (const [n, { place, minutes, fareMinor }] of stops.entries()) {
        assert.ok(cities.has(place) && place.startsWith(country.toLowerCase()), `${id}: ${place}`)
        const before = stops[n - 1]
        assert.ok(!before || (minutes > before.minutes && fareMinor > before.fareMinor), `${id}: ${place}`)
        assert.equal(fareMinor % busMarkets[country].rules.roundToMinor, 0)
      }
      const back = busRoutes.find(
        (one) => one.stops[0]?.place === stops.at(-1)?.place && one.stops.at(-1)?.place === stops[0]?.place,
      )
      assert.deepEqual(
        back?.stops.map(({ place }) => place),
        stops.map(({ place }) => place).reverse(),
      )
      assert.deepEqual(
        [back?.stops.at(-1)?.minutes, back?.stops.at(-1)?.fareMinor],
        [stops.at(-1)?.minutes, stops.at(-1)?.fareMinor],
      )
    }
    const reached = new Set(busRoutes.flatMap(({ stops }) => stops.map(({ place }) => place)))
    assert.deepEqual(reached, cities)
  })

  it('have operators, plates and conductors of their own, each of them fit for its purpose', () => {
    for (const { id } of busPartners) assert.equal(account('partner', id), `partner:${id}`)
    assert.deepEqual(
      new Set(busRoutes.map(({ partner }) => partner)),
      new Set(busPartners.map(({ id }) => id)),
    )
    for (const country of COUNTRIES) {
      const routes = busRoutes.filter((route) => route.country === country)
      const buses = routes.flatMap(({ timetable }) => timetable.runs.map(({ bus }) => bus))
      distinct(buses.map(({ plate }) => plate))
      distinct(buses.map(({ conductor }) => conductor))
      const numbers = country === 'RW' ? /^\+2507882\d{5}$/ : /^\+2135500\d{5}$/
      for (const { conductor } of buses) assert.ok(isMsisdn(conductor) && numbers.test(conductor), conductor)
      assert.ok(routes.length >= 8 && isCurrency(busMarkets[country].currency))
    }
  })

  describe('in the database', () => {
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

    // Others than bus companies are partners too.
    const rows = (table: string): Promise<Record<string, unknown>[]> =>
      db(table)
        .select('*')
        .where(table === 'partners' ? { kind: 'bus' } : {})
        .orderBy([1, 2])
    const everything = () => Promise.all(TABLES.map(rows))

    it('leave for two weeks, and are the same when they are seeded again', async () => {
      const { departures } = await seedDemo(db, NOW)
      const before = await everything()
      assert.equal(before[3]?.length, departures)
      assert.deepEqual(before.map((one) => one.length).slice(0, 3), [
        busPartners.length,
        busRoutes.length,
        busRoutes.reduce((sum, { stops }) => sum + stops.length, 0),
      ])
      const times = (before[3] ?? []).map(({ leaves_at }) => Number(leaves_at))
      assert.ok(times.every((at) => at >= NOW && at < NOW + 14 * DAY_MS))
      assert.deepEqual(await seedDemo(db, NOW), { ...(await seedDemo(db, NOW)), departures })
      assert.deepEqual(await everything(), before)
    })

    it('leave Kigali for Huye tomorrow at the times of the timetable', async () => {
      const from = readDay('ejo', { now: NOW, zone: 'Africa/Kigali' })?.from ?? 0
      const found = await db('departures')
        .where({ route: 'rw-kigali-huye' })
        .whereBetween('leaves_at', [from, from + DAY_MS - 1])
        .orderBy('leaves_at')
      assert.deepEqual(
        found.map(({ id }) => id),
        ['0600', '0830', '1100', '1400', '1700'].map((time) => `rw-kigali-huye-20261123-${time}`),
      )
    })

    it('gain only the buses of new days when time goes by, and keep what became of the others', async () => {
      const before = await rows('departures')
      const [one] = before
      await db('departures').where({ id: one?.id }).update({ status: 'called_off' })
      const later = NOW + 2 * DAY_MS
      await seedDemo(db, later)
      const after = await rows('departures')
      const added = after.filter(({ id }) => !before.some((was) => was.id === id))
      assert.ok(added.length > 50)
      assert.ok(added.every(({ leaves_at }) => Number(leaves_at) >= NOW + 14 * DAY_MS))
      assert.equal(after.length, before.length + added.length)
      assert.equal(after.find(({ id }) => id === one?.id)?.status, 'called_off')
    })

    it('stop at towns that are each found, and surely, by every name they have', async () => {
      const places = createPlaces(db)
      const missed: unknown[] = []
      for (const { name, aliases, country } of demoCities)
        for (const alias of aliases) {
          const found = await places.find(alias, 5, { layer: 'city', country })
          if (found.places[0]?.name !== name || !found.sure)
            missed.push([alias, found.places[0]?.name, found.sure])
        }
      assert.deepEqual(missed, [])
      for (const { name } of demoCities) assert.match(name, /^[ -~]{2,20}$/)
      distinct(demoCities.map(({ rank }) => rank))
    })

    it('stop at towns that are among the first three when misspelt', async () => {
      const places = createPlaces(db)
      const known = new Set(demoCities.flatMap(({ aliases }) => aliases))
      for (const [country, typed, name] of MISSPELT) {
        assert.ok(!known.has(typed), `${typed} is an alias, no misspelling`)
        const found = await places.find(typed, 3, { layer: 'city', country })
        assert.ok(
          found.places.some((place) => place.name === name),
          `${typed}: ${found.places.map((p) => p.name)}`,
        )
      }
    })

    it('stop at towns that nobody is offered for a ride, each country’s in their own order', async () => {
      const places = createPlaces(db)
      const popular = async (layer: 'city' | 'stage', country: string | null) =>
        (await places.popular(3, { layer, country })).map(({ name }) => name)
      assert.deepEqual(await popular('city', 'RW'), ['Kigali', 'Huye', 'Musanze'])
      assert.deepEqual(await popular('city', 'DZ'), ['Alger', 'Oran', 'Constantine'])
      assert.deepEqual(await popular('stage', null), ['Nyabugogo', 'Remera', 'Kimironko'])
    })
  })
})
