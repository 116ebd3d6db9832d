import { type Chance, pick } from './chance.ts'
import type { Draft } from './draft.ts'
import { isTwin, metresOf, type Problem } from './problem.ts'
import { bestSpot, type Route, routeOf } from './route.ts'

/** How seldom a position is passed over, so that not always the nearest is taken. */
const BLINK_SHARE = 0.01

/** More than any way. */
const SHY_METRES = Number.MAX_SAFE_INTEGER / 2

type Rank = (problem: Problem, place: number, chance: Chance) => number

const random: Rank = (_problem, _place, chance) => chance()
const heavy: Rank = ({ deliveries }, place) => -(deliveries[place]?.load ?? 0)
const far: Rank = (problem, place) => -metresOf(problem, 0, place)
const near: Rank = (problem, place) => metresOf(problem, 0, place)
const tight: Rank = ({ deliveries }, place) => {
  const { opensAt, closesAt } = deliveries[place] ?? { opensAt: 0, closesAt: 0 }
  return closesAt - opensAt
}
const early: Rank = ({ deliveries }, place) => deliveries[place]?.opensAt ?? 0
const late: Rank = ({ deliveries }, place) => -(deliveries[place]?.closesAt ?? 0)

/** Who is put in first, as often as it stands here. */
const RANKS = [
  ...[random, random, random, random, heavy, heavy, heavy, heavy],
  ...[far, far, near, tight, tight, early, early, late, late],
]

/** How often a vehicle stays at home as long as another can take it: driving less and with fewer pull against each other. */
const SHY_SHARE = 0.5

/** Puts what is missing back, one by one, each where it costs least. */
export function recreate(problem: Problem, draft: Draft, chance: Chance): Draft {
  const rank = RANKS[pick(chance, RANKS.length)] ?? random
  const isShy = chance() < SHY_SHARE
  return putIn(
    problem,
    draft,
    ranked(problem, draft.missing, rank, chance),
    isShy,
    () => chance() < BLINK_SHARE,
  )
}

/** The plan of somebody in a hurry: the farthest first, each where it costs least. */
export function greedy(problem: Problem, draft: Draft): Draft {
  const all = Array.from({ length: problem.size - 1 }, (_, n) => n + 1)
  return putIn(
    problem,
    draft,
    ranked(problem, all, far, () => 0),
    false,
    () => false,
  )
}

function ranked(problem: Problem, places: readonly number[], rank: Rank, chance: Chance): readonly number[] {
  const ranks = new Map(places.map((place) => [place, rank(problem, place, chance)]))
  return [...places].sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0) || a - b)
}

function putIn(
  problem: Problem,
  draft: Draft,
  places: readonly number[],
  isShy: boolean,
  skips: () => boolean,
): Draft {
  const routes = [...draft.routes]
  const missing: number[] = []
  for (const place of places) {
    let best: {
      readonly n: number
      readonly route: Route
      readonly at: number
      readonly metres: number
    } | null = null
    for (const [n, route] of routes.entries()) {
      if (isSpare(routes, n)) continue
      const spot = bestSpot(problem, route, place, skips)
      if (!spot) continue
      const metres = spot.metres + (isShy && route.order.length === 0 ? SHY_METRES : 0)
      if (!best || metres < best.metres) best = { at: spot.at, metres, n, route }
    }
    const longer = best && routeOf(problem, best.route.vehicle, best.route.order.toSpliced(best.at, 0, place))
    if (best && longer) routes[best.n] = longer
    else missing.push(place)
  }
  return { routes, missing }
}

/** An empty one beside an empty one that can do the same. */
function isSpare(routes: readonly Route[], n: number): boolean {
  const [before, route] = [routes[n - 1], routes[n]]
  if (!route || route.order.length > 0) return false
  return before?.order.length === 0 && isTwin(route.vehicle, before.vehicle)
}
