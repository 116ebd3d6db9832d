import type { Msisdn } from '../../core/base/phone.ts'
import type { Drivers } from '../../core/move/drivers.ts'
import type { Sighting } from '../../core/move/places.ts'
import type { Bookings, Desk } from '../../core/people/bookings.ts'
import { type Fanout, tellPerson } from '../../core/people/live.ts'
import type { Instance } from '../../core/run/work.ts'

export type CrierParts = {
  readonly fanout: Fanout
  readonly desk: Pick<Desk, 'carrierOf' | 'isNews'>
  readonly bookings: Pick<Bookings, 'find'>
  readonly drivers: Pick<Drivers, 'move'>
  /** The booking that the driver is offered or carries out; null when there is none. */
  readonly jobOf: (driver: Msisdn) => Promise<string | null>
}

/** Tells those who listen what changed for them. */
export type Crier = {
  /** To be called after every commit. Never throws; nobody waits for it. */
  changed(instances: readonly Instance[]): void
  /** Keeps where a driver is, and tells whoever waits for them. False when they are not a driver. */
  moved(driver: Msisdn, at: Sighting): Promise<boolean>
}

export function createCrier({ fanout, desk, bookings, drivers, jobOf }: CrierParts): Crier {
  return {
    changed(instances) {
      for (const instance of instances)
        if (instance.flow === 'booking' && desk.isNews(instance))
          void tellPerson(fanout, instance.owner, { type: 'booking', id: instance.id })
    },
    async moved(driver, { lat, lng, at }) {
      if (!(await drivers.move(driver, { lat, lng }, at))) return false
      const job = await jobOf(driver)
      const booking = job === null ? null : await bookings.find(job)
      // An offer is not a job: nobody sees a driver who has not said yes.
      if (booking && desk.carrierOf(booking) === driver)
        await tellPerson(fanout, booking.owner, { type: 'position', bookingId: booking.id, lat, lng, at })
      return true
    },
  }
}
