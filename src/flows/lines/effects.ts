import type { Clock } from '../../core/base/clock.ts'
import { readDay, tellDay } from '../../core/base/day.ts'
import { LIMITS } from '../../core/base/limits.ts'
import { formatMoney, share } from '../../core/base/money.ts'
import { countryOf, type Msisdn } from '../../core/base/phone.ts'
import { type Place, type Places, type Position, roadMetres, type Within } from '../../core/move/places.ts'
import type { Till } from '../../core/pay/fiscal.ts'
import type { Happening } from '../../core/run/flow.ts'
import { fareOf, type Tariffs } from '../../core/sell/fare.ts'
import { seatPrice } from '../../core/sell/seat-price.ts'
import type { Departure, Departures } from '../../core/sell/seats.ts'
import type { Option } from '../../core/talk/prompt.ts'
import { travellersIn } from './bus.ts'
import { type Given, given, type LookUp } from './field.ts'
import { lineOf } from './index.ts'

/** What the forms and prices of the lines are made from. */
export type LineWorld = {
  readonly clock: Clock
  readonly places: Places
  readonly tariffs: Tariffs
  readonly departures: Departures
  /** Null where no tax device signs what is sold. */
  readonly till?: Till | null
}

/** A price is good for this long; a later yes is asked again. */
const QUOTE_MS = 600_000

const PIN = /^@(-?\d{1,2}\.\d+),(-?\d{1,3}\.\d+)$/

type Wanted = {
  readonly of: LookUp
  /** Null before anything was typed. */
  readonly text: string | null
  readonly owner?: Msisdn
  readonly given: Given
}

/** The choices that a question offers, as the world has them now. */
export async function lookUp(world: LineWorld, { of, text, owner, given: said }: Wanted): Promise<Happening> {
  if (of === 'departures') return leaving(world, text, said)
  const from = given(said, 'from')?.value
  if (of === 'cities' && text === null && from !== undefined) {
    const towns = await world.departures.reachable(from, LIMITS.lookupChoices)
    return { type: 'FOUND', options: towns.map(({ id, name }) => ({ value: id, label: name })), sure: false }
  }
  // Towns of one's own country: who lives elsewhere names it, or dials that country's code.
  const country = of === 'cities' && owner !== undefined ? countryOf(owner) : null
  return somewhere(world, text, { layer: of === 'cities' ? 'city' : 'stage', country })
}

/** Places by what was said: nothing yet (the popular ones), a pin, a stage number, or a name. */
async function somewhere({ places }: LineWorld, text: string | null, within: Within): Promise<Happening> {
  if (text === null) {
    const popular = await places.popular(LIMITS.lookupChoices, within)
    return { type: 'FOUND', options: popular.map(optionOf), sure: false }
  }
  const pin = positionIn(text)
  if (pin) {
    const nearest = await places.nearest(pin, within)
    const value = within.layer === 'stage' ? text : nearest?.id
    return { type: 'FOUND', options: nearest && value ? [{ value, label: nearest.name }] : [], sure: true }
  }
  const found = await places.find(text, LIMITS.lookupChoices, within)
  return { type: 'FOUND', options: found.places.map(optionOf), sure: found.sure }
}

const optionOf = (place: Place): Option => ({ value: place.id, label: place.name, detail: place.area })

function positionIn(value: string): Position | undefined {
  const match = PIN.exec(value)
  return match ? { lat: Number(match[1]), lng: Number(match[2]) } : undefined
}

/** What leaves next, or from the day and hour that was typed on. */
async function leaving(
  { departures, clock }: LineWorld,
  text: string | null,
  said: Given,
): Promise<Happening> {
  const [from, to] = [given(said, 'from')?.value ?? '', given(said, 'to')?.value ?? '']
  const now = clock.now()
  const next = (after: number) =>
    departures.search({ from, to, after, seats: 1, limit: LIMITS.lookupChoices })
  const soonest = await next(now)
  const zone = soonest[0]?.zone
  if (text === null || zone === undefined) return { type: 'FOUND', options: shown(soonest, now), sure: false }
  // A program names the departure itself.
  const named = await departures.find(text, from, to)
  if (named) return { type: 'FOUND', options: shown([named], now), sure: true }
  const day = readDay(text, { now, zone })
  return { type: 'FOUND', options: day ? shown(await next(day.from), now) : [], sure: false }
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

/** What it costs now, by the line's policy. */
export async function quoteFor(world: LineWorld, line: string, said: Given): Promise<Happening> {
  const now = world.clock.now()
  if (await world.till?.mustStop(now)) return UNQUOTED
  return lineOf(line).price === 'seats' ? seatQuote(world, said, now) : tariffQuote(world, line, said, now)
}

const UNQUOTED: Happening = { type: 'UNQUOTED' }

async function tariffQuote(
  { places, tariffs }: LineWorld,
  line: string,
  said: Given,
  now: number,
): Promise<Happening> {
  const where = async (field: string) => {
    const value = given(said, field)?.value ?? ''
    return positionIn(value) ?? (await places.byId(value))
  }
  const [from, to, rules] = await Promise.all([where('from'), where('to'), tariffs.inForce(line, now)])
  if (!from || !to || !rules) return UNQUOTED
  const metres = roadMetres(from, to)
  const { lines, amountMinor, currency } = fareOf(rules, metres, given(said, 'weight')?.value)
  const price = { amountMinor, currency }
  const near = { lat: from.lat, lng: from.lng }
  return quoted({ price, lines, metres, near, commissionBp: rules.commissionBp }, now)
}

async function seatQuote({ departures }: LineWorld, said: Given, now: number): Promise<Happening> {
  const [id, from, to] = ['departure', 'from', 'to'].map((field) => given(said, field)?.value ?? '')
  const bus = id && from && to ? await departures.find(id, from, to) : null
  if (!bus || bus.leavesAt <= now) return UNQUOTED
  const { lines, amountMinor } = seatPrice(bus, travellersIn(said), now)
  const price = { amountMinor, currency: bus.currency }
  // Nobody comes to where it leaves from.
  const near = { lat: 0, lng: 0 }
  return quoted({ price, lines, metres: 0, near, commissionBp: bus.rules.commissionBp }, now)
}

type Priced = Omit<ReturnType<typeof fareOf>, 'amountMinor' | 'currency'> & {
  readonly price: { readonly amountMinor: number; readonly currency: Departure['currency'] }
  readonly metres: number
  readonly near: Position
  readonly commissionBp: number
}

const quoted = ({ commissionBp, lines, ...quote }: Priced, now: number): Happening => ({
  type: 'QUOTED',
  quote: {
    ...quote,
    commissionMinor: share(quote.price, commissionBp, 'down').amountMinor,
    lines: [...lines],
    validUntil: now + QUOTE_MS,
  },
})
