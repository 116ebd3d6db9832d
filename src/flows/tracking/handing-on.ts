import { LIMITS } from '../../core/base/limits.ts'
import { type Is, mayPass, type Of, tellBooking, tracking } from './changes.ts'
import { nextMilestone } from './milestones.ts'

/* What is ready is carried on by somebody else, who is sought again and again, and at last by a person's word. */

/** It waits, where it was brought so far, for who carries it on. */
export const handOn = tracking.assign(({ context: { driver, near, from } }) => ({
  driver: null,
  asked: [],
  near: driver?.at ?? near,
  from: driver?.name ?? from,
  wrongCodes: 0,
  problem: null,
}))
export const isHandedOn = (now: Is): boolean => mayPass(now) && nextMilestone(now.context)?.relay === true
export const leave = { type: 'leave', params: {} } as const
export const putBack = { type: 'putBack', params: {} } as const
/** Everybody near was asked. After so many searches only a person lets it be sought again. */
export const isAskedOut = ({ context }: Of): boolean => context.asked.length >= LIMITS.offersPerBooking
export const isSoughtAgain = ({ context }: Of): boolean => context.searches < LIMITS.searches
/** From now on it waits for a person, and the traveller knows. */
export const tellStranded = tracking.enqueueActions(({ context, enqueue }) => {
  if (!isSoughtAgain({ context })) enqueue(tellBooking(() => ({ type: 'STRANDED' })))
})
export const seekAgain = tracking.assign(({ context }) => ({ asked: [], searches: context.searches + 1 }))
export const seekAnew = tracking.assign({ asked: [], searches: 0 })
