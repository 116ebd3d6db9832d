import { defineFlow } from '../../core/run/flow.ts'
import { paymentWords } from './describe.ts'
import { paymentMachine } from './machine.ts'
import { paymentContext } from './model.ts'
import { paymentDeadlineMs } from './patience.ts'

/** Of payments that began before there was a limit: the default of REFUND_LIMIT_MINOR. */
const LIMIT_BEFORE_MINOR = 100_000

/** Payments are seen through their bookings, and by programs. */
export const paymentFlow = defineFlow({
  name: 'payment',
  version: 4,
  machine: paymentMachine,
  context: paymentContext,
  migrations: [
    {
      to: 2,
      why: 'a provider may have a name of its own for a payment, and a refund may be a part of it and tried again',
      up: ({ state, context }) => ({
        // What waited for a person is tried again first.
        state: state === 'owed' ? 'refused' : state,
        context: {
          ...context,
          handle: null,
          refundHandle: null,
          refundMoney: null,
          refundTries: 0,
          unsure: false,
        },
      }),
    },
    {
      to: 3,
      why: 'a payment that was declined is asked after again, for it may have been taken all the same',
      up: ({ state, context }) => ({ state, context: { ...context, secondLooks: 0 } }),
    },
    {
      to: 4,
      why: 'a payment says what it is for, and what it gives back is set aside first, above a limit by two people',
      up: ({ state, context }) => ({
        // What had come instead was not written down, so nobody could ever rule on it: the provider is asked again.
        state: state === 'conflicted' ? 'pending' : state,
        context: {
          ...context,
          flow: 'booking',
          refundLimitMinor: LIMIT_BEFORE_MINOR,
          refundBy: null,
          // What is under way was not set aside.
          refundHeld: false,
          came: null,
        },
      }),
    },
  ],
  deadlineMs: paymentDeadlineMs,
  screen: (state, context, _role, language) => ({
    kind: 'tell',
    id: state,
    say: paymentWords(state, context, language),
    next: 'wait',
  }),
  isFor: ({ owner }, _role, person) => owner === person,
  problem: () => null,
  hear: () => undefined,
})
