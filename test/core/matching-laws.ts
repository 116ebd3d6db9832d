import assert from 'node:assert/strict'
import fc from 'fast-check'
import type * as matching from '../../src/core/move/matching.ts'
import { type Position, roadMetres } from '../../src/core/move/places.ts'
import type { Candidate, Load } from '../../src/core/sell/loads.ts'
import { phone } from '../channels/hosting.ts'

export type Matching = Pick<typeof matching, 'scoreOf' | 'matched'>
type Wanted = Pick<Load, 'from' | 'to' | 'kg'>

/** Whoever lives so close to where it goes drives home with it; whoever stands so close to where it is loaded is there. */
const CLOSE_KM = 60
const KNOWN_LOADS = 10

/** In a country of some hundred kilometres. */
const position: fc.Arbitrary<Position> = fc.record({
  lat: fc.double({ min: -3, max: 3, noNaN: true }),
  lng: fc.double({ min: 29, max: 35, noNaN: true }),
})
const town = position.map((at) => ({ id: 't', name: 'T', area: 'A', stage: null, ...at }))
export const load: fc.Arbitrary<Wanted> = fc.record({
  from: town,
  to: town,
  kg: fc.integer({ min: 1, max: 25_000 }),
})
const candidate = fc.record({
  partner: fc.constantFrom('pt_a', 'pt_b', 'pt_c', 'pt_d'),
  capacityKg: fc.integer({ min: 1, max: 40_000 }),
  at: position,
  home: position,
  stars: fc.option(fc.integer({ min: 10, max: 50 })),
  delivered: fc.nat({ max: 60 }),
})
/** Vehicles of four carriers, each another. */
export const candidates: fc.Arbitrary<Candidate[]> = fc
  .array(candidate, { maxLength: 12 })
  .map((all) => all.map((one, n) => ({ ...one, phone: phone('+250788000001'), vehicle: `ve_${n}` })))

const km = (a: Position, b: Position): number => roadMetres(a, b) / 1000

/** Each carrier is told once, of its best vehicle, the best carrier first; in whatever order they were found. */
export function ranks({ scoreOf, matched }: Matching, wanted: Wanted, all: readonly Candidate[]): void {
  const found = matched(wanted, all)
  assert.deepEqual(
    found.map(({ candidate: { partner } }) => partner).sort(),
    [...new Set(all.map(({ partner }) => partner))].sort(),
    'a carrier is missing, or told twice',
  )
  for (const [n, match] of found.entries()) {
    const own = all.filter(({ partner }) => partner === match.candidate.partner)
    const best = Math.max(...own.map((one) => scoreOf(wanted, one).points))
    assert.equal(match.points, best, 'another vehicle of theirs is better')
    assert.ok((found[n - 1]?.points ?? 100) >= match.points, 'a better one comes later')
  }
  assert.deepEqual(matched(wanted, all.toReversed()), found, 'it depends on the order they were found in')
}

/** Points are of a hundred, and what speaks for a vehicle never costs it any. */
export function weighs({ scoreOf }: Matching, wanted: Wanted, one: Candidate): void {
  const { points } = scoreOf(wanted, one)
  assert.ok(points >= 0 && points <= 100, `${points} points`)
  const better: Readonly<Record<string, Partial<Candidate>>> = {
    there: { at: wanted.from },
    'rated better': { stars: 50 },
    'known better': { delivered: one.delivered + 1 },
    'just large enough': { capacityKg: Math.max(1, Math.min(one.capacityKg, wanted.kg)) },
  }
  for (const [what, change] of Object.entries(better))
    assert.ok(scoreOf(wanted, { ...one, ...change }).points >= points - 1e-9, `it loses by being ${what}`)
}

/** The reason that a carrier is told is true, and the strongest of those that are. */
export function explains({ scoreOf }: Matching, wanted: Wanted, one: Candidate): void {
  const { reason, km: told } = scoreOf(wanted, one)
  assert.equal(told, Math.round(km(one.at, wanted.from)))
  const isHomeward = km(one.home, wanted.to) <= CLOSE_KM && km(one.home, wanted.from) > CLOSE_KM
  const isNear = told <= CLOSE_KM
  const isKnown = one.delivered >= KNOWN_LOADS
  assert.equal(reason, isHomeward ? 'home' : isNear ? 'near' : isKnown ? 'known' : 'fits')
}

/** @param endOnFailure what is wrong is enough, and need not be made small to be read */
const runs = (endOnFailure: boolean) => ({ numRuns: 300, includeErrorInReport: true, endOnFailure })
export const laws = {
  ranks: (is: Matching, endOnFailure = false) =>
    fc.assert(
      fc.property(load, candidates, (...of) => ranks(is, ...of)),
      runs(endOnFailure),
    ),
  weighs: (is: Matching, endOnFailure = false) =>
    fc.assert(
      fc.property(load, candidates, (wanted, all) => all.forEach((one) => void weighs(is, wanted, one))),
      runs(endOnFailure),
    ),
  explains: (is: Matching, endOnFailure = false) =>
    fc.assert(
      fc.property(load, candidates, (wanted, all) => all.forEach((one) => void explains(is, wanted, one))),
      runs(endOnFailure),
    ),
}
