import { momentOf } from '../../../core/base/day.ts'
import type { Ids } from '../../../core/base/id.ts'
import type { Ledgered } from '../../../core/run/store.ts'
import type { VehicleClaims } from '../../../core/sell/loads.ts'
import type { Keeper, Wishing } from './keeping.ts'

/** What vehicles are kept with. */
export type VehicleNouns = { readonly vehicles: VehicleClaims }

const HOUR_MS = 3_600_000
/** So long a vehicle is kept for a payment; the booking waits as long. */
const HOLD_MS = HOUR_MS
const DAY_MS = 24 * HOUR_MS
/** It may be loaded until so long after its day, and arrive so long after its last. */
const LATE_MS = 12 * HOUR_MS

/** A vehicle for the days of a load. */
export function vehicleKeeper<Tx extends Ledgered & VehicleNouns>({
  ids,
}: {
  readonly ids: Ids
}): Keeper<'carrier', Tx> {
  const claim = ({ id, wish: { load, partner, vehicle } }: Wishing<'carrier'>, tx: Tx) =>
    tx.vehicles.hold({ load, partner, vehicle, journey: id, holdMs: HOLD_MS })
  return {
    async hold(journey, tx) {
      const held = await claim(journey, tx)
      if (held.kind !== 'held') return { kind: 'refused', why: 'freightNobody' }
      const { partner: id, name, phone, plate } = journey.wish
      const begins = momentOf({ date: held.day, weekday: 1 }, { hour: 0, minute: 0 }, held.zone)
      const loadBy = begins + DAY_MS + LATE_MS
      const haul = { loadBy, arriveBy: begins + (held.days + 1) * DAY_MS + LATE_MS }
      return {
        kind: 'held',
        driver: { id, name, phone, plate, minutes: 0, startCode: ids.digits(4), haul },
      }
    },
    // A paper may have been withdrawn, or the hold have passed, while it was paid.
    async keep(journey, tx) {
      const isHeld = (await claim(journey, tx)).kind === 'held' && (await tx.vehicles.keep(journey.id))
      return isHeld ? journey.driver : null
    },
    // Another day is another load.
    move: async () => ({ kind: 'refused', why: 'loadGone' }),
    free: ({ id }, tx) => tx.vehicles.free(id),
  }
}
