import { setup } from 'xstate'
import { LIMITS } from '../../core/base/limits.ts'
import type { Params } from '../effects.ts'
import { lineOf } from '../lines/index.ts'
import { HELP_PHONE, phrase } from '../words/index.ts'
import { nextMilestone } from './milestones.ts'
import type { TrackingContext, TrackingEvent, TrackingInput, trackingEffects } from './model.ts'
import { waitedFor, waitedOn } from './waited.ts'

type Does = Params<typeof trackingEffects>
export type Is = { readonly context: TrackingContext; readonly event: TrackingEvent }
export type Of = { readonly context: TrackingContext }

/** Only effects stand in `actions`; changes of context are made below. */
export const tracking = setup({
  types: { context: {} as TrackingContext, events: {} as TrackingEvent, input: {} as TrackingInput },
  actions: {
    seekDriver: (_, _params: Does['seekDriver']) => {},
    takeDriver: (_, _params: Does['takeDriver']) => {},
    releaseDriver: (_, _params: Does['releaseDriver']) => {},
    rateTraveller: (_, _params: Does['rateTraveller']) => {},
    hold: (_, _params: Does['hold']) => {},
    keep: (_, _params: Does['keep']) => {},
    free: (_, _params: Does['free']) => {},
    move: (_, _params: Does['move']) => {},
    reseat: (_, _params: Does['reseat']) => {},
    leave: (_, _params: Does['leave']) => {},
    putBack: (_, _params: Does['putBack']) => {},
    retime: (_, _params: Does['retime']) => {},
    tell: (_, _params: Does['tell']) => {},
    say: (_, _params: Does['say']) => {},
    show: (_, _params: Does['show']) => {},
  },
})

/** How many milestones were passed when it was last handed on; 0 while it is with who had it first. */
export const relayed = ({ line, passed }: TrackingContext): number =>
  lineOf(line).carry.findLastIndex(({ relay }, n) => relay === true && n < passed) + 1
export const isRelayed = ({ context }: Of): boolean => relayed(context) > 0
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

/** What it is worth is agreed in terms, and its price waits in escrow. */
export const hasTerms = ({ context }: Of): boolean => lineOf(context.line).terms !== undefined
/** Nobody gave a code, and the payer can still be asked. */
export const isClaim = (now: Is): boolean =>
  hasTerms(now) &&
  isNext(now) &&
  now.event.type === 'PASS' &&
  now.event.code === null &&
  !isLocked(now.context)
export const claim = tracking.assign({ claimed: true, problem: null })

/** A code was given, and it is another one; once too often nothing counts any more. */
export const isWrong = (now: Is): boolean =>
  isNext(now) && now.event.type === 'PASS' && now.event.code !== null && !isLocked(now.context)
/** Nobody is asked: the nearest has it and may still drop it, or what it wishes for is kept. */
export const isUnasked = ({ context }: Of): boolean =>
  lineOf(context.line).reserve !== 'offer' && !isRelayed({ context })
