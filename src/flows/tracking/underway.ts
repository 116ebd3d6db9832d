import {
  bringBack,
  canReturn,
  claim,
  countWrong,
  hasTerms,
  isClaim,
  isTheirs,
  isWrong,
  lock,
  mayPass,
  pass,
  release,
  sayDriver,
  showDriver,
  tellBooking,
  tellPassed,
  tracking,
} from './changes.ts'
import { nextMilestone } from './milestones.ts'
import { redirected } from './redirected.ts'
import { ruled, unlocked } from './ruling.ts'

/** On the way, from step to step. */
export const underway = tracking.createStateConfig({
  entry: showDriver,
  always: { guard: ({ context }) => nextMilestone(context) === undefined, target: 'done' },
  on: {
    PASS: [
      { guard: mayPass, target: 'underway', reenter: true, actions: [tellPassed, pass] },
      { guard: isClaim, target: 'done', actions: claim },
      { guard: isWrong, actions: countWrong },
    ],
    RETURN: {
      guard: (now) => isTheirs(now) && canReturn(now.context),
      actions: [bringBack, tellBooking(() => ({ type: 'RETURNING' })), showDriver],
    },
    REDIRECT: redirected,
    CANCEL: { guard: hasTerms, target: 'failed', actions: [sayDriver('jobCancelled'), release] },
    UNLOCK: unlocked,
    RULE: [...ruled],
    DEADLINE: [
      // Nobody is paid by waiting: where the end must be proven, time proves nothing.
      { guard: ({ context }) => nextMilestone(context)?.prove === 'code', actions: [lock, showDriver] },
      { target: 'done' },
    ],
  },
})
