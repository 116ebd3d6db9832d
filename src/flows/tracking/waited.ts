import type { Money } from '../../core/base/money.ts'
import { type Waited, waitingCharge } from '../../core/sell/waiting.ts'
import { nextMilestone } from './milestones.ts'
import type { TrackingContext, TrackingEvent } from './model.ts'

/*
 * From the driver's word that they are there until the traveller gives the start code: both sides have one end of it.
 * What it costs is the driver's, in cash.
 */

type Is = { readonly context: TrackingContext; readonly event: TrackingEvent }

/** What the wait that ends with the milestone being passed comes to; null where nobody was waited for. */
export function waitedFor({ context: { waiting }, event }: Is): Waited | null {
  if (!waiting || waiting.since === null || waiting.waited !== null) return null
  const { terms, since } = waiting
  return waitingCharge(terms, terms.roundToMinor, event.at - since)
}

/** The wait begins or ends with the milestone that is being passed, or neither. */
export function waitedOn({ context, event }: Is): Pick<TrackingContext, 'waiting'> {
  const { waiting } = context
  if (!waiting) return {}
  if (nextMilestone(context)?.waits) return { waiting: { ...waiting, since: event.at } }
  return { waiting: { ...waiting, waited: waiting.waited ?? waitedFor({ context, event }) } }
}

/** What the driver takes in cash, where it is more than they were told at first; null where nothing was waited for. */
export function takenFor({ waiting, cash, due }: TrackingContext): (Waited & { readonly due: Money }) | null {
  if (!waiting?.waited?.amountMinor) return null
  const { fare, waited } = waiting
  const { amountMinor } = due ?? { amountMinor: cash ? fare.amountMinor : 0 }
  return { ...waited, due: { ...fare, amountMinor: waited.amountMinor + amountMinor } }
}

/** The fare and what was waited for; null where nothing was. */
export function allOf({ waiting }: TrackingContext): Money | null {
  if (!waiting?.waited?.amountMinor) return null
  const { fare, waited } = waiting
  return { ...fare, amountMinor: fare.amountMinor + waited.amountMinor }
}
