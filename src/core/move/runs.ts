import type { Instant } from '../base/clock.ts'
import { type Position, roadMetres } from './places.ts'
import { metresIn } from './routing/draft.ts'
import { type Problem, problemOf } from './routing/problem.ts'
import { type Route, routeOf } from './routing/route.ts'
import { search } from './routing/search.ts'
import type { Effort, RunsWish, Ways } from './routing/wish.ts'

export type { Delivery, Effort, RunsWish, Vehicle, Ways } from './routing/wish.ts'

/** What one vehicle does from when it leaves the warehouse until it is back. */
export type DeliveryRun = {
  readonly vehicle: string
  /** As late as the first delivery allows. */
  readonly leavesAt: Instant
  readonly visits: readonly {
    readonly delivery: string
    readonly arrivesAt: Instant
    readonly leavesAt: Instant
  }[]
  readonly backAt: Instant
  readonly load: number
  readonly metres: number
}

/** No vehicle holds it; none gets there in time and back, even alone; the others' took the room or the time. */
export type Why = 'too_heavy' | 'out_of_reach' | 'no_room'

export type RunsPlan = {
  /** Only vehicles that go anywhere. */
  readonly runs: readonly DeliveryRun[]
  readonly unserved: readonly { readonly delivery: string; readonly why: Why }[]
  readonly metres: number
}

/** A wish may have at most so many deliveries, and as many vehicles. */
export const DELIVERIES_MAX = 500
/** Rounds of search for each delivery, and at most: some seconds' work for a hundred, so not within a turn. */
export const ROUNDS_EACH = 200
export const ROUNDS_MAX = 10_000

/**
 * Which vehicle brings what in which order, so that as much as can be is served, and then with the fewest metres. The
 * same wish with the same effort has the same plan, and more rounds never a worse one; with none it is the greedy plan.
 * @throws RangeError when there are too many, an id comes twice, a matrix has another size, or a number is not whole
 */
export function planRuns(wish: RunsWish, effort: Partial<Effort> = {}): RunsPlan {
  check(wish)
  const problem = problemOf(wish)
  const rounds = effort.rounds ?? Math.min(ROUNDS_MAX, ROUNDS_EACH * wish.deliveries.length)
  const draft = search(problem, { seed: effort.seed ?? 0, rounds })
  const missing = draft.missing.toSorted((a, b) => a - b)
  return {
    runs: draft.routes.filter(({ order }) => order.length > 0).map((route) => runOf(problem, route)),
    unserved: missing.map((place) => ({ delivery: idOf(problem, place), why: whyNot(problem, place) })),
    metres: metresIn(draft),
  }
}

/**
 * The ways of a wish, estimated by road.
 * @param places the warehouse, then each delivery's in their order
 */
export function roadWays(places: readonly Position[], metresPerMinute: number): Ways {
  const metres = places.map((from) => places.map((to) => roadMetres(from, to)))
  const msOf = (way: number) => Math.round((way * 60_000) / metresPerMinute)
  return { metres, ms: metres.map((row) => row.map(msOf)) }
}

function runOf(problem: Problem, { vehicle, calls, load, metres }: Route): DeliveryRun {
  const back = calls.at(-1)
  const visits = calls.slice(1, -1)
  const [first] = visits
  const opensAt = problem.deliveries[first?.place ?? 0]?.opensAt ?? 0
  // Better to wait in the warehouse than before a closed shop.
  const spareMs = Math.max(0, opensAt - (first?.arrivesAt ?? 0))
  return {
    vehicle: vehicle.id,
    leavesAt: vehicle.startsAt + spareMs,
    visits: visits.map(({ place, arrivesAt, leavesAt }, n) => ({
      delivery: idOf(problem, place),
      arrivesAt: arrivesAt + (n === 0 ? spareMs : 0),
      leavesAt,
    })),
    backAt: back?.arrivesAt ?? vehicle.endsAt,
    ...{ load, metres },
  }
}

const idOf = ({ deliveries }: Problem, place: number): string => deliveries[place]?.id ?? ''

function whyNot(problem: Problem, place: number): Why {
  const load = problem.deliveries[place]?.load ?? 0
  const strong = problem.vehicles.filter(({ capacity }) => capacity >= load)
  if (strong.length === 0) return 'too_heavy'
  return strong.some((vehicle) => routeOf(problem, vehicle, [place])) ? 'no_room' : 'out_of_reach'
}

function check({ deliveries, vehicles, ways }: RunsWish): void {
  if (Math.max(deliveries.length, vehicles.length) > DELIVERIES_MAX)
    throw new RangeError(`at most ${DELIVERIES_MAX} deliveries and vehicles`)
  for (const all of [deliveries, vehicles])
    if (new Set(all.map(({ id }) => id)).size < all.length) throw new RangeError('an id comes twice')
  const size = deliveries.length + 1
  for (const matrix of [ways.metres, ways.ms])
    if (matrix.length !== size || matrix.some((row) => row.length !== size))
      throw new RangeError(`a matrix is not ${size} by ${size}`)
  const sizes = [
    deliveries.map(({ load, serviceMs }) => [load, serviceMs]),
    vehicles.map(({ capacity }) => [capacity]),
  ]
  const numbers = [...sizes.flat(2), ...ways.metres.flat(), ...ways.ms.flat()]
  if (!numbers.every((one) => Number.isSafeInteger(one) && one >= 0))
    throw new RangeError('a load, time or distance is not a whole number from nought')
}
