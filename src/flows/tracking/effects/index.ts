import type { Clock } from '../../../core/base/clock.ts'
import type { Ids } from '../../../core/base/id.ts'
import { type DriverClaims, SEEN_WITHIN_MS } from '../../../core/move/drivers.ts'
import { motoMinutes, roadMetres } from '../../../core/move/places.ts'
import type { TravellerStars } from '../../../core/people/stars.ts'
import { type Handlers, write } from '../../../core/run/handler.ts'
import type { Ledgered } from '../../../core/run/store.ts'
import { trackingEffects } from '../model.ts'
import { journeyOf, keepingHandlers, keeps } from './keeping.ts'
import { type SeatNouns, seatKeeper } from './seats.ts'
import { type StockNouns, stockKeeper } from './stock.ts'
import { type VehicleNouns, vehicleKeeper } from './vehicles.ts'

type Tx = Ledgered &
  SeatNouns &
  VehicleNouns &
  StockNouns & { readonly drivers: DriverClaims; readonly travellers: TravellerStars }

export type TrackingWorld = {
  readonly clock: Clock
  readonly ids: Ids
}

/** What a journey does to drivers and to what is kept for it, each in the transaction that records it. */
export function trackingHandlers(world: TrackingWorld): Handlers<Tx> {
  const { clock, ids } = world
  return {
    ...keepingHandlers<Tx>(
      {
        seats: keeps('seats', seatKeeper<Tx>(world)),
        carrier: keeps('carrier', vehicleKeeper<Tx>(world)),
        stock: keeps('stock', stockKeeper<Tx>(world)),
      },
      clock.now,
    ),
    seekDriver: write(
      'booking',
      trackingEffects.seekDriver,
      async ({ line, near, except }, errand, tx: Tx, draft) => {
        const journey = await journeyOf(draft, errand)
        if (journey?.state !== 'seeking') return undefined
        await tx.drivers.release(journey.context.id)
        const seenSince = clock.now() - SEEN_WITHIN_MS
        const driver = await tx.drivers.offerNearest({
          line,
          near,
          except,
          seenSince,
          journey: journey.context.id,
        })
        if (!driver) return { type: 'NOBODY' }
        const { id, phone, name, plate } = driver
        const codes = { startCode: ids.digits(4), returnCode: ids.digits(4) }
        const minutes = motoMinutes(roadMetres(driver, near))
        return { type: 'OFFERED', driver: { id, phone, name, plate, minutes, ...codes } }
      },
    ),
    takeDriver: write('booking', trackingEffects.takeDriver, async ({ driver }, errand, tx: Tx, draft) => {
      const journey = await journeyOf(draft, errand)
      const isStillTheirs =
        journey !== null &&
        journey.context.driver?.phone === driver &&
        journey.state !== 'failed' &&
        journey.state !== 'done'
      const isLost = isStillTheirs && !(await tx.drivers.take(journey.context.id, driver))
      return isLost ? { type: 'NOT_TAKEN', driver } : undefined
    }),
    rateTraveller: write(
      'bulk',
      trackingEffects.rateTraveller,
      async ({ person, stars }, { about }, tx: Tx) => {
        if (about) await tx.travellers.rate(person, stars, about.id)
        return undefined
      },
    ),
    releaseDriver: write('booking', trackingEffects.releaseDriver, async (_, errand, tx: Tx) => {
      if (errand.about) await tx.drivers.release(errand.about.id)
      return undefined
    }),
  }
}
