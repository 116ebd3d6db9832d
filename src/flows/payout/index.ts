import { formatMoney } from '../../core/base/money.ts'
import { defineFlow } from '../../core/run/flow.ts'
import { HELP_PHONE, say } from '../words/index.ts'
import { payoutMachine } from './machine.ts'
import { type PayoutContext, payoutContext } from './model.ts'
import { payoutDeadlineMs } from './patience.ts'

const words = (state: string, { money, period }: PayoutContext, language: string): string => {
  const key = state === 'paid' ? 'paidOut' : state === 'refused' ? 'notPaidOut' : 'payingOut'
  return say(language, key, { price: formatMoney(money), period, help: HELP_PHONE })
}

/** Payouts speak to who gets them, and are not answered. */
export const payoutFlow = defineFlow({
  name: 'payout',
  version: 2,
  machine: payoutMachine,
  context: payoutContext,
  migrations: [
    {
      to: 2,
      why: 'a payout may wait for the one who gets it to be known, or for a second person',
      up: ({ state, context }) => ({
        state,
        context: { ...context, holds: 0, heldForMs: null, clearedBy: null },
      }),
    },
  ],
  deadlineMs: payoutDeadlineMs,
  screen: (state, context, _role, language) => ({
    kind: 'tell',
    id: state,
    say: words(state, context, language),
    next: 'wait',
  }),
  isFor: ({ owner }, _role, person) => owner === person,
  problem: () => null,
  hear: () => undefined,
})
