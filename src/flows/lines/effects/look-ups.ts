import { dayOf, daysBetween, readDay, tellDay } from '../../../core/base/day.ts'
import { readWords } from '../../../core/base/day-words.ts'
import { LIMITS } from '../../../core/base/limits.ts'
import { marketOf } from '../../../core/base/markets.ts'
import { formatMoney } from '../../../core/base/money.ts'
import { countryOf, type Msisdn } from '../../../core/base/phone.ts'
import { type Position, STAGES, type Within } from '../../../core/move/places.ts'
import type { Happening } from '../../../core/run/flow.ts'
import { seatPrice } from '../../../core/sell/seat-price.ts'
import type { Departure } from '../../../core/sell/seats.ts'
import type { Option } from '../../../core/talk/prompt.ts'
import { fold } from '../../../core/talk/reading.ts'
import { travellersIn } from '../bus.ts'
import { areaIn, areaValue, type Given, given, type LookUp } from '../field.ts'
import { offered, optionOf, ownPlace } from './own-places.ts'
import { products } from './products.ts'
import type { LineWorld } from './world.ts'

const PIN = /^@(-?\d{1,2}\.\d+),(-?\d{1,3}\.\d+)$/

export type Wanted = {
  readonly of: LookUp
  /** Null before anything was typed. */
  readonly text: string | null
  readonly owner?: Msisdn
  /** Of their habits on this line; without, nobody's habits show. */
  readonly line?: string
  readonly given: Given
}

/** The choices that a question offers, as the world has them now. */
export const lookUp = (world: LineWorld, wanted: Wanted): Promise<Happening> =>
  LOOK_UP[wanted.of](world, wanted)

const LOOK_UP: Readonly<Record<LookUp, (world: LineWorld, wanted: Wanted) => Promise<Happening>>> = {
  places: (world, wanted) => somewhere(world, wanted, STAGES),
  cities: towns,
  towns: anyTown,
  departures: (world, { text, given: said }) => leaving(world, text, said),
  days: async (world, wanted) => someDay(world, wanted),
  products,
  shops,
}

/** Where somebody's shop is, if we know it; else a place of their country. */
async function shops(world: LineWorld, wanted: Wanted): Promise<Happening> {
  const { text, owner } = wanted
  const shop = text === null && owner !== undefined ? await world.catalogue.shopOf(owner) : null
  const country = owner === undefined ? null : countryOf(owner)
  if (!shop) return somewhere(world, wanted, { layer: 'stage', country })
  const value = `@${shop.at.lat.toFixed(6)},${shop.at.lng.toFixed(6)}`
  return { type: 'FOUND', options: [{ value, label: shop.name }], sure: true }
}

/** Towns of one's own country: who lives elsewhere names it, or dials that country's code. */
async function towns(world: LineWorld, wanted: Wanted): Promise<Happening> {
  const { text, owner, given: said } = wanted
  const from = given(said, 'from')?.value
  if (text !== null || from === undefined)
    return somewhere(world, wanted, { layer: 'city', country: owner === undefined ? null : countryOf(owner) })
  const reachable = await world.departures.reachable(from, LIMITS.lookupChoices)
  return {
    type: 'FOUND',
    options: reachable.map(({ id, name }) => ({ value: id, label: name })),
    sure: false,
  }
}

/** The towns most asked for, but for the one it starts from. */
async function anyTown(world: LineWorld, wanted: Wanted): Promise<Happening> {
  const { text, owner, given: said } = wanted
  const within = { layer: 'city', country: owner === undefined ? null : countryOf(owner) } as const
  if (text !== null) return somewhere(world, wanted, within)
  const from = given(said, 'from')?.value
  const popular = await world.places.popular(LIMITS.lookupChoices + 1, within)
  const others = popular.filter(({ id }) => id !== from).slice(0, LIMITS.lookupChoices)
  return { type: 'FOUND', options: others.map(optionOf), sure: false }
}

