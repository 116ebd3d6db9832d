import type { Instant } from '../core/base/clock.ts'
import type { TariffRules } from '../core/sell/fare.ts'
import type { Db } from '../integrations/postgres/connect.ts'
import { nameRows } from '../integrations/postgres/place-names.ts'
import { demoCities } from './cities.ts'
import { lagosCouriers, lagosPlaces } from './lagos.ts'
import { pakistanTowns } from './pakistan.ts'
import { kigaliPlaces } from './places.ts'
import { driversOf, kigaliCars, kigaliRiders } from './riders.ts'
import { seedBuses } from './seed-buses.ts'
import { courierRows, seedLagos } from './seed-lagos.ts'
import { seedPakistan } from './seed-pakistan.ts'
import { seedTaxes } from './taxes.ts'

const ADMIN = '+250788200001'
/** Who book for others at their counter; 3 % of a fare is theirs. */
const AGENTS = [
  { phone: '+250788300001', name: 'Aline', commission_bp: 300 },
  { phone: '+250788300002', name: 'Emile', commission_bp: 300 },
]

type MotoPrices = Pick<TariffRules, 'firstMinor' | 'perKmMinor' | 'farPerKmMinor'>

/**
 * What the regulator (RURA) set for motos in Kigali, by its first day, as the press reported it: newz.ug (2020),
 * rnanews.com (February 2022; a later article says 107 a kilometre), allafrica.com/stories/202208230047 (August
 * 2022, the newest we know of). In 2020 long ways had no price of their own.
 */
const MOTO_PRICES: Readonly<Record<string, MotoPrices>> = {
  '2020-08-15': { firstMinor: 300, perKmMinor: 133, farPerKmMinor: 133 },
  '2022-02-25': { firstMinor: 400, perKmMinor: 130, farPerKmMinor: 187 },
  '2022-08-22': { firstMinor: 400, perKmMinor: 117, farPerKmMinor: 205 },
}

/** What a moto's wait costs since its meters of 2020 (newz.ug, 2020); no newer figure is known to us. */
const MOTO_WAITING = { freeMinutes: 10, stepMinutes: 1, stepMinor: 21 } as const

/**
 * What the regulator set for cars (umuryango.rw, 18 June 2019): the first kilometre, each to the thirtieth, each beyond,
 * and a quarter of an hour's wait for nothing, then so much for each that has begun.
 */
const CAR_TARIFF: Omit<TariffRules, 'commissionBp' | 'weightMinor'> = {
  currency: 'RWF',
  firstMetres: 1_000,
  firstMinor: 1_500,
  perKmMinor: 700,
  farMetres: 30_000,
  farPerKmMinor: 500,
  roundToMinor: 10,
  waiting: { freeMinutes: 15, stepMinutes: 15, stepMinor: 1_500 },
  // The demo operator's own: cheaper than allowed, but for the rush hours and when few cars are free.
  dynamic: {
    zone: 'Africa/Kigali',
    usualBp: -1_000,
    hours: [
      { from: 7, until: 9, addBp: 1_000 },
      { from: 17, until: 19, addBp: 1_000 },
      { from: 22, until: 24, addBp: -500 },
    ],
    demand: [
      { busyBp: 5_000, addBp: 500 },
      { busyBp: 8_000, addBp: 1_000 },
    ],
    leastBp: 7_500,
  },
}
const CAR_SINCE = '2019-06-18'

/** The demo operator's own choices: no regulator set them. What a parcel's weight adds goes by its step in kilograms. */
const COMMISSION_BP = 1_000
const PARCEL_WEIGHT_MINOR = { 15: 500, 30: 1_000 }

/**
 * Fills an empty database with the demo: Kigali's places, tariffs and riders, the towns and buses of Rwanda and
 * Algeria, carriers of Pakistan, a distributor and shops of Lagos, agents, and an admin. Again, it adds what is missing, the buses of new days among it, changes nothing that is
 * there, and has riders who are free seen at `now`, so that a restart finds them at work. Riders begin unlicensed:
 * only a check with the register makes a licence valid. Of `lines`, who has no drivers of its own gets some.
 * @returns how many places, drivers, and departures from `now` on the demo has
 */
