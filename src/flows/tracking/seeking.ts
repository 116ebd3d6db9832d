import {
  isRelayed,
  isTheirs,
  isUnasked,
  letGo,
  release,
  releaseDriver,
  sayDriver,
  seek,
  showDriver,
  takeOffer,
  tracking,
  unheld,
} from './changes.ts'
import { isAskedOut, isSoughtAgain, putBack, seekAgain, seekAnew, tellStranded } from './handing-on.ts'
import { isSaidBy } from './ruling.ts'
import { beginWaiting, isFull, isPatient, stopWaiting } from './seated.ts'

/** Somebody is looked for, or what it needs is held. */
export const seeking = tracking.createStateConfig({
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
})

/** Full. If they would wait, it is asked for when something came free, and now and then: a hold ends by itself. */
export const queued = tracking.createStateConfig({
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
})

/** Nobody was there to carry on what is paid and packed. */
export const waiting = tracking.createStateConfig({
  entry: [releaseDriver, tellStranded],
  on: {
    DEADLINE: { guard: isSoughtAgain, target: 'seeking', actions: seekAgain },
    SEEK: { guard: isSaidBy, target: 'seeking', actions: seekAnew },
    GIVE_UP: { guard: isSaidBy, target: 'failed', actions: [putBack, unheld] },
  },
})

/** One has the offer, until they answer or it passes on. */
export const offered = tracking.createStateConfig({
  entry: showDriver,
  on: {
    ACCEPT: { guard: isTheirs, target: 'assigned' },
    DECLINE: { guard: isTheirs, target: 'seeking', actions: letGo },
    DEADLINE: { target: 'seeking', actions: [sayDriver('offerGone'), letGo] },
    CANCEL: { target: 'failed', actions: [sayDriver('jobCancelled'), release] },
  },
})
