import { chanceFrom } from './chance.ts'
import { type Draft, isBetter, metresIn, nothingYet } from './draft.ts'
import type { Problem } from './problem.ts'
import { greedy, recreate } from './recreate.ts'
import { ruin } from './ruin.ts'
import type { Effort } from './wish.ts'

/** A worse plan is gone on with when it is worse by about this share of a way between two calls, at first; */
const HOT = 0.7
/** and in the end. */
const COLD = 0.01

/**
 * Ruin and recreate, as in Christiaens and Vanden Berghe, Slack Induction by String Removals (Transportation Science,
 * 2020): each round takes rows of neighbouring deliveries out of their routes and puts them back one by one where they
 * cost least, now and then passing over a place; annealing decides whether to go on from there.
 * @returns the best found, never worse than the greedy plan
 */
export function search(problem: Problem, { seed, rounds }: Effort): Draft {
  const chance = chanceFrom(seed)
  let current = greedy(problem, nothingYet(problem))
  let best = current
  const leg = metresIn(current) / problem.size
  // Serving one more is worth any detour.
  const missed = 2 * problem.metres.reduce((most, one) => Math.max(most, one), 0) + 1
  const costOf = (draft: Draft) => metresIn(draft) + draft.missing.length * missed
  for (let round = 0; round < rounds; round += 1) {
    const next = recreate(problem, ruin(problem, current, chance), chance)
    const heat = leg * HOT * (COLD / HOT) ** (round / rounds)
    if (costOf(next) < costOf(current) - heat * Math.log(chance())) current = next
    if (isBetter(next, best)) best = next
  }
  return best
}
