import { formatMoney } from '../../core/base/money.ts'
import { lineOf } from '../lines/index.ts'
import { phrase } from '../words/index.ts'
import { tracking } from './changes.ts'
import type { TrackingContext, TrackingEvent } from './model.ts'
import { takenFor } from './waited.ts'

/** Whoever travels goes elsewhere, and whoever drives is told where to and what to take. */
type Is = { readonly context: TrackingContext; readonly event: TrackingEvent }

const take = tracking.assign(({ context: { waiting }, event }) => {
  if (event.type !== 'REDIRECT') return {}
  const { to, price, due } = event
  return { to, due, price: formatMoney(price), ...(waiting && { waiting: { ...waiting, fare: price } }) }
})
const say = tracking.enqueueActions(({ context, enqueue }) => {
  const { driver, code, to } = context
  const due = takenFor(context)?.due ?? context.due
  if (!driver || !due) return
  const told =
    due.amountMinor === 0
      ? phrase('jobRedirected', { code, to })
      : phrase('jobRedirectedCash', { code, to, price: formatMoney(due) })
  enqueue({ type: 'say', params: { to: driver.phone, phrase: told } })
})

export const redirected = {
  guard: ({ context }: Is) => lineOf(context.line).redirect !== undefined,
  actions: [take, say],
} as const
