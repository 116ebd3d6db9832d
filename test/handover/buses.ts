import { cityId } from '../../src/demo/cities.ts'
import { CONDUCTOR } from '../chaos/workers.ts'
import { typed } from '../support/terminal.ts'
import type { World } from '../support/world.ts'

/** What becomes of the bus that a journey chose. */
export type Happening = 'filled' | 'freed' | 'calledOff'

/** As many as travel in a journey, so that who comes first fills it. */
const SEATS = 2
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const LEAVES_IN_MS = 200 * HOUR_MS
/** Each leaves before those of earlier journeys. */
const BEFORE_MS = 20 * MINUTE_MS
/** The one after it, which is taken instead. */
const NEXT_MS = 5 * MINUTE_MS
const ROUTE = 'own-kigali-musanze'
const STOPS = [
  { place: 'Kigali', minutes: 0, fare_minor: 0 },
  { place: 'Musanze', minutes: 120, fare_minor: 1_000 },
] as const
const SHORTCUT = 'Bus*Kigali*Musanze*1*2*1'

/** Buses of which each journey has its own: the first to leave of its way, and one after it. */
export async function openTimetable(world: World) {
  const { db } = world
  const [like] = await db('routes').where({ id: 'rw-kigali-huye' }).select()
  await db('routes').insert({ ...like, rules: JSON.stringify(like.rules), id: ROUTE })
  await db('route_stops').insert(
    STOPS.map(({ place, ...stop }, n) => ({ ...stop, route: ROUTE, n, place: cityId('RW', place) })),
  )
  const began = Date.now()
  let count = 0

  /** Somebody else, who takes all seats, and gives them back. */
  const rivalOf = (bus: string): string => `+2507887${bus.split('-').at(-1)?.padStart(5, '0')}`
  const until: Readonly<Record<Happening, (bus: string) => Promise<void>>> = {
    async filled(bus) {
      const screen = await world.hop(rivalOf(bus), `fill ${bus}`, SHORTCUT)
      if (!/Keeping your seats/.test(screen)) throw new Error(`${bus} is not filled: ${screen}`)
      await world.hears(rivalOf(bus), /^Ticket \d+/)
    },
    async freed(bus) {
      await world.text(rivalOf(bus), 'CANCEL')
      await world.hears(rivalOf(bus), /is cancelled/)
    },
    async calledOff(bus) {
      const { text, code } = await typed(world.databaseUrl, 'departures', [
        ...['call-off', bus, 'Alice U.', 'no driver'],
      ])
      if (code !== 0) throw new Error(text)
    },
  }
  return {
    /** @returns the first bus, of which nobody else knows */
    async next(): Promise<string> {
      count += 1
      const bus = { route: ROUTE, plate: 'RAB 9', conductor: CONDUCTOR, seats: SEATS }
      const [first, second] = [`own-${count}`, `own-${count}-next`]
      const leaves = began + LEAVES_IN_MS - count * BEFORE_MS
      await db('departures').insert([
        { ...bus, id: first, leaves_at: leaves },
        { ...bus, id: second, leaves_at: leaves + NEXT_MS },
      ])
      return first
    },
    happens: (what: Happening, bus: string): Promise<void> => until[what](bus),
  }
}

export type Timetable = Awaited<ReturnType<typeof openTimetable>>
