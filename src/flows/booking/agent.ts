import { formatMoney, share } from '../../core/base/money.ts'
import { account } from '../../core/pay/accounts.ts'
import type { WordKey } from '../words/index.ts'
import { booking } from './changes.ts'
import { priceOf, trip } from './facts.ts'
import type { BookingContext, BookingEvent } from './model.ts'

/*
 * Somebody books for somebody else: an agent fills in the form, and the owner says yes on their own phone, or changes
 * it, or says no. The agent is told which, and has a part of the operator's commission once the service was given.
 */

/** Once what the agent filled in has a price. A price that is renewed is the owner's to see and not asked for again. */
export const askOwner = booking.enqueueActions(({ context: { agent, owner }, enqueue }) => {
  if (agent?.stage === 'filling') enqueue({ type: 'askOwner', params: { agent: agent.id, owner } })
})
export const setAsked = booking.assign(({ context: { agent } }) => ({
  problem: null,
  agent: agent && { ...agent, stage: 'asked' as const },
}))
export const endUnasked = booking.assign(({ event }) =>
  event.type === 'UNASKED' ? { ended: event.why } : {},
)
export const agree = booking.assign(({ context: { agent } }) => ({
  problem: null,
  agent: agent && { ...agent, stage: 'agreed' as const },
}))

/** What came of it, for an agent to whom it is news. */
function newsOf(stage: NonNullable<BookingContext['agent']>['stage'], event: BookingEvent): WordKey | null {
  if (stage === 'agreed') return null
  if (event.type === 'CANCEL') return event.by === 'agent' ? null : 'customerDeclined'
  if (stage === 'filling') return null
  if (event.type === 'ANSWER') return event.value === 'no' ? 'customerDeclined' : 'customerAgreed'
  return event.type === 'DEADLINE' ? 'customerSilent' : 'refusedFare'
}

export const tellAgent = booking.enqueueActions(({ context, event, enqueue }) => {
  const { agent } = context
  const key = agent && newsOf(agent.stage, event)
  if (!key) return
  enqueue({ type: 'say', params: { to: agent.phone, phrase: { key, args: trip(context) } } })
  if (event.type === 'ANSWER' || event.type === 'CANCEL')
    enqueue({ type: 'answered', params: { isYes: key === 'customerAgreed' } })
})

/** The agent's part of the fare, out of the operator's commission and never more than it. */
export const payAgent = booking.enqueueActions(({ context, enqueue }) => {
  const { agent, paid, cash, carrier, quote, code } = context
  if (!agent || carrier?.id === undefined || !(paid || cash)) return
  const part = share(priceOf(context), agent.commissionBp, 'down')
  const amountMinor = Math.min(part.amountMinor, quote?.commissionMinor ?? 0)
  if (amountMinor === 0) return
  const { currency } = part
  const accounts = { debit: 'commission', credit: account('agent', agent.id) }
  enqueue({ type: 'post', params: { kind: 'agent commission', ...accounts, amountMinor, currency } })
  const args = { code, price: formatMoney({ amountMinor, currency }) }
  enqueue({ type: 'say', params: { to: agent.phone, phrase: { key: 'agentEarned', args } } })
})
