import type { Problem } from './problem.ts'
import { type Route, routeOf } from './route.ts'

/** A plan that is being made. */
export type Draft = {
  /** One a vehicle, also where it stays at home. */
  readonly routes: readonly Route[]
  /** Places that nobody goes to. */
  readonly missing: readonly number[]
}

/** Everybody at home. */
export function nothingYet(problem: Problem): Draft {
  const routes = problem.vehicles.map((vehicle) => routeOf(problem, vehicle, []))
  return { routes: routes.filter((route) => route !== null), missing: [] }
}

export const metresIn = ({ routes }: Draft): number => routes.reduce((sum, { metres }) => sum + metres, 0)

/** Whoever serves more is better, then whoever drives less. */
export const isBetter = (a: Draft, b: Draft): boolean =>
  a.missing.length === b.missing.length ? metresIn(a) < metresIn(b) : a.missing.length < b.missing.length
