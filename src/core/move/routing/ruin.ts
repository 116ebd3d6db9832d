import { type Chance, pick } from './chance.ts'
import type { Draft } from './draft.ts'
import type { Problem } from './problem.ts'
import { type Route, routeOf } from './route.ts'

/** Deliveries that a round takes out, about. */
const REMOVED = 15
/** At most so many in a row from one route. */
const STRING_MAX = 10
/** How often one between them is kept. */
const SPLIT_SHARE = 0.5
/** How often a whole route is given up first, as long as it has not too many. */
const WHOLE_SHARE = 0.03
const WHOLE_MAX = 20

/** Takes rows of deliveries that are near each other out of neighbouring routes. */
export function ruin(problem: Problem, draft: Draft, chance: Chance): Draft {
  const home = new Map(draft.routes.flatMap((route, n) => route.order.map((place) => [place, n] as const)))
  const busy = draft.routes.filter(({ order }) => order.length > 0).length
  const longest = Math.min(STRING_MAX, home.size / Math.max(1, busy))
  const strings = Math.floor(1 + chance() * ((4 * REMOVED) / (1 + longest) - 1))
  const routes = [...draft.routes]
  const missing = [...draft.missing]
  const cut = new Set<number>()
  const given = chance() < WHOLE_SHARE ? givenUp(problem, routes, chance) : undefined
  if (given !== undefined) {
    missing.push(...(draft.routes[given]?.order ?? []))
    cut.add(given)
  }
  for (const place of problem.near[1 + pick(chance, problem.size - 1)] ?? []) {
    if (cut.size >= strings) break
    const n = home.get(place)
    const route = n === undefined ? undefined : routes[n]
    if (n === undefined || !route || cut.has(n)) continue
    cut.add(n)
    const left = shortened(problem, route, place, longest, chance)
    routes[n] = left
    missing.push(...route.order.filter((one) => !left.order.includes(one)))
  }
  return { routes, missing }
}

/** Empties a route. @returns which */
function givenUp(problem: Problem, routes: Route[], chance: Chance): number | undefined {
  const short = routes.flatMap(({ order }, n) => (order.length > 0 && order.length <= WHOLE_MAX ? [n] : []))
  const n = short[pick(chance, short.length)]
  const route = n === undefined ? undefined : routes[n]
  if (n !== undefined && route) routes[n] = routeOf(problem, route.vehicle, []) ?? route
  return n
}

function shortened(problem: Problem, route: Route, place: number, longest: number, chance: Chance): Route {
  const { vehicle, order } = route
  const length = Math.floor(1 + chance() * Math.min(longest, order.length))
  const kept = chance() < SPLIT_SHARE && length > 1 && length < order.length ? 1 : 0
  const span = length + kept
  const at = order.indexOf(place)
  const first = Math.max(0, at - span + 1)
  const from = first + pick(chance, Math.min(at, order.length - span) - first + 1)
  const keptAt = from + 1 + pick(chance, length - 1)
  const rest = order.filter((_, n) => n < from || n >= from + span || (kept > 0 && n === keptAt))
  // A detour may be the quicker way: what is left of a route in time can be late, and is taken out too.
  return routeOf(problem, vehicle, rest) ?? routeOf(problem, vehicle, []) ?? route
}
