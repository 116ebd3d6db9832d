import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'
import type { Instance } from '../run/work.ts'

/** What a conversation may ask of the rest of the house. */
export interface House {
  isDriver(person: Msisdn): Promise<boolean>
  /** Newest first, those that are not done. */
  active(owner: Msisdn, flow: 'booking' | 'invoice'): Promise<readonly Instance[]>
  byCode(flow: 'booking' | 'tracking' | 'invoice', code: string): Promise<Instance | null>
  /** The journey a driver is offered or on. */
  jobOf(driver: Msisdn): Promise<Instance | null>
  /** The next digits by which a person names a booking. */
  code(): Promise<string>
  /** The text to answer with. */
  shift(
    person: Msisdn,
    on: boolean,
    place: string | null,
    at: Instant,
  ): Promise<'onShift' | 'offShift' | 'notDriver' | 'unknownPlace'>
}
