import {
  countWrong,
  isKept,
  isRelayed,
  isTheirs,
  isWrong,
  keep,
  letGo,
  lock,
  mayGo,
  mayGoOnceKept,
  mayPass,
  pass,
  release,
  sayDriver,
  showDriver,
  takeKept,
  takeThem,
  tellBooking,
  tellPassed,
  tracking,
  unheld,
} from './changes.ts'
import { handOn, isHandedOn, leave } from './handing-on.ts'
import { nextMilestone } from './milestones.ts'
import { redirected } from './redirected.ts'
import { ruled, unlocked } from './ruling.ts'
import {
  countReminder,
  isMissed,
  isOfIt,
  isReminderDue,
  mayMove,
  move,
  reseat,
  retime,
  takeMoved,
  takeRetimed,
  tellMoved,
  tellReseated,
} from './seated.ts'

/** Somebody comes, or what was held waits to be paid, packed or boarded. */
export const assigned = tracking.createStateConfig({
  entry: [takeThem, tellBooking(({ driver }) => ({ type: 'HELD', carrier: driver })), showDriver],
  on: {
    GO: [
      { guard: (now) => !now.context.go && isKept(now), actions: [mayGoOnceKept, keep] },
      { guard: ({ context }) => !context.go, actions: [mayGo, showDriver] },
    ],
    KEPT: {
      guard: isKept,
      actions: [takeKept, tellBooking(({ driver }) => ({ type: 'HELD', carrier: driver })), showDriver],
    },
    NOBODY: { guard: isKept, target: 'failed', actions: unheld },
    MOVE: { guard: mayMove, actions: move },
    MOVED: { guard: mayMove, actions: [takeMoved, tellMoved] },
    UNMOVED: { guard: mayMove, actions: tellMoved },
    DELAYED: { guard: isOfIt, actions: retime },
    RETIMED: {
      guard: ({ context }) => context.wish?.kind === 'seats',
      actions: [takeRetimed, tellBooking(({ driver }) => ({ type: 'RETIMED', carrier: driver }))],
    },
    CALLED_OFF: [
      { guard: (now) => isOfIt(now) && mayMove(now), actions: reseat },
      { guard: isOfIt, target: 'failed', actions: [unheld, release] },
    ],
    RESEATED: { guard: mayMove, actions: [takeMoved, tellReseated] },
    UNSEATED: { guard: mayMove, target: 'failed', actions: [unheld, release] },
    PASS: [
      { guard: isHandedOn, target: 'seeking', actions: [tellPassed, leave, pass, handOn] },
      {
        guard: (now) => mayPass(now) && nextMilestone(now.context)?.aboard === true,
        target: 'underway',
        actions: [tellPassed, pass],
      },
      { guard: mayPass, actions: [tellPassed, pass, showDriver] },
      { guard: isWrong, actions: countWrong },
    ],
    REDIRECT: redirected,
    UNLOCK: unlocked,
    RULE: [...ruled],
    DROP: {
      guard: (now) => isTheirs(now) && !isKept(now),
      target: 'seeking',
      actions: [tellBooking(() => ({ type: 'LEFT' })), letGo],
    },
    NOT_TAKEN: {
      guard: (now) => isTheirs(now) && !isKept(now),
      target: 'seeking',
      actions: [sayDriver('notTaken'), tellBooking(() => ({ type: 'LEFT' })), letGo],
    },
    CANCEL: { target: 'failed', actions: [sayDriver('jobCancelled'), release] },
    DEADLINE: [
      { guard: isReminderDue, actions: [countReminder, tellBooking(() => ({ type: 'REMIND' }))] },
      { guard: isMissed, target: 'done' },
      { guard: isRelayed, actions: [lock, showDriver] },
      { target: 'failed', actions: [sayDriver('jobCancelled'), unheld, release] },
    ],
  },
})
