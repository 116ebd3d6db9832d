import { lineOf } from '../lines/index.ts'
import type { Milestone } from '../lines/line.ts'
import type { TrackingContext } from './model.ts'

/** The milestone to be passed next; undefined when all are behind. */
export const nextMilestone = ({ line, passed, returning }: TrackingContext): Milestone | undefined => {
  const { carry, back } = lineOf(line)
  return returning && back && passed === carry.length - 1 ? back : carry[passed]
}
