import { localTime } from '../../../core/base/calendar.ts'
import { type Money, share } from '../../../core/base/money.ts'
import type { Msisdn } from '../../../core/base/phone.ts'
import { type Position, roadMetres } from '../../../core/move/places.ts'
import type { Happening } from '../../../core/run/flow.ts'
import { movedFare } from '../../../core/sell/dynamic-fare.ts'
import { type Fare, fareOf, type TariffRules } from '../../../core/sell/fare.ts'
import { basketPrice } from '../../../core/sell/pricing.ts'
import { seatPrice, ticketPrice } from '../../../core/sell/seat-price.ts'
import type { Departure } from '../../../core/sell/seats.ts'
import type { WaitingTerms } from '../../../core/sell/waiting.ts'
import { travellersIn } from '../bus.ts'
import { extrasIn } from '../bus-extras.ts'
import { type Given, given } from '../field.ts'
import { lineOf } from '../index.ts'
import type { Price } from '../line.ts'
import { basketIn } from '../order.ts'
import { tariffOf, toOther } from '../vehicle.ts'
import { positionIn } from './look-ups.ts'
import type { LineWorld } from './world.ts'

/** A price is good for this long; a later yes is asked again. */
const QUOTE_MS = 600_000

/** What it costs now, by the line's policy. */
export async function quoteFor(
  world: LineWorld,
  line: string,
  said: Given,
  owner?: Msisdn,
): Promise<Happening> {
  const now = world.clock.now()
  if (await world.till?.mustStop(now)) return UNQUOTED
  return QUOTES[lineOf(line).price](world, { line, said, now, ...(owner && { owner }) })
}

type Asked = { readonly line: string; readonly said: Given; readonly now: number; readonly owner?: Msisdn }

const QUOTES: Readonly<Record<Price, (world: LineWorld, asked: Asked) => Promise<Happening>>> = {
  tariff: tariffQuote,
  seats: seatQuote,
  // Nobody but carriers knows.
  offers: async () => UNQUOTED,
  basket: basketQuote,
}

const UNQUOTED: Happening = { type: 'UNQUOTED' }

async function tariffQuote(world: LineWorld, { line: id, said, now }: Asked): Promise<Happening> {
  const { places, tariffs } = world
  const line = lineOf(id)
  const where = async (field: string) => {
    const value = given(said, field)?.value ?? ''
    return positionIn(value) ?? (await places.byId(value))
  }
  const [way, way2] = [tariffOf(line, said), tariffOf(line, toOther(line, said))]
  const [from, to, dated, another] = await Promise.all([
    where('from'),
    where('to'),
    tariffs.inForce(way, now),
    way2 === way ? null : tariffs.inForce(way2, now),
  ])
  const rules = dated ?? line.tariff
  // What is brought to a place has no other end.
  const isWay = given(said, 'to') !== undefined
  if (!from || !rules || (isWay && !to)) return UNQUOTED
  const metres = to ? roadMetres(from, to) : 0
  const kg = given(said, 'weight')?.value
  const [fare, other] = await Promise.all([
    fareNow(world, { rules, drivers: way, metres, now, ...(kg && { kg }) }),
    another && fareNow(world, { rules: another, drivers: way2, metres, now }),
  ])
  const { lines, ...price } = fare
  const near = { lat: from.lat, lng: from.lng }
  const { commissionBp, waiting, roundToMinor } = rules
  return quoted(
    {
      ...{ price, lines, metres, near, commissionBp },
      ...(waiting && { waiting: { ...waiting, roundToMinor } }),
      ...(other && { other: { amountMinor: other.amountMinor, currency: other.currency } }),
    },
    now,
  )
}

type Way = {
  readonly rules: TariffRules
  readonly drivers: string
  readonly metres: number
  readonly kg?: string
  readonly now: number
}

