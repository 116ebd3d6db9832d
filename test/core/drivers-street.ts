import { createRandom, type Random } from '../../simulators/random.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import type { DriverClaims, Drivers } from '../../src/core/move/drivers.ts'
import type { Position } from '../../src/core/move/places.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { createDrivers, createFieldTx } from '../../src/integrations/postgres/field.ts'
import { ids, NOW, somebody } from './desk.ts'
import type { Act, Answer, Job, Told, Walker } from './drivers-model.ts'
import { inTurn } from './in-turn.ts'

/** What is done with drivers, in a transaction. */
export type Street = DriverClaims & Pick<Drivers, 'shift' | 'move' | 'licenceChecked'>
export type Claiming = (trx: Db) => Street

export const realStreet: Claiming = (trx) => ({ ...createDrivers(trx), ...createFieldTx(trx).drivers })

/** Who was seen last before this is not offered anything. */
const SEEN_SINCE = NOW - 1
const LINE = 'ride'
const DRIVERS = 200
/** On shift in a round where there are fewer than jobs. */
const SCARCE = 80

const people: readonly Msisdn[] = Array.from({ length: DRIVERS }, somebody)

export const placeBy = (random: Random): Position => ({
  lat: random.between(-2_000_000, -1_900_000) / 1e6,
  lng: random.between(30_000_000, 30_100_000) / 1e6,
})

export const jobAt = (near: Position): Job => ({ journey: ids.next('jn'), near, line: LINE })

/** Drivers as a round begins: some of another line, some unlicensed, some not seen for long, some off shift. */
export function driversOf(round: number): Walker[] {
  const random = createRandom(round)
  return people.map((phone, n) => ({
    phone,
    line: n % 10 === 0 ? 'truck' : LINE,
    at: placeBy(random),
    isLicensed: n % 10 !== 1,
    wasSeen: n % 10 !== 2,
    status: n % 10 === 3 || (round % 2 === 1 && n >= SCARCE) ? 'off' : 'free',
    journey: null,
  }))
}

/** They alone are on the street. */
export async function settle(db: Db, drivers: readonly Walker[]): Promise<void> {
  const rows = drivers.map(({ phone, line, at, isLicensed, wasSeen, status, journey }, n) => ({
    ...{ phone, line, status, journey, name: `Rider ${n}`, plate: `RM ${n}`, licence: `RURA-M-${n}` },
    licence_status: isLicensed ? 'valid' : 'expired',
    at: db.raw('point(?, ?)', [at.lng, at.lat]),
    seen_at: wasSeen ? SEEN_SINCE : SEEN_SINCE - 1,
  }))
  await db.raw('truncate drivers')
  await db('drivers').insert(rows)
}

/** What the table says of each. */
export const standings = (db: Db): Promise<Pick<Walker, 'phone' | 'status' | 'journey'>[]> =>
  db('drivers').select('phone', 'status', 'journey').orderBy('phone')

let moments = 0

/** Acts in a transaction of its own. */
export async function act(db: Db, claims: Claiming, one: Act): Promise<Told> {
  let began = 0
  const told = await inTurn(db, one, (trx) => {
    began = ++moments
    return answerIn(trx, claims, one)
  })
  return { ...told, began, ended: ++moments }
}

export async function answerIn(trx: Db, claims: Claiming, one: Act): Promise<Answer> {
  const street = claims(trx)
  switch (one.what) {
    case 'seek': {
      const { journey, near, line } = one.job
      await street.release(journey)
      const want = { journey, near, line, except: one.except, seenSince: SEEN_SINCE }
      return (await street.offerNearest(want))?.phone ?? null
    }
    case 'take':
      return street.take(one.journey, one.driver)
    case 'release':
      await street.release(one.journey)
      return null
    case 'shift':
      return street.shift(one.driver, one.on, null, NOW)
    case 'move':
      return street.move(one.driver, one.to, NOW)
    case 'lapse':
      await street.licenceChecked(one.driver, 'expired', NOW)
      return null
  }
}
