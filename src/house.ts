import { LRUCache } from 'lru-cache'
import type { Msisdn } from './core/base/phone.ts'
import type { Drivers } from './core/move/drivers.ts'
import { type Places, STAGES } from './core/move/places.ts'
import type { Ledgered, Store } from './core/run/store.ts'
import type { House } from './core/talk/house.ts'

const DRIVERS_REMEMBERED = { max: 50_000, ttl: 60_000 } as const
const BOOKINGS_SHOWN = 5

/** What a conversation may ask: drawn from the store and the nouns of the street. */
export function createHouse(parts: {
  readonly store: Store<Ledgered>
  readonly drivers: Drivers
  readonly places: Places
  readonly code: () => Promise<string>
}): House {
  const { store, drivers, places } = parts
  const known = new LRUCache<string, boolean>(DRIVERS_REMEMBERED)
  return {
    async isDriver(person: Msisdn) {
      const remembered = known.get(person)
      if (remembered !== undefined) return remembered
      const isOne = await drivers.isDriver(person)
      known.set(person, isOne)
      return isOne
    },
    active: (owner, flow) => store.active(owner, flow, BOOKINGS_SHOWN),
    byCode: (flow, code) => store.byCode(flow, code),
    code: parts.code,
    async jobOf(driver) {
      const found = await drivers.find(driver)
      return found?.journey ? store.instance({ flow: 'tracking', id: found.journey }) : null
    },
    async shift(person, on, place, at) {
      const where = place === null ? null : ((await places.find(place, 1, STAGES)).places[0] ?? null)
      if (place !== null && where === null) return 'unknownPlace'
      const isDone = await drivers.shift(person, on, where, at)
      if (!isDone) return 'notDriver'
      return on ? 'onShift' : 'offShift'
    },
  }
}
