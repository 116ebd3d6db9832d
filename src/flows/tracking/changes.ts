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

/** Only effects stand in `actions`; changes of context are made below. */
export const tracking = setup({
  types: { context: {} as TrackingContext, events: {} as TrackingEvent, input: {} as TrackingInput },
  actions: {
    seekDriver: (_, _params: Does['seekDriver']) => {},
    takeDriver: (_, _params: Does['takeDriver']) => {},
    releaseDriver: (_, _params: Does['releaseDriver']) => {},
    holdSeats: (_, _params: Does['holdSeats']) => {},
    keepSeats: (_, _params: Does['keepSeats']) => {},
    freeSeats: (_, _params: Does['freeSeats']) => {},
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

export const isTheirs = ({ context, event }: Is): boolean =>
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
export const mayPass = (now: Is): boolean => isNext(now) && isProven(now) && !isLocked(now.context)

/** A code was given, and it is another one; once too often nothing counts any more. */
export const isWrong = (now: Is): boolean =>
  isNext(now) && now.event.type === 'PASS' && now.event.code !== null && !isLocked(now.context)
/** What a person says of a journey that is locked, with their name. */
export const isRuled = ({ context, event }: Is): boolean =>
  (event.type === 'UNLOCK' || event.type === 'RULE') && event.by.trim() !== '' && isLocked(context)

/** Nobody is asked: the nearest has it and may still drop it, or seats are kept. */
export const isUnasked = ({ context }: Of): boolean => lineOf(context.line).reserve !== 'offer'
/** It leaves by a timetable, whoever travels: its driver is nobody's to seek, take or let go. */
export const isSeated = ({ context }: Of): boolean => context.seats !== null
export const takeOffer = tracking.assign(({ context, event }) =>
  event.type === 'OFFERED'
    ? { driver: event.driver, epoch: context.epoch + 1, asked: [...context.asked, event.driver.phone] }
    : {},
)
export const letGo = tracking.assign({ driver: null, passed: 0, wrongCodes: 0, problem: null })
export const mayGo = tracking.assign(({ event }) =>
  event.type === 'GO' ? { go: true, cash: event.cash } : {},
)
export const pass = tracking.assign(({ context }) => ({ passed: context.passed + 1, problem: null }))
export const bringBack = tracking.assign({ returning: true, wrongCodes: 0, problem: null })
export const lock = tracking.assign({ wrongCodes: LIMITS.wrongCodes, problem: null })
export const unlock = tracking.assign({ wrongCodes: 0, problem: null })
export const countWrong = tracking.assign(({ context }) => ({
  wrongCodes: context.wrongCodes + 1,
  problem: 'wrongCode' as const,
}))

export const tellBooking = (of: (context: TrackingContext) => { readonly type: string }) =>
  ({
    type: 'tell',
    params: ({ context }: Of) => ({
      to: { flow: 'booking' as const, id: context.booking },
      event: of(context),
    }),
  }) as const
export const tellPassed = tellBooking((context) => ({
  type: 'PASSED',
  milestone: nextMilestone(context)?.id,
}))
/** Who drives by a timetable is not told of each who travels. */
export const showDriver = tracking.enqueueActions(({ context, enqueue }) => {
  if (context.driver && !isSeated({ context }))
    enqueue({ type: 'show', params: { to: context.driver.phone, role: 'driver' } })
})
export const sayDriver = (key: 'offerGone' | 'jobCancelled') =>
  tracking.enqueueActions(({ context, enqueue }) => {
    if (context.driver && !isSeated({ context }))
      enqueue({
        type: 'say',
        params: { to: context.driver.phone, phrase: phrase(key, { code: context.code }) },
      })
  })
/** Somebody is sought for it, or seats are. */
export const seek = tracking.enqueueActions(({ context, enqueue }) => {
  const { seats, line, near, asked } = context
  if (seats) enqueue({ type: 'holdSeats', params: {} })
  else enqueue({ type: 'seekDriver', params: { line: lineOf(line).drivers, near, except: asked } })
})
export const keep = { type: 'keepSeats', params: {} } as const
/** Whoever or whatever was kept for it is free again. */
export const release = tracking.enqueueActions(({ context, enqueue }) => {
  enqueue({ type: isSeated({ context }) ? 'freeSeats' : 'releaseDriver', params: {} })
})
/** Who drove is free again. A seat that was sold stays so: it is nobody else's on that bus. */
export const releaseDriver = tracking.enqueueActions(({ context, enqueue }) => {
  if (!isSeated({ context })) enqueue({ type: 'releaseDriver', params: {} })
})
export const takeThem = tracking.enqueueActions(({ context, enqueue }) => {
  if (context.driver && !isSeated({ context }))
    enqueue({ type: 'takeDriver', params: { driver: context.driver.phone } })
})
/** Others than were held, when those went to somebody else before it was paid. */
export const takeSeats = tracking.assign(({ context: { driver }, event }) =>
  event.type === 'KEPT' && driver?.passage
    ? { driver: { ...driver, passage: { ...driver.passage, seats: event.seats } } }
    : {},
)
export const isReminderDue = ({ context, event }: Is): boolean => {
  const next = context.driver?.passage?.remindAt[context.reminded]
  return context.go && next !== undefined && event.at >= next
}
export const countReminder = tracking.assign(({ context }) => ({ reminded: context.reminded + 1 }))
/** It has long left, and whose seats these are did not come: they were kept all the same. */
export const isMissed = ({ context, event }: Is): boolean =>
  context.go && event.at > (context.driver?.passage?.leavesAt ?? Number.POSITIVE_INFINITY)
export const unheld = {
  type: 'tell',
  params: ({ context, event }: Is) => ({
    to: { flow: 'booking' as const, id: context.booking },
    event: { type: 'UNHELD', ...(event.type === 'NOBODY' && event.why && { why: event.why }) },
  }),
} as const
export const unlocked = { guard: isRuled, actions: [unlock, showDriver] } as const
