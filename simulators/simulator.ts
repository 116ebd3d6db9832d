import type { Clock } from './clock.ts'
import { createDelivery, type Deliver } from './delivery.ts'
import type { Events } from './events.ts'
import { createFaults, type Faults } from './faults.ts'
import type { Gateway, Heard } from './gateway.ts'
import type { Holds } from './holds.ts'
import { filterOf, json, jsonBody, type Reply, type Route, route } from './http.ts'
import type { Ledger } from './ledger.ts'
import type { Random } from './random.ts'
import type { Rules } from './scenario.ts'
import { spoil } from './spoil.ts'

/** What the simulators share: time, chance, watchers, the way back to the gateway, and what was agreed with it. */
export interface World {
  clock: Clock
  random: Random
  events: Events
  holds: Holds
  gateway: Gateway
  hookSecret: string
  whatsappAppSecret: string
  phoneNumberId: string
  /** Status questions MTN answers a second; 0 for no limit. */
  mtnStatusRps: number
}

/** One simulator's means of misbehaving. */
export interface Mischief {
  faults: Faults
  deliver: Deliver
  /** Does a request's work, unless a fault planned for that operation and phone spoils it. */
  guard: (on: string, subject: string, effect: () => Reply | Promise<Reply>) => Promise<Reply>
  /** Asks the gateway, unless a fault loses, delays or doubles the question; undefined when no answer came back. */
  hop: (on: string, subject: string, ask: () => Promise<Heard | undefined>) => Promise<Heard | undefined>
}

export function createMischief(clock: Clock, rules: Rules): Mischief {
  const faults = createFaults(rules)

  async function hop(on: string, subject: string, ask: () => Promise<Heard | undefined>) {
    const fault = faults.fault(on, subject)
    if (fault?.delayMs) await clock.sleep(fault.delayMs)
    const lost = fault?.fault === 'drop'
    if (lost && !fault.after) return undefined
    const copies = fault?.fault === 'duplicate' ? fault.count : 1
    const [heard] = await Promise.all(Array.from({ length: copies }, ask))
    return lost ? undefined : heard
  }

  return {
    faults,
    deliver: createDelivery(clock, faults),
    guard: (on, subject, effect) => spoil(faults.fault(on, subject), effect, clock.sleep),
    hop,
  }
}

/** The routes every simulator has: its ledger to read, its scenarios to add, list and clear. */
export function controls(name: string, ledger: Ledger<object>, faults: Faults): Route[] {
  return [
    route('GET', `/${name}/_ledger`, (call) => json(200, ledger.list(filterOf(call)))),
    route('GET', `/${name}/_scenario`, () => json(200, faults.list())),
    route('POST', `/${name}/_scenario`, (call) => json(200, faults.add(jsonBody(call)))),
    route('DELETE', `/${name}/_scenario`, () => {
      faults.clear()
      return { status: 204 }
    }),
  ]
}
