import { LRUCache } from 'lru-cache'
import type { Msisdn } from './core/base/phone.ts'
import type { Drivers } from './core/move/drivers.ts'
import { type Places, STAGES, TOWNS } from './core/move/places.ts'
import type { Agents } from './core/people/agents.ts'
import { type Habits, usualOf } from './core/people/habits.ts'
import type { Role } from './core/run/flow.ts'
import type { Ledgered, Store } from './core/run/store.ts'
import { isOrderable } from './core/sell/basket.ts'
import type { Catalogue } from './core/sell/catalogue.ts'
import { type Loads, offeringOf } from './core/sell/loads.ts'
import type { SavedBaskets } from './core/sell/saved-baskets.ts'
import type { House } from './core/talk/house.ts'
import { fold } from './core/talk/reading.ts'

const ROLES_REMEMBERED = { max: 50_000, ttl: 60_000 } as const
/** As whom somebody comes, and for which carrier. */
type Standing = { readonly role: Role; readonly carrier: string | null }
const BOOKINGS_SHOWN = 5
/** What one text can tell. */
const LOADS_SHOWN = 4
/** Before what else a carrier does. */
const LOADS_ON_MENU = 3

/** What a conversation may ask: drawn from the store and the nouns of the street. */
export function createHouse(parts: {
  readonly store: Store<Ledgered>
  readonly drivers: Drivers
  readonly agents: Agents
  readonly places: Places
  readonly loads: Loads
  readonly habits: Habits
  readonly catalogue: Catalogue
  readonly baskets: SavedBaskets
  readonly code: () => Promise<string>
}): House {
  const { store, drivers, agents, places, habits, loads, catalogue, baskets } = parts
  const known = new LRUCache<string, Standing>(ROLES_REMEMBERED)
  const stageOf = async (text: string) => (await places.find(text, 1, STAGES)).places[0] ?? null
  async function standing(person: Msisdn): Promise<Standing> {
    const remembered = known.get(person)
    if (remembered !== undefined) return remembered
    const [isDriver, agent, carrier] = await Promise.all([
      drivers.isDriver(person),
      agents.find(person),
      loads.carrierOf(person),
    ])
    const found: Standing = { role: isDriver ? 'driver' : agent ? 'agent' : 'traveller', carrier }
    known.set(person, found)
    return found
  }
  return {
    roleOf: async (person) => (await standing(person)).role,
    agent: (person) => agents.find(person),
    async usual(person) {
      const usual = usualOf(await habits.of(person))
      if ((await standing(person)).carrier === null) return usual
      return { ...usual, loads: (await loads.near(person, LOADS_ON_MENU)).map(offeringOf) }
    },
    async save(person, as, text) {
      const found = await stageOf(text)
      if (found) await habits.save(person, as, found.id)
      return found?.name ?? null
    },
    async saveBasket(person, as, said) {
      const basket = said ?? (await catalogue.last(person))
      if (basket.length === 0 || !isOrderable(basket)) return 'noBasket'
      return (await baskets.save(person, { name: fold(as), basket })) ? 'basketSaved' : 'basketsFull'
    },
    active: (owner, flow) => store.active(owner, flow, BOOKINGS_SHOWN),
    byCode: (flow, code, asker) => store.byCode(flow, code, asker),
    code: parts.code,
    async jobOf(driver) {
      const ofCarrier = async () => ((await standing(driver)).carrier === null ? null : loads.jobOf(driver))
      const journey = (await drivers.find(driver))?.journey ?? (await ofCarrier())
      return journey === null ? null : store.instance({ flow: 'tracking', id: journey })
    },
    bidder: loads.bidder,
    carrierOf: loads.carrierOf,
    async loads(place) {
      const town = place === null ? null : (await places.find(place, 1, TOWNS)).places[0]
      if (place !== null && !town) return null
      return loads.open({ ...(town && { from: town.id }), limit: LOADS_SHOWN })
    },
    async shift(person, on, place, at) {
      const where = place === null ? null : await stageOf(place)
      if (place !== null && where === null) return 'unknownPlace'
      const isDone = await drivers.shift(person, on, where, at)
      if (!isDone) return 'notDriver'
      return on ? 'onShift' : 'offShift'
    },
  }
}
