import { LIMITS } from '../../core/base/limits.ts'
import {
  bringBack,
  canReturn,
  countReminder,
  countWrong,
  isMissed,
  isReminderDue,
  isRuled,
  isSeated,
  isTheirs,
  isUnasked,
  isWrong,
  keep,
  letGo,
  lock,
  mayGo,
  mayPass,
  nextMilestone,
  pass,
  release,
  releaseDriver,
  sayDriver,
  seek,
  showDriver,
  takeOffer,
  takeSeats,
  takeThem,
  tellBooking,
  tellPassed,
  tracking,
  unheld,
  unlocked,
} from './changes.ts'

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
    goods: input?.goods,
    seats: input?.seats ?? null,
    reminded: 0,
    epoch: 0,
    asked: [],
    driver: null,
    go: input?.go,
    cash: false,
    passed: 0,
    returning: false,
    wrongCodes: 0,
    problem: null,
  }),
  on: { GO: { actions: mayGo } },
  states: {
    seeking: {
      always: {
        guard: ({ context }) => context.asked.length >= LIMITS.offersPerBooking,
        target: 'failed',
        actions: [unheld, release],
      },
      entry: seek,
      on: {
        OFFERED: [
          { guard: isUnasked, target: 'assigned', actions: takeOffer },
          { target: 'offered', actions: takeOffer },
        ],
        NOBODY: { target: 'failed', actions: unheld },
        CANCEL: { target: 'failed', actions: release },
        DEADLINE: { target: 'failed', actions: [unheld, release] },
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
          { guard: (now) => !now.context.go && isSeated(now), actions: [mayGo, keep] },
          { guard: ({ context }) => !context.go, actions: [mayGo, showDriver] },
        ],
        KEPT: {
          guard: isSeated,
          actions: [takeSeats, tellBooking(({ driver }) => ({ type: 'HELD', carrier: driver }))],
        },
        NOBODY: { guard: isSeated, target: 'failed', actions: unheld },
        CALLED_OFF: { guard: isSeated, target: 'failed', actions: [unheld, release] },
        PASS: [
          {
            guard: (now) => mayPass(now) && nextMilestone(now.context)?.aboard === true,
            target: 'underway',
            actions: [tellPassed, pass],
          },
          { guard: mayPass, actions: [tellPassed, pass, showDriver] },
          { guard: isWrong, actions: countWrong },
        ],
        UNLOCK: unlocked,
        DROP: {
          guard: (now) => isTheirs(now) && !isSeated(now),
          target: 'seeking',
          actions: [tellBooking(() => ({ type: 'LEFT' })), letGo],
        },
        CANCEL: { target: 'failed', actions: [sayDriver('jobCancelled'), release] },
        DEADLINE: [
          { guard: isReminderDue, actions: [countReminder, tellBooking(() => ({ type: 'REMIND' }))] },
          { guard: isMissed, target: 'done' },
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
          { guard: isWrong, actions: countWrong },
        ],
        RETURN: {
          guard: (now) => isTheirs(now) && canReturn(now.context),
          actions: [bringBack, tellBooking(() => ({ type: 'RETURNING' })), showDriver],
        },
        UNLOCK: unlocked,
        RULE: [
          { guard: (now) => isRuled(now) && now.event.type === 'RULE' && now.event.arrived, target: 'done' },
          { guard: isRuled, target: 'failed', actions: [sayDriver('jobCancelled'), unheld, release] },
        ],
        DEADLINE: [
          // Nobody is paid by waiting: where the end must be proven, time proves nothing.
          { guard: ({ context }) => nextMilestone(context)?.prove === 'code', actions: [lock, showDriver] },
          { target: 'done' },
        ],
      },
    },
    done: { type: 'final', entry: [tellBooking(() => ({ type: 'ARRIVED' })), releaseDriver] },
    failed: { type: 'final' },
  },
})
