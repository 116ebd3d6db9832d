import { Problem } from '../base/problem.ts'
import type { SeatRules } from './seats.ts'

/** Of a route's rules those that its partner sets; the cap is the regulator's, the commission the platform's. */
export type PriceRules = Pick<SeatRules, 'fuller' | 'earlier' | 'extras'>

/** A route as its partner sees it. Fares and minutes count from the first stop. */
export type PartnerRoute = {
  readonly id: string
  readonly zone: string
  readonly currency: string
  readonly rules: SeatRules
  readonly stops: readonly {
    readonly place: string
    readonly name: string
    readonly minutes: number
    readonly fareMinor: number
  }[]
}

/** New prices: what is left out stays as it is. */
export type Prices = {
  /** From the first stop to each, the first nought. */
  readonly faresMinor?: readonly number[] | undefined
  readonly rules?: PriceRules | undefined
}

/**
 * The route with its new prices, for whoever asks from now on; what was quoted is kept for as long as it was promised.
 * @throws Problem unprocessable when fares do not grow along the way or are not whole steps, or rules go over the cap
 */
export function repriced(route: PartnerRoute, { faresMinor, rules }: Prices): PartnerRoute {
  if (faresMinor) checkFares(route, faresMinor)
  if (rules) checkRules(route, rules)
  return {
    ...route,
    rules: { ...route.rules, ...rules },
    stops: route.stops.map((stop, n) => ({ ...stop, fareMinor: faresMinor?.[n] ?? stop.fareMinor })),
  }
}

function checkFares({ stops, rules }: PartnerRoute, fares: readonly number[]): void {
  if (fares.length !== stops.length)
    throw refused(`The route has ${stops.length} stops: each needs its fare.`)
  if (fares[0] !== 0) throw refused('Fares count from the first stop, where it is 0.')
  if (fares.some((fare, n) => n > 0 && fare <= (fares[n - 1] ?? 0)))
    throw refused('Each fare is more than the one before.')
  if (fares.some((fare) => fare % rules.roundToMinor !== 0))
    throw refused(`Fares are whole multiples of ${rules.roundToMinor}.`)
}

function checkRules({ rules: { capBp } }: PartnerRoute, { fuller, earlier }: PriceRules): void {
  if (fuller.some(({ addBp }) => addBp > capBp)) throw refused(`At most ${capBp} may be added.`)
  const isTwice = (steps: readonly number[]) => new Set(steps).size < steps.length
  if (isTwice(fuller.map(({ soldBp }) => soldBp)) || isTwice(earlier.map(({ days }) => days)))
    throw refused('Each step is named once.')
}

const refused = (why: string) => new Problem('unprocessable', why)
