import type { FareLine } from './fare.ts'

/** Where one would sit: by a window, by the aisle, or on these seats. */
export type SeatChoice = 'window' | 'aisle' | readonly number[]

/** What goes along with a seat. */
export type Extras = {
  readonly bags: number
  readonly isInsured: boolean
  readonly choice: SeatChoice | null
}
export const NO_EXTRAS: Extras = { bags: 0, isInsured: false, choice: null }

/** What a route sells besides its seats, in the smallest unit of its currency. */
export type ExtraRules = {
  /** A bag more than travels for nothing; so many for each seat at most. */
  readonly bagMinor: number
  readonly mostBags: number
  /** Of each traveller. */
  readonly coverMinor: number
  /** To choose where one sits, of each seat. */
  readonly choiceMinor: number
}

/** What they cost with so many seats, line by line; null when the route does not sell them. */
export function extrasPrice(
  { bags, isInsured, choice }: Extras,
  rules: ExtraRules | undefined,
  count: number,
): readonly FareLine[] | null {
  if (bags === 0 && !isInsured && choice === null) return []
  const isPair = choice === null || typeof choice === 'string' || choice.length === count
  if (!rules || bags > rules.mostBags * count || !isPair) return null
  const lines: readonly FareLine[] = [
    { what: 'bags', amountMinor: bags * rules.bagMinor },
    { what: 'cover', amountMinor: isInsured ? count * rules.coverMinor : 0 },
    { what: 'choice', amountMinor: choice === null ? 0 : count * rules.choiceMinor },
  ]
  return lines.filter(({ amountMinor }) => amountMinor !== 0)
}

/** Across a row, where the aisle is between the second and the third. */
const ROW = ['window', 'aisle', 'aisle', 'window'] as const
/** The last row where it has one seat more: only its ends are by something. */
const BENCH = ['window', 'middle', 'middle', 'middle', 'window'] as const

const placeOf = (seat: number, seats: number): (typeof ROW | typeof BENCH)[number] => {
  const benchFrom = seats % ROW.length === 1 && seats > ROW.length ? seats - BENCH.length : seats
  const [row, n] = seat > benchFrom ? [BENCH, seat - benchFrom - 1] : [ROW, (seat - 1) % ROW.length]
  return row[n] ?? 'middle'
}

/** The seats of a bus of so many that are meant, by their numbers; those it does not have are none. */
export function seatsMeant(choice: SeatChoice, seats: number): readonly number[] {
  if (typeof choice !== 'string') return choice.filter((seat) => seat >= 1 && seat <= seats)
  return Array.from({ length: seats }, (_, n) => n + 1).filter((seat) => placeOf(seat, seats) === choice)
}
