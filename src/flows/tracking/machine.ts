import {
  bringBack,
  canReturn,
  claim,
  countWrong,
  hasTerms,
  isClaim,
  isKept,
  isRelayed,
  isTheirs,
  isUnasked,
  isWrong,
  keep,
  letGo,
  lock,
  mayGo,
  mayGoOnceKept,
  mayPass,
  pass,
  rate,
  release,
  releaseDriver,
  sayDriver,
  seek,
  showDriver,
  takeKept,
  takeOffer,
  takeThem,
  tellBooking,
  tellPassed,
  tracking,
  unheld,
} from './changes.ts'
import {
  handOn,
  isAskedOut,
  isHandedOn,
  isSoughtAgain,
  leave,
  putBack,
  seekAgain,
  seekAnew,
  tellStranded,
} from './handing-on.ts'
import { nextMilestone } from './milestones.ts'
import { redirected } from './redirected.ts'
import { isSaidBy, ruled, unlocked } from './ruling.ts'
import {
  beginWaiting,
  countReminder,
  isFull,
  isMissed,
  isOfIt,
  isPatient,
  isReminderDue,
  mayMove,
  move,
  reseat,
  retime,
  stopWaiting,
  takeMoved,
  takeRetimed,
  tellMoved,
  tellReseated,
} from './seated.ts'

/**
 * One journey, from looking for somebody to the end of the way. One offer is out at a time; an answer counts only
 * from the one it was made to, while it stands.
 */
export const trackingMachine = tracking.createMachine({
  id: 'tracking',
  initial: 'seeking',
  context: ({ input }) => ({
    id: input?.id,
    booking: input?.booking,
    owner: input?.owner,
    code: input?.code,
    line: input?.line,
    near: input?.near,
    from: input?.from,
    to: input?.to,
    price: input?.price,
    fee: input?.fee ?? null,
    goods: input?.goods,
    wish: input?.wish ?? null,
    ...(input?.fleet && { fleet: input.fleet }),
    ...(input?.waiting && { waiting: input.waiting }),
    reminded: 0,
    epoch: 0,
    asked: [],
    searches: 0,
    driver: null,
    go: input?.go,
    cash: input?.cash ?? false,
    passed: 0,
    returning: false,
    claimed: false,
    wrongCodes: 0,
    problem: null,
  }),
  // A driver may say how it was once all is over.
  on: { GO: { actions: mayGo }, RATE: rate },
  states: {
    seeking: {
      always: [
        { guard: (is) => isAskedOut(is) && isRelayed(is), target: 'waiting' },
        { guard: isAskedOut, target: 'failed', actions: [unheld, release] },
      ],
      entry: seek,
      on: {
        OFFERED: [
          { guard: isUnasked, target: 'assigned', actions: takeOffer },
          { target: 'offered', actions: takeOffer },
        ],
        NOBODY: [
          { guard: isRelayed, target: 'waiting' },
          { guard: isFull, target: 'queued', actions: unheld },
          { target: 'failed', actions: unheld },
        ],
        CANCEL: { target: 'failed', actions: release },
        DEADLINE: [
          { guard: isRelayed, target: 'waiting' },
          { target: 'failed', actions: [unheld, release] },
        ],
      },
    },
    // Full. If they would wait, it is asked for when something came free, and now and then: a hold ends by itself.
    queued: {
      on: {
        WAIT: { guard: (now) => !isPatient(now), actions: [beginWaiting, seek] },
        QUEUED: { guard: isPatient },
        WAKE: { guard: isPatient, actions: seek },
        OFFERED: { guard: isPatient, target: 'assigned', actions: [takeOffer, stopWaiting] },
        NOBODY: { guard: isPatient, target: 'failed', actions: [unheld, release] },
        CANCEL: { target: 'failed', actions: release },
        DEADLINE: [
          { guard: isPatient, actions: seek },
          { target: 'failed', actions: release },
        ],
      },
    },
    // Nobody was there to carry on what is paid and packed.
    waiting: {
      entry: [releaseDriver, tellStranded],
      on: {
        DEADLINE: { guard: isSoughtAgain, target: 'seeking', actions: seekAgain },
        SEEK: { guard: isSaidBy, target: 'seeking', actions: seekAnew },
        GIVE_UP: { guard: isSaidBy, target: 'failed', actions: [putBack, unheld] },
      },
    },
    offered: {
      entry: showDriver,
      on: {
        ACCEPT: { guard: isTheirs, target: 'assigned' },
        DECLINE: { guard: isTheirs, target: 'seeking', actions: letGo },
        DEADLINE: { target: 'seeking', actions: [sayDriver('offerGone'), letGo] },
        CANCEL: { target: 'failed', actions: [sayDriver('jobCancelled'), release] },
      },
    },
    assigned: {
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
    },
    underway: {
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
    },
    done: {
      type: 'final',
      entry: [tellBooking(({ claimed }) => ({ type: 'ARRIVED', proven: !claimed })), releaseDriver],
    },
    failed: { type: 'final' },
  },
})
