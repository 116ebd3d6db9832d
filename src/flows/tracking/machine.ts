import { setup } from 'xstate'
import { LIMITS } from '../../core/base/limits.ts'
import type { Params } from '../effects.ts'
import { lineOf } from '../lines/index.ts'
import type { Milestone } from '../lines/line.ts'
import { phrase } from '../words/index.ts'
import type { TrackingContext, TrackingEvent, TrackingInput, trackingEffects } from './model.ts'

type Does = Params<typeof trackingEffects>
type Is = { readonly context: TrackingContext; readonly event: TrackingEvent }
type Of = { readonly context: TrackingContext }

const tracking = setup({
  types: { context: {} as TrackingContext, events: {} as TrackingEvent, input: {} as TrackingInput },
  actions: {
    seekDriver: (_, _params: Does['seekDriver']) => {},
    takeDriver: (_, _params: Does['takeDriver']) => {},
    releaseDriver: (_, _params: Does['releaseDriver']) => {},
    tell: (_, _params: Does['tell']) => {},
    say: (_, _params: Does['say']) => {},
    show: (_, _params: Does['show']) => {},
  },
})

/** The milestone to be passed next; undefined when all are behind. */
export const nextMilestone = ({ line, passed, returning }: TrackingContext): Milestone | undefined => {
  const { carry, back } = lineOf(line)
  return returning && back && passed === carry.length - 1 ? back : carry[passed]
}
/** What must prove the end did not: nothing counts any more but a person's word. */
export const isLocked = ({ wrongCodes }: TrackingContext): boolean => wrongCodes >= LIMITS.wrongCodes
/** Only the last step is left, and it can be done by taking it back. */
export const canReturn = (context: TrackingContext): boolean => {
  const { carry, back } = lineOf(context.line)
  const isLast = context.passed === carry.length - 1
  return back !== null && isLast && !context.returning && !isLocked(context)
}

const isTheirs = ({ context, event }: Is): boolean =>
  'driver' in event && typeof event.driver === 'string' && event.driver === context.driver?.phone
const isNext = (now: Is): boolean =>
  now.event.type === 'PASS' &&
  isTheirs(now) &&
  now.context.go &&
  nextMilestone(now.context)?.id === now.event.milestone
const isProven = ({ context, event }: Is): boolean =>
  event.type === 'PASS' && (nextMilestone(context)?.prove !== 'code' || event.code === codeOf(context))
/** What proves the next step: the sender's own code once it comes back. */
const codeOf = ({ driver, returning }: TrackingContext): string | undefined =>
  returning ? driver?.returnCode : driver?.startCode
const mayPass = (now: Is): boolean => isNext(now) && isProven(now) && !isLocked(now.context)

/** A code was given, and it is another one; once too often nothing counts any more. */
const isWrong = (now: Is): boolean =>
  isNext(now) && now.event.type === 'PASS' && now.event.code !== null && !isLocked(now.context)
/** What a person says of a journey that is locked, with their name. */
const isRuled = ({ context, event }: Is): boolean =>
  (event.type === 'UNLOCK' || event.type === 'RULE') && event.by.trim() !== '' && isLocked(context)

/** Nobody is asked: the nearest has it, and may still drop it. */
const isAssigned = ({ context }: Of): boolean => lineOf(context.line).reserve === 'assign'
const takeOffer = tracking.assign(({ context, event }) =>
  event.type === 'OFFERED'
    ? { driver: event.driver, epoch: context.epoch + 1, asked: [...context.asked, event.driver.phone] }
    : {},
)
const letGo = tracking.assign({ driver: null, passed: 0, wrongCodes: 0, problem: null })
const mayGo = tracking.assign(({ event }) => (event.type === 'GO' ? { go: true, cash: event.cash } : {}))
const pass = tracking.assign(({ context }) => ({ passed: context.passed + 1, problem: null }))
const bringBack = tracking.assign({ returning: true, wrongCodes: 0, problem: null })
const lock = tracking.assign({ wrongCodes: LIMITS.wrongCodes, problem: null })
const unlock = tracking.assign({ wrongCodes: 0, problem: null })
const countWrong = tracking.assign(({ context }) => ({
  wrongCodes: context.wrongCodes + 1,
  problem: 'wrongCode' as const,
}))

const tellBooking = (of: (context: TrackingContext) => { readonly type: string }) =>
  ({
    type: 'tell',
    params: ({ context }: Of) => ({
      to: { flow: 'booking' as const, id: context.booking },
      event: of(context),
    }),
  }) as const
const tellPassed = tellBooking((context) => ({ type: 'PASSED', milestone: nextMilestone(context)?.id }))
const showDriver = tracking.enqueueActions(({ context, enqueue }) => {
  if (context.driver) enqueue({ type: 'show', params: { to: context.driver.phone, role: 'driver' } })
})
const sayDriver = (key: 'offerGone' | 'jobCancelled') =>
  tracking.enqueueActions(({ context, enqueue }) => {
    if (context.driver)
      enqueue({
        type: 'say',
        params: { to: context.driver.phone, phrase: phrase(key, { code: context.code }) },
      })
  })
const release = { type: 'releaseDriver', params: {} } as const
const takeThem = tracking.enqueueActions(({ context, enqueue }) => {
  if (context.driver) enqueue({ type: 'takeDriver', params: { driver: context.driver.phone } })
})
const unheld = tellBooking(() => ({ type: 'UNHELD' }))
const unlocked = { guard: isRuled, actions: [unlock, showDriver] } as const

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
      entry: {
        type: 'seekDriver',
        params: ({ context }) => ({
          line: lineOf(context.line).drivers,
          near: context.near,
          except: context.asked,
        }),
      },
      on: {
        OFFERED: [
          { guard: isAssigned, target: 'assigned', actions: takeOffer },
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
        GO: { guard: ({ context }) => !context.go, actions: [mayGo, showDriver] },
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
        DROP: { guard: isTheirs, target: 'seeking', actions: [tellBooking(() => ({ type: 'LEFT' })), letGo] },
        CANCEL: { target: 'failed', actions: [sayDriver('jobCancelled'), release] },
        DEADLINE: { target: 'failed', actions: [sayDriver('jobCancelled'), unheld, release] },
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
    done: { type: 'final', entry: [tellBooking(() => ({ type: 'ARRIVED' })), release] },
    failed: { type: 'final' },
  },
})