/** What it needs is held, sold and freed; nobody is sought, taken or let go, until it is handed on. */
export const isKept = ({ context }: Of): boolean => context.wish !== null && !isRelayed({ context })
/** It leaves by a timetable, whoever travels. */
const isTimetabled = ({ context }: Of): boolean => context.driver?.passage !== undefined
export const takeOffer = tracking.assign(({ context, event }) =>
  event.type === 'OFFERED'
    ? { driver: event.driver, epoch: context.epoch + 1, asked: [...context.asked, event.driver.phone] }
    : {},
)
export const letGo = tracking.assign(({ context }) => ({
  driver: null,
  passed: relayed(context),
  wrongCodes: 0,
  problem: null,
  ...(context.waiting && { waiting: { ...context.waiting, since: null } }),
}))
export const mayGo = tracking.assign(({ event }) =>
  event.type === 'GO' ? { go: true, cash: event.cash } : {},
)
export const pass = tracking.assign(({ context, event }) => ({
  passed: context.passed + 1,
  problem: null,
  ...waitedOn({ context, event }),
}))
export const bringBack = tracking.assign({ returning: true, wrongCodes: 0, problem: null })
export const lock = tracking.assign({ wrongCodes: LIMITS.wrongCodes, problem: null })
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
export const tellPassed = {
  type: 'tell',
  params: ({ context, event }: Is) => {
    const waited = waitedFor({ context, event })
    return {
      to: { flow: 'booking' as const, id: context.booking },
      event: {
        type: 'PASSED',
        milestone: nextMilestone(context)?.id,
        ...(waited && waited.amountMinor > 0 && { waited }),
      },
    }
  },
} as const
/** Who drives by a timetable is not told of each who travels, nor a warehouse of what may never be paid. */
const isTold = (is: Of): boolean => !isTimetabled(is) && (is.context.go || !isKept(is))
export const showDriver = tracking.enqueueActions(({ context, enqueue }) => {
  if (context.driver && isTold({ context }))
    enqueue({ type: 'show', params: { to: context.driver.phone, role: 'driver', purpose: 'offer' } })
})
export const sayDriver = (key: 'offerGone' | 'jobCancelled' | 'notTaken') =>
  tracking.enqueueActions(({ context, enqueue }) => {
    if (context.driver && isTold({ context }))
      enqueue({
        type: 'say',
        params: { to: context.driver.phone, phrase: phrase(key, { code: context.code, help: HELP_PHONE }) },
      })
  })
/** The way is over, and the driver has not said yet how whoever travelled was. */
export const mayRate = (context: TrackingContext): boolean =>
  lineOf(context.line).rates === true && nextMilestone(context) === undefined && context.stars === undefined
/** What the driver says of whoever travelled, once. */
export const rate = {
  guard: (now: Is) => isTheirs(now) && mayRate(now.context),
  actions: [
    tracking.enqueueActions(({ context, event, enqueue }) => {
      if (event.type === 'RATE')
        enqueue({ type: 'rateTraveller', params: { person: context.owner, stars: event.stars } })
    }),
    tracking.assign(({ event }) => (event.type === 'RATE' ? { stars: event.stars } : {})),
  ],
} as const
/** Somebody is sought for it, or something held. */
export const seek = tracking.enqueueActions(({ context, enqueue }) => {
  const { line, near, asked, fleet = lineOf(line).drivers } = context
  if (isKept({ context })) enqueue({ type: 'hold', params: {} })
  else enqueue({ type: 'seekDriver', params: { line: fleet, near, except: asked } })
})
export const keep = { type: 'keep', params: {} } as const
/** Whoever or whatever was kept for it is free again. */
export const release = tracking.enqueueActions(({ context, enqueue }) => {
  enqueue({ type: isKept({ context }) ? 'free' : 'releaseDriver', params: {} })
})
/** Who drove is free again. What was sold stays so: that seat is nobody else's on that bus. */
export const releaseDriver = tracking.enqueueActions(({ context, enqueue }) => {
  if (!isKept({ context })) enqueue({ type: 'releaseDriver', params: {} })
})
export const takeThem = tracking.enqueueActions(({ context, enqueue }) => {
  if (context.driver && !isKept({ context }))
    enqueue({ type: 'takeDriver', params: { driver: context.driver.phone } })
})
/** Nobody may go before it is sold. */
export const mayGoOnceKept = tracking.assign(({ event }) => (event.type === 'GO' ? { cash: event.cash } : {}))
/** Another than was held, when that went to somebody else before it was paid. */
export const takeKept = tracking.assign(({ event }) =>
  event.type === 'KEPT' ? { driver: event.driver, go: true } : {},
)
const reasons = ({ why, lacking }: Extract<TrackingEvent, { readonly type: 'NOBODY' }>) => ({
  ...(why && { why }),
  ...(lacking && { lacking }),
})
export const unheld = {
  type: 'tell',
  params: ({ context, event }: Is) => ({
    to: { flow: 'booking' as const, id: context.booking },
    event: { type: 'UNHELD', ...(event.type === 'NOBODY' && reasons(event)) },
  }),
} as const