/** The regulated fare, or what the operator asks of it at that hour and with so many drivers at work. */
async function fareNow({ demand }: LineWorld, { rules, drivers, metres, kg, now }: Way): Promise<Fare> {
  const regulated = fareOf(rules, metres, kg)
  const { dynamic, roundToMinor } = rules
  if (!dynamic) return regulated
  const busyBp = await demand.busyBp(drivers, now)
  const hour = Number(localTime(dynamic.zone, 'H')(now))
  return movedFare(regulated, dynamic, roundToMinor, { hour, busyBp })
}

async function seatQuote({ departures }: LineWorld, { said, now }: Asked): Promise<Happening> {
  const [id, from, to] = ['departure', 'from', 'to'].map((field) => given(said, field)?.value ?? '')
  const bus = id && from && to ? await departures.find(id, from, to) : null
  if (!bus || bus.leavesAt <= now) return UNQUOTED
  const count = travellersIn(said)
  const whole = ticketPrice(bus, { count, extras: extrasIn(said) }, now)
  const { lines, amountMinor } = whole ?? seatPrice(bus, count, now)
  const price = { amountMinor, currency: bus.currency }
  // Nobody comes to where it leaves from.
  const near = { lat: 0, lng: 0 }
  const { extras, commissionBp } = bus.rules
  const ofSeats = quoted({ price, lines, metres: 0, near, commissionBp, ...(!extras && { bare: true }) }, now)
  return whole ? ofSeats : { ...ofSeats, unsold: true }
}

async function basketQuote(
  { catalogue, places }: LineWorld,
  { said, now, owner }: Asked,
): Promise<Happening> {
  const seller = owner === undefined ? null : await catalogue.sellerTo(owner)
  const value = given(said, 'to')?.value ?? ''
  const near = positionIn(value) ?? (await places.byId(value))
  if (!seller || owner === undefined || !near) return UNQUOTED
  const basket = basketIn(said)
  const numbers = basket.map(({ product }) => product)
  const [known, rules, shop] = await Promise.all([
    catalogue.numbered(seller.partner, numbers),
    catalogue.rules(seller.partner, numbers),
    catalogue.shopOf(owner),
  ])
  const buyer = { segment: shop?.segment ?? null, shop: shop?.id ?? null }
  const items = basket.flatMap(({ product, count }) => {
    const one = known.find(({ no }) => no === product)
    return one ? [{ product, count, category: one.category, name: one.name }] : []
  })
  const total = items.length === basket.length ? basketPrice(rules, { ...buyer, items }, now) : null
  if (!total) return UNQUOTED
  const lines = total.lines.map(({ what, product, amountMinor }) => {
    const item = items.find((one) => one.product === product)
    return { what, amountMinor, ...(item && { of: `${item.name} x${item.count}` }) }
  })
  const price = { amountMinor: total.amountMinor, currency: seller.currency }
  const goods = { id: seller.partner, amountMinor: total.amountMinor - total.feeMinor }
  const { commissionBp } = total
  return quoted(
    { price, lines, metres: 0, near: { lat: near.lat, lng: near.lng }, commissionBp, seller: goods },
    now,
  )
}

type Priced = {
  readonly lines: readonly { readonly what: string; readonly amountMinor: number; readonly of?: string }[]
  readonly price: { readonly amountMinor: number; readonly currency: Departure['currency'] }
  readonly metres: number
  readonly seller?: { readonly id: string; readonly amountMinor: number }
  readonly near: Position
  readonly bare?: true
  readonly commissionBp: number
  /** What waiting costs, and what the other vehicle would. */
  readonly waiting?: WaitingTerms & { readonly roundToMinor: number }
  readonly other?: Money
}

const quoted = ({ commissionBp, lines, ...quote }: Priced, now: number): Happening => ({
  type: 'QUOTED',
  quote: {
    ...quote,
    // Where goods are sold, of what their seller gets.
    commissionMinor: share(
      { ...quote.price, amountMinor: (quote.seller ?? quote.price).amountMinor },
      commissionBp,
      'down',
    ).amountMinor,
    lines: [...lines],
    validUntil: now + QUOTE_MS,
  },
})
