import { MOST_PRODUCTS } from '../../core/sell/basket.ts'
import { lineOf } from '../lines/index.ts'
import { isKept } from '../lines/line.ts'
import { basketIn } from '../lines/order.ts'
import { isAboard, relayedAt } from './facts.ts'
import type { BookingContext, BookingEvent } from './model.ts'

export type Of = { readonly context: BookingContext }
export type In = Of & { readonly event: BookingEvent }

/** They are not aboard yet. */
export const isWaiting = ({ context }: Of): boolean => !isAboard(context)
/** Said of the present payment, for the first time. */
export const isNewDoubt = ({ context, event }: In): boolean =>
  event.type === 'UNSURE' && event.payment === context.payment && !context.unsure
/** It is ready, and nobody has it. */
export const isStranded = ({ context }: Of): boolean =>
  relayedAt(context) !== null && context.carrier === null
/** A yes of either kind. */
export const agrees = ({ context, event }: In): boolean =>
  event.type === 'ANSWER' && (event.value === 'yes' || paysAtTheEnd({ context, event }))
/** A yes, in cash. */
export const paysAtTheEnd = ({ context, event }: In): boolean =>
  event.type === 'ANSWER' && event.value === 'cash' && mayPayAtTheEnd(context)
/** Nobody says by way of an agent that a third pays. */
export const mayPayAtTheEnd = (context: BookingContext): boolean =>
  lineOf(context.line).besides?.includes('cash') === true &&
  (context.agent === null || !isAssigned({ context }))
/** They want the other vehicle, whose price they were shown. */
export const wantsOther = ({ context, event }: In): boolean =>
  event.type === 'ANSWER' && event.value === 'other' && context.quote?.other !== undefined
/** There is room in the basket for something else, or something else is sold. */
export const mayAskMore = ({ line, given: said, agent, quote }: BookingContext): boolean =>
  agent === null &&
  lineOf(line).besides?.includes('more') === true &&
  basketIn(said).length < MOST_PRODUCTS &&
  quote?.bare !== true
export const wantsMore = ({ context, event }: In): boolean =>
  event.type === 'ANSWER' && event.value === 'more' && mayAskMore(context)
/** What it needs is kept before it is paid, and sold afterwards. */
export const keepsFirst = ({ context }: Of): boolean => isKept(lineOf(context.line).reserve)
/** What leaves so much later than was sold may be given back until it leaves. */
const LONG_DELAY_MS = 3_600_000
/** It leaves much later than was sold. */
export const isLate = ({ carrier }: BookingContext): boolean => {
  const { leavesAt = 0, wasAt = leavesAt } = carrier?.passage ?? {}
  return leavesAt - wasAt >= LONG_DELAY_MS
}
/** They have not said yet whether they go by the other one. */
export const isAskedInstead = ({ context }: Of): boolean => context.instead !== null
/** Not once they are aboard, nor shortly before it leaves: the seat could not be sold again. */
export const mayCancel = ({ context, event }: In): boolean => {
  const { cancelUntilMs } = lineOf(context.line)
  const leavesAt = context.carrier?.passage?.leavesAt ?? Number.POSITIVE_INFINITY
  return (
    !isAboard(context) &&
    (isAskedInstead({ context }) ||
      cancelUntilMs === null ||
      event.at < leavesAt - (isLate(context) ? 0 : cancelUntilMs))
  )
}
/** Whether the nearest driver simply gets it, once it is paid. */
export const isAssigned = ({ context }: Of): boolean => lineOf(context.line).reserve === 'assign'
