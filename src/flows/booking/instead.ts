import * as does from './changes.ts'
import { booking } from './changes.ts'
import * as earning from './earning.ts'
import * as guards from './guards.ts'
import type { BookingContext, BookingEvent } from './model.ts'
import { canMove, close, moving, sayMoved, takeReseated } from './moving.ts'

type In = { readonly context: BookingContext; readonly event: BookingEvent }

const MINUTE_MS = 60_000
/** So long the seats are kept for their answer, and no longer than until so shortly before it leaves. */
const ANSWER_MS = 120 * MINUTE_MS
const BEFORE_LEAVING_MS = 30 * MINUTE_MS

/** It is not another list that they are answering. */
const isAnswering = ({ context, event }: In, value: string): boolean =>
  guards.isAskedInstead({ context }) &&
  context.found === null &&
  context.moving === null &&
  event.type === 'ANSWER' &&
  event.value === value

const ask = booking.assign(({ context, event: { at } }) => {
  const leavesAt = context.carrier?.passage?.leavesAt ?? at
  return { instead: { until: Math.max(at, Math.min(at + ANSWER_MS, leavesAt - BEFORE_LEAVING_MS)) } }
})
const agree = booking.assign({ instead: null })
const paidBack = [does.endAs('cancelledRefund'), does.tellJourney('CANCEL'), earning.giveBack] as const

/**
 * What was to leave does not. Seats on the next are theirs already, so that nobody else can have them while they think:
 * a yes leaves them so, a no or silence gives the seats up and all the money back.
 */
export const instead = {
  RESEATED: {
    guard: ({ context }: In) => canMove(context) && guards.isWaiting({ context }),
    actions: [takeReseated, close, ask, does.showMe],
  },
  RETIMED: [
    { guard: guards.isAskedInstead, actions: [does.takeRetimed, does.showMe] },
    { guard: guards.isWaiting, actions: [does.takeRetimed, does.sayDelay] },
  ],
  REMIND: { guard: (is: In) => !guards.isAskedInstead(is), actions: does.sayReminder },
  ANSWER: [
    { guard: (is: In) => isAnswering(is, 'yes'), actions: [agree, sayMoved] },
    { guard: (is: In) => isAnswering(is, 'no'), target: 'cancelled', actions: [...paidBack] },
    ...moving.ANSWER,
  ],
  DEADLINE: [
    { guard: guards.isAskedInstead, target: 'cancelled', actions: [...paidBack, does.sayEnd] },
    moving.DEADLINE,
  ],
} as const

/** It left without them before they had said a word. */
export const unanswered = {
  guard: guards.isAskedInstead,
  target: 'cancelled',
  actions: [...paidBack, does.sayEnd],
} as const
