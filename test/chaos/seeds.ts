import { momentOf } from '../../src/core/base/day.ts'
import { cityId } from '../../src/demo/cities.ts'
import { kigaliPlaces } from '../../src/demo/places.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { GOODS } from './lines.ts'
import { CONDUCTOR, DESK } from './workers.ts'

const RIDERS = 300
const COURIERS = 120
const CARRIERS = 150
const YEAR_MS = 365 * 24 * 3_600_000
const BUS = { everyMs: 3 * 60_000, hours: 10, minutes: 5, seats: 60, fareMinor: 1_000 } as const

/** Whoever and whatever the travellers of all lines may come to need. */
export async function seedLines(db: Db, now: number): Promise<void> {
  await seedDrivers(db, now, 'ride', RIDERS, 150_000)
  await seedDrivers(db, now, 'gig', COURIERS, 160_000)
  await seedBuses(db, now)
  await seedCarriers(db, now)
  await seedGoods(db)
}

/** Licensed drivers at the stages, one after another; phones from that number on. */
async function seedDrivers(db: Db, now: number, line: string, count: number, from: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, n) => {
    const place = kigaliPlaces[n % kigaliPlaces.length]
    return {
      phone: `+250788${from + n}`,
      name: `Rider ${n}`,
      plate: `RC ${n}`,
      line,
      licence: `RURA-T-${line}-${n}`,
      licence_status: 'valid',
      licence_checked_at: now,
      status: 'free',
      at: db.raw('point(?, ?)', [place?.lng ?? 0, place?.lat ?? 0]),
      seen_at: now,
    }
  })
  await db('drivers').insert(rows)
}

/** Nothing but short ways by bus, and one leaves every three minutes: all of it is over before it is judged. */
async function seedBuses(db: Db, now: number): Promise<void> {
  await db('departures').delete()
  const [like] = await db('routes').where({ id: 'rw-kigali-huye' }).select()
  const route = 'chaos-kigali-huye'
  await db('routes').insert({ ...like, rules: JSON.stringify(like.rules), id: route })
  await db('route_stops').insert([
    { route, n: 0, place: cityId('RW', 'Kigali'), minutes: 0, fare_minor: 0 },
    { route, n: 1, place: cityId('RW', 'Huye'), minutes: BUS.minutes, fare_minor: BUS.fareMinor },
  ])
  const count = (BUS.hours * 3_600_000) / BUS.everyMs
  const rows = Array.from({ length: count }, (_, n) => ({
    ...{ id: `chaos-${n}`, route, plate: `RAB ${n}`, conductor: CONDUCTOR, seats: BUS.seats },
    leaves_at: now + (n + 1) * BUS.everyMs,
  }))
  await db('departures').insert(rows)
}

/** Carriers with one truck each, all at home where loads begin: the same few are told of many, and have one to give. */
async function seedCarriers(db: Db, now: number): Promise<void> {
  const all = Array.from({ length: CARRIERS }, (_, n) => ({
    n,
    id: `pt_chaos_${n}`,
    phone: `+250788${170_000 + n}`,
    vehicle: `ve_chaos_${n}`,
  }))
  const paper = { expires_at: now + YEAR_MS, state: 'verified' }
  await db('partners').insert(all.map(({ id, n }) => ({ id, name: `Carrier ${n}`, kind: 'carrier' })))
  await db('carriers').insert(all.map(({ id }) => ({ partner: id, home: cityId('RW', 'Kigali') })))
  await db('partner_members').insert(
    all.map(({ id, n, phone }) => ({
      ...{ id: `pm_chaos_${n}`, partner: id, phone, role: 'owner', paid: true, joined_at: now },
    })),
  )
  await db('partner_papers').insert(
    all.map(({ id, n }) => ({
      ...{ id: `pp_chaos_${n}`, partner: id, kind: 'identity', number: `${n}` },
      ...paper,
    })),
  )
  await db('vehicles').insert(
    all.map(({ id, n, vehicle }) => ({
      ...{ id: vehicle, partner: id, plate: `RAT ${n}`, kind: 'truck', capacity_kg: 10_000 },
    })),
  )
  await db('vehicle_papers').insert(
    all.flatMap(({ n, vehicle }) =>
      ['insurance', 'inspection'].map((kind) => ({
        ...{ id: `vp_chaos_${n}_${kind}`, vehicle, kind, number: `${n}` },
        ...paper,
      })),
    ),
  )
}

/** One warehouse that sells two things, of one of them not enough. */
async function seedGoods(db: Db): Promise<void> {
  const [partner, warehouse] = ['pt_chaos_goods', 'wh_chaos']
  const valid_from = momentOf({ date: '2026-01-01', weekday: 4 }, { hour: 0, minute: 0 }, 'Africa/Kigali')
  const rule = (id: string, product: number | null, what: object) => ({
    ...{ id: `pr_chaos_${id}`, partner, product, valid_from, rule: JSON.stringify(what) },
  })
  await db('partners').insert({ id: partner, name: 'Chaos goods', kind: 'distributor' })
  await db('warehouses').insert({
    ...{ id: warehouse, partner, country: 'RW', currency: 'RWF', name: 'Kigali depot', desk: DESK },
    at: db.raw('point(?, ?)', [kigaliPlaces[0]?.lng ?? 0, kigaliPlaces[0]?.lat ?? 0]),
  })
  await db('products').insert(
    GOODS.map(({ no, name }, rank) => ({
      ...{ no, partner, name, category: 'Food', rank, alias_text: name.toLowerCase() },
    })),
  )
  await db('stock').insert(GOODS.map(({ no, onHand }) => ({ warehouse, product: no, came: onHand })))
  await db('price_rules').insert([
    ...GOODS.map(({ no, unitMinor }) => rule(String(no), no, { kind: 'base', unitMinor })),
    rule('delivery', null, { kind: 'delivery', category: null, feeMinor: 700, freeFromMinor: 1_000_000 }),
    rule('commission', null, { kind: 'commission', category: null, bp: 250 }),
  ])
}
