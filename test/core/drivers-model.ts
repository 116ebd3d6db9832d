import type { Msisdn } from '../../src/core/base/phone.ts'
import type { Position } from '../../src/core/move/places.ts'
import type { Told as InTurn } from './in-turn.ts'

/** What looks for a driver, where, and on which line. */
export type Job = { readonly journey: string; readonly near: Position; readonly line: string }

export type Act =
  | { readonly what: 'seek'; readonly job: Job; readonly except: readonly Msisdn[] }
  | { readonly what: 'take'; readonly journey: string; readonly driver: Msisdn }
  | { readonly what: 'release'; readonly journey: string }
  | { readonly what: 'shift'; readonly driver: Msisdn; readonly on: boolean }
  | { readonly what: 'move'; readonly driver: Msisdn; readonly to: Position }
  /** The licence does not stand any more. */
  | { readonly what: 'lapse'; readonly driver: Msisdn }
/** Who is offered it; or whether it was done. */
export type Answer = Msisdn | boolean | null
/** With when it began and ended, in this process's count of beginnings and ends. */
export type Told = InTurn<Act, Answer> & { readonly began: number; readonly ended: number }

export type Walker = {
  readonly phone: Msisdn
  readonly line: string
  at: Position
  isLicensed: boolean
  wasSeen: boolean
  status: 'off' | 'free' | 'offered' | 'busy'
  journey: string | null
}

/** Drivers in memory, one act after the other: what the database must amount to. */
export class StreetModel {
  readonly drivers: ReadonlyMap<Msisdn, Walker>

  constructor(drivers: readonly Walker[]) {
    this.drivers = new Map(drivers.map((one) => [one.phone, { ...one }]))
  }

  of(phone: Msisdn): Walker {
    const found = this.drivers.get(phone)
    if (!found) throw new Error(`${phone} is no driver`)
    return found
  }

  /** Whoever has this journey. */
  with(journey: string): Walker | undefined {
    return [...this.drivers.values()].find((one) => one.journey === journey)
  }

  /** Whoever may be offered it, the nearest first. */
  couldHave({ line, near }: Job, except: readonly Msisdn[]): Msisdn[] {
    const far = ({ at }: Walker) => Math.hypot(at.lat - near.lat, at.lng - near.lng)
    return [...this.drivers.values()]
      .filter((one) => one.status === 'free' && one.line === line && one.isLicensed && one.wasSeen)
      .filter(({ phone }) => !except.includes(phone))
      .sort((a, b) => far(a) - far(b))
      .map(({ phone }) => phone)
  }

  offer(journey: string, driver: Msisdn): void {
    Object.assign(this.of(driver), { status: 'offered', journey })
  }

  release(journey: string): void {
    const had = this.with(journey)
    if (had) Object.assign(had, { status: 'free', journey: null })
  }

  take(journey: string, driver: Msisdn): boolean {
    const one = this.of(driver)
    if (one.journey !== journey || one.status !== 'offered' || !one.isLicensed) return false
    one.status = 'busy'
    return true
  }

  shift(driver: Msisdn, on: boolean): boolean {
    const one = this.of(driver)
    if (one.journey !== null) return false
    Object.assign(one, { status: on ? 'free' : 'off', wasSeen: true })
    return true
  }

  move(driver: Msisdn, at: Position): boolean {
    Object.assign(this.of(driver), { at, wasSeen: true })
    return true
  }

  lapse(driver: Msisdn): null {
    this.of(driver).isLicensed = false
    return null
  }
}