/** Places by what was said: nothing yet, HOME or WORK, a pin, a stage number, or a name. */
async function somewhere(world: LineWorld, wanted: Wanted, within: Within): Promise<Happening> {
  const { places } = world
  const { text } = wanted
  if (text === null) return { type: 'FOUND', options: await offered(world, wanted, within), sure: false }
  const own = await ownPlace(world, wanted, within)
  if (own) return { type: 'FOUND', options: [own], sure: true }
  const pin = positionIn(text)
  if (pin) {
    const nearest = await places.nearest(pin, within)
    const value = within.layer === 'stage' ? text : nearest?.id
    return { type: 'FOUND', options: nearest && value ? [{ value, label: nearest.name }] : [], sure: true }
  }
  const area = areaIn(text)
  if (area !== null) {
    const inside = await places.inArea(area, LIMITS.lookupChoices, within)
    return { type: 'FOUND', options: inside.map(optionOf), sure: false }
  }
  const found = await places.find(text, LIMITS.lookupChoices, within)
  // Nobody knows it: a town is asked which part of it is meant. Of a country, its towns are few enough.
  if (found.places.length === 0 && within.layer === 'stage' && fold(text) !== '') {
    const areas = await places.areas(LIMITS.lookupChoices, within)
    return {
      type: 'FOUND',
      options: areas.map((name) => ({ value: areaValue(name), label: name })),
      sure: false,
    }
  }
  return { type: 'FOUND', options: found.places.map(optionOf), sure: found.sure }
}

export function positionIn(value: string): Position | undefined {
  const match = PIN.exec(value)
  return match ? { lat: Number(match[1]), lng: Number(match[2]) } : undefined
}

const DAY_MS = 24 * 3_600_000
const NEXT_DAYS = 3

/** Today and the next days, or the one that was typed, by the calendar of who asks. */
function someDay({ clock }: LineWorld, { text, owner }: Wanted): Happening {
  const { zone } = marketOf(owner)
  const now = clock.now()
  const shown = (dates: readonly string[]): Option[] =>
    dates.map((date) => ({ value: date, label: date.replace(/^\d+-(\d+)-(\d+)$/, '$2/$1') }))
  if (text === null) {
    const next = daysBetween(now, now + NEXT_DAYS * DAY_MS, zone).slice(0, NEXT_DAYS)
    return { type: 'FOUND', options: shown(next.map(({ date }) => date)), sure: false }
  }
  const said = readDay(text, { now, zone })
  return { type: 'FOUND', options: said ? shown([dayOf(said.from, zone)]) : [], sure: true }
}

/** What leaves next, or from the day and hour that was typed on. */
async function leaving(
  { departures, clock }: LineWorld,
  text: string | null,
  said: Given,
): Promise<Happening> {
  const [from, to] = [given(said, 'from')?.value ?? '', given(said, 'to')?.value ?? '']
  const now = clock.now()
  // Who has one already asks for another, with as many seats.
  const had = given(said, 'departure')?.value
  const seats = had === undefined ? 1 : travellersIn(said)
  const next = async (after: number, room = seats) => {
    const all = await departures.search({ from, to, after, seats: room, limit: LIMITS.lookupChoices + 1 })
    return all.filter(({ id }) => id !== had).slice(0, LIMITS.lookupChoices)
  }
  const soonest = await next(now)
  const zone = soonest[0]?.zone
  if (text === null || zone === undefined) return { type: 'FOUND', options: shown(soonest, now), sure: false }
  // A program names the departure itself.
  const named = text === had ? null : await departures.find(text, from, to)
  if (named) return { type: 'FOUND', options: shown([named], now), sure: true }
  const day = readDay(text, { now, zone })
  // Who means this one may wait for it where it is full; who has a seat looks for another.
  const found = day ? await next(day.from, had === undefined ? 0 : seats) : []
  // The hour was said, and one leaves then.
  const exact = readWords(text)?.time ? found.filter(({ leavesAt }) => leavesAt === day?.from) : []
  const isOne = exact.length === 1
  return { type: 'FOUND', options: shown(isOne ? exact : found, now), sure: isOne }
}

function shown(all: readonly Departure[], now: number): Option[] {
  const labels = all.map((one) => {
    const { amountMinor } = seatPrice(one, 1, now)
    return `${tellDay(one.leavesAt, one.zone)}, ${formatMoney({ amountMinor, currency: one.currency })}`
  })
  return all.map(({ id: value, partner, plate }, n) => {
    const label = labels[n] ?? ''
    // Two buses of one hour and price are told apart by their number plates.
    const isOne = labels.indexOf(label) === labels.lastIndexOf(label)
    return { value, label: isOne ? label : `${label}, ${plate}`, detail: `${partner.name}, ${plate}` }
  })
}
