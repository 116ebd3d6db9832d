import type { Candidate, Load } from '../sell/loads.ts'
import { roadMetres } from './places.ts'

/** Why a carrier is told of a load, the strongest reason first. */
export type Reason = 'home' | 'near' | 'known' | 'fits'
export type Match = {
  readonly candidate: Candidate
  readonly points: number
  readonly reason: Reason
  /** From where it stands to where it is loaded. */
  readonly km: number
}

/** What each reason is worth at most; the whole is 100. */
const WORTH = { near: 40, home: 25, known: 20, fits: 15 } as const
/** Beyond this it is not near at all; within a tenth of it, it is as good as there. */
const FAR_KM = 600
/** From so many loads on nothing more is gained by another. */
const MANY_LOADS = 20
/** Whoever lives so close to where it goes drives home with it. */
const HOME_KM = 60
const TOP_STARS = 50

/**
 * How well a vehicle suits a load, in points of 100, line by line: how near it stands, whether it would drive home with
 * it, what its carrier has delivered and how that was rated, and how little of it would travel empty.
 */
export function scoreOf(load: Pick<Load, 'from' | 'to' | 'kg'>, candidate: Candidate): Match {
  const km = Math.round(roadMetres(candidate.at, load.from) / 1000)
  const isHomeward =
    roadMetres(candidate.home, load.to) / 1000 <= HOME_KM &&
    roadMetres(candidate.home, load.from) / 1000 > HOME_KM
  const history =
    (Math.min(candidate.delivered, MANY_LOADS) / MANY_LOADS +
      (candidate.stars ?? TOP_STARS / 2) / TOP_STARS) /
    2
  const points: Readonly<Record<Reason, number>> = {
    near: WORTH.near * Math.max(0, 1 - km / FAR_KM),
    home: isHomeward ? WORTH.home : 0,
    known: WORTH.known * history,
    fits: (WORTH.fits * Math.min(load.kg, candidate.capacityKg)) / candidate.capacityKg,
  }
  return {
    candidate,
    km,
    points: points.near + points.home + points.known + points.fits,
    reason: isHomeward
      ? 'home'
      : km <= FAR_KM / 10
        ? 'near'
        : candidate.delivered >= MANY_LOADS / 2
          ? 'known'
          : 'fits',
  }
}

/** The best vehicle of each carrier, the best carrier first. */
export function matched(
  load: Pick<Load, 'from' | 'to' | 'kg'>,
  candidates: readonly Candidate[],
): readonly Match[] {
  const best = new Map<string, Match>()
  const all = candidates
    .map((one) => scoreOf(load, one))
    .sort((a, b) => b.points - a.points || (a.candidate.vehicle < b.candidate.vehicle ? -1 : 1))
  for (const match of all) if (!best.has(match.candidate.partner)) best.set(match.candidate.partner, match)
  return [...best.values()]
}
