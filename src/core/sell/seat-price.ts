import { type Extras, extrasPrice, NO_EXTRAS, seatsMeant } from './extras.ts'
import type { FareLine } from './fare.ts'
import type { Departure } from './seats.ts'

const DAY_MS = 86_400_000
/** Hundredths of a percent in the whole. */
const ALL_BP = 10_000

/**
 * What so many seats cost now, line by line; the lines sum to the amount, which is never above the fare and its cap.
 * @param now epoch ms
 */
export function seatPrice(
  { fareMinor, rules, seats, free, leavesAt }: Departure,
  count: number,
  now: number,
): { readonly lines: readonly FareLine[]; readonly amountMinor: number } {
  const soldBp = Math.floor(((seats - free) * ALL_BP) / seats)
  const days = Math.floor((leavesAt - now) / DAY_MS)
  const addBp = Math.max(0, ...rules.fuller.filter((step) => soldBp >= step.soldBp).map((step) => step.addBp))
  const offBp = Math.max(0, ...rules.earlier.filter((step) => days >= step.days).map((step) => step.offBp))
  const part = (bp: number) => Math.round((fareMinor * bp) / ALL_BP)
  const exact = fareMinor + part(addBp) - part(offBp)
  // Rounded down, so that the cap is kept.
  const rounded = (minor: number) => Math.floor(minor / rules.roundToMinor) * rules.roundToMinor
  const seatMinor = Math.max(0, rounded(Math.min(exact, fareMinor + part(rules.capBp))))
  const lines: readonly FareLine[] = [
    { what: 'seats', amountMinor: fareMinor * count },
    { what: 'demand', amountMinor: part(addBp) * count },
    { what: 'early', amountMinor: -part(offBp) * count },
    { what: 'rounding', amountMinor: (seatMinor - exact) * count },
  ]
  return { lines: lines.filter(({ amountMinor }) => amountMinor !== 0), amountMinor: seatMinor * count }
}

/**
 * What so many seats cost now with all that goes along, line by line; the lines sum to the amount. Null when the route
 * does not sell that.
 * @param now epoch ms
 */
export function ticketPrice(
  bus: Departure,
  { count, extras = NO_EXTRAS }: { readonly count: number; readonly extras?: Extras },
  now: number,
): ReturnType<typeof seatPrice> | null {
  const seats = seatPrice(bus, count, now)
  const more = extrasPrice(extras, bus.rules.extras, count)
  if (!more || seatsMeant(extras.choice ?? [], bus.seats).length < needed(extras, count)) return null
  const amountMinor = more.reduce((sum, line) => sum + line.amountMinor, seats.amountMinor)
  return { lines: [...seats.lines, ...more], amountMinor }
}

const needed = ({ choice }: Extras, count: number): number => (choice === null ? 0 : count)
