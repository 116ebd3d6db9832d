import { formatMoney } from '../../core/base/money.ts'
import { defineFlow } from '../../core/run/flow.ts'
import { say } from '../words/index.ts'
import { paymentMachine } from './machine.ts'
import { paymentContext } from './model.ts'
import { paymentDeadlineMs } from './patience.ts'

/** Payments are seen through their bookings; alone they only say that they are being looked into. */
export const paymentFlow = defineFlow({
  name: 'payment',
  version: 1,
  machine: paymentMachine,
  context: paymentContext,
  migrations: [],
  deadlineMs: paymentDeadlineMs,
  screen: (state, { code, money }, _role, language) => ({
    kind: 'tell',
    id: state,
    say:
      state === 'refunded'
        ? say(language, 'refunded', { code, price: formatMoney(money) })
        : say(language, 'checking'),
    next: 'wait',
  }),
  isFor: ({ owner }, _role, person) => owner === person,
  problem: () => null,
  hear: () => undefined,
})
