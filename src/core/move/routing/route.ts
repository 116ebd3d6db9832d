import type { Instant } from '../../base/clock.ts'
import { metresOf, msOf, type Problem } from './problem.ts'
import type { Vehicle } from './wish.ts'

/** A vehicle's way from the warehouse and back, in time and within its capacity. */
export type Route = {
  readonly vehicle: Vehicle
  /** The places of its deliveries. */
  readonly order: readonly number[]
  readonly load: number
  readonly metres: number
  /** The warehouse, each place, the warehouse again. */
  readonly calls: readonly Call[]
}

export type Call = {
  readonly place: number
  readonly arrivesAt: Instant
  /** Done there. */
  readonly leavesAt: Instant
  /** Who comes later is too late here or further on. */
  readonly dueAt: Instant
}

type Spot = { readonly at: number; readonly metres: number }

/** @returns null when it is too much or too late */
export function routeOf(problem: Problem, vehicle: Vehicle, order: readonly number[]): Route | null {
  const load = order.reduce((sum, place) => sum + (problem.deliveries[place]?.load ?? 0), 0)
  const due = dueTimes(problem, vehicle, order)
  let call: Call = {
    place: 0,
    arrivesAt: vehicle.startsAt,
    leavesAt: vehicle.startsAt,
    dueAt: vehicle.startsAt,
  }
  const calls = [call]
  let metres = 0
  for (const [n, place] of [...order, 0].entries()) {
    const arrivesAt = call.leavesAt + msOf(problem, call.place, place)
    const dueAt = due[n] ?? vehicle.endsAt
    if (arrivesAt > dueAt) return null
    metres += metresOf(problem, call.place, place)
    const { opensAt, serviceMs } = problem.deliveries[place] ?? { opensAt: arrivesAt, serviceMs: 0 }
    call = { place, arrivesAt, leavesAt: Math.max(arrivesAt, opensAt) + serviceMs, dueAt }
    calls.push(call)
  }
  return load > vehicle.capacity ? null : { vehicle, order, load, metres, calls }
}

/** By place of the order; one that opens after it is due makes everything before it due before all time. */
function dueTimes(problem: Problem, { endsAt }: Vehicle, order: readonly number[]): readonly Instant[] {
  const due: Instant[] = []
  let next = 0
  let nextDue = endsAt
  for (let n = order.length - 1; n >= 0; n -= 1) {
    const place = order[n] ?? 0
    const { opensAt, closesAt, serviceMs } = problem.deliveries[place] ?? {
      opensAt: 0,
      closesAt: 0,
      serviceMs: 0,
    }
    const begins = Math.min(closesAt, nextDue - msOf(problem, place, next) - serviceMs)
    nextDue = begins < opensAt ? Number.NEGATIVE_INFINITY : begins
    due[n] = nextDue
    next = place
  }
  return due
}

/** The shortest detour that keeps everybody's time; positions for which `skips` says so are passed over. */
export function bestSpot(problem: Problem, route: Route, place: number, skips: () => boolean): Spot | null {
  const delivery = problem.deliveries[place]
  if (!delivery || route.load + delivery.load > route.vehicle.capacity) return null
  let best: Spot | null = null
  let before: Call | undefined
  let at = -1
  for (const after of route.calls) {
    if (before) {
      const metres =
        metresOf(problem, before.place, place) +
        metresOf(problem, place, after.place) -
        metresOf(problem, before.place, after.place)
      if ((!best || metres < best.metres) && !skips()) {
        const arrivesAt = before.leavesAt + msOf(problem, before.place, place)
        const leavesAt = Math.max(arrivesAt, delivery.opensAt) + delivery.serviceMs
        const isInTime =
          arrivesAt <= delivery.closesAt && leavesAt + msOf(problem, place, after.place) <= after.dueAt
        if (isInTime) best = { at, metres }
      }
    }
    before = after
    at += 1
  }
  return best
}