export async function seedDemo(
  db: Db,
  now: Instant,
  lines: readonly { readonly drivers: string }[] = [],
): Promise<{ places: number; riders: number; departures: number }> {
  const departures = await db.transaction(async (trx) => {
    await trx('places').insert(placeRows(trx)).onConflict().ignore()
    await trx('place_names').insert(allNames()).onConflict().ignore()
    await trx('tariffs').insert(tariffRows()).onConflict().ignore()
    await trx('drivers')
      .insert([...driverRows(trx, now, lines), ...courierRows(trx, now)])
      .onConflict('phone')
      .merge(['seen_at'])
      .where('drivers.status', 'free')
    await seedTaxes(trx)
    await seedPakistan(trx, now)
    await trx('agents').insert(AGENTS).onConflict('phone').ignore()
    await seedLagos(trx)
    await trx('admins').insert({ phone: ADMIN }).onConflict().ignore()
    return seedBuses(trx, now)
  })
  const places = kigaliPlaces.length + lagosPlaces.length + demoCities.length + pakistanTowns.length
  return { places, riders: kigaliRiders.length + kigaliCars.length + lagosCouriers.length, departures }
}

// PostgreSQL's points are (x, y): longitude comes first.
const pointOf = (db: Db, { lat, lng }: { lat: number; lng: number }) => db.raw('point(?, ?)', [lng, lat])

const placeRows = (db: Db) =>
  [
    ...kigaliPlaces.map((place) => ({ ...place, layer: 'stage', country: 'RW' })),
    ...lagosPlaces.map((place) => ({ ...place, layer: 'stage' })),
    ...[...demoCities, ...pakistanTowns].map((city) => ({ ...city, layer: 'city' })),
  ].map(({ lat, lng, aliases: _named, ...place }) => ({ ...place, at: pointOf(db, { lat, lng }) }))

const allNames = () =>
  [...kigaliPlaces, ...lagosPlaces, ...demoCities, ...pakistanTowns].flatMap(({ id, aliases }) =>
    nameRows(id, aliases),
  )

const tariffRows = () => [
  row('car', { rules: { ...CAR_TARIFF, weightMinor: {}, commissionBp: COMMISSION_BP }, day: CAR_SINCE }),
  ...motoTariffs(),
]

const motoTariffs = () =>
  Object.entries(MOTO_PRICES).flatMap(([day, prices]) => {
    const rules: TariffRules = {
      currency: 'RWF',
      firstMetres: 2_000,
      farMetres: 40_000,
      roundToMinor: 10,
      weightMinor: {},
      commissionBp: COMMISSION_BP,
      ...prices,
    }
    return [
      row('ride', { rules: { ...rules, waiting: MOTO_WAITING }, day }),
      row('parcel', { rules: { ...rules, weightMinor: PARCEL_WEIGHT_MINOR }, day }),
    ]
  })

const row = (line: string, { rules, day }: { readonly rules: TariffRules; readonly day: string }) => ({
  line,
  valid_from: kigaliMidnight(day),
  rules: JSON.stringify(rules),
})

/** When a day, `2022-08-22`, begins in Kigali: UTC+2 the whole year. */
const kigaliMidnight = (day: string): Instant => Date.parse(`${day}T00:00:00+02:00`)

const driverRows = (db: Db, now: Instant, lines: readonly { readonly drivers: string }[]) =>
  [
    ...kigaliRiders.map((rider) => ({ ...rider, line: 'ride' })),
    ...kigaliCars.map((driver) => ({ ...driver, line: 'car' })),
    ...driversOf(lines),
  ].map(({ stage, ...rider }) => {
    const place = kigaliPlaces.find((one) => one.stage === stage)
    if (!place) throw new Error(`${rider.name} waits at stage ${stage}, which is no place`)
    return {
      ...rider,
      licence_status: 'unknown',
      licence_checked_at: 0,
      status: 'free',
      at: pointOf(db, place),
      seen_at: now,
    }
  })
