import { defineFlow } from '../../core/run/flow.ts'
import { lineOf } from '../lines/index.ts'
import { render } from '../words/index.ts'
import { bookingMachine } from './machine.ts'
import { bookingContext } from './model.ts'
import { bookingScreen, hearTraveller } from './screens.ts'

const MINUTE_MS = 60_000

/** How long each state may last; after it the booking lets go of what it holds. */
const DEADLINE_MS: Readonly<Record<string, number | null>> = {
  asking: 15 * MINUTE_MS,
  looking: 15 * MINUTE_MS,
  quoting: 15 * MINUTE_MS,
  confirming: 15 * MINUTE_MS,
  holding: 15 * MINUTE_MS,
  paying: 15 * MINUTE_MS,
  unpaid: 15 * MINUTE_MS,
  // The journey has its own patience.
  booked: null,
  rating: 24 * 60 * MINUTE_MS,
}

/** Of the fifteen minutes of `paying` five are over when the payment says that it is unsure. */
const UNSURE_MS = 10 * MINUTE_MS

/** Seats are let go by themselves: who pays late has them still, if nobody else took them meanwhile. */
const LATE_PAYER_MS = 60 * MINUTE_MS

export const bookingFlow = defineFlow({
  name: 'booking',
  version: 2,
  machine: bookingMachine,
  context: bookingContext,
  migrations: [
    {
      to: 2,
      why: 'a payment may say that nobody knows whether it was paid',
      up: ({ state, context }) => ({ state, context: { ...context, unsure: false } }),
    },
  ],
  deadlineMs(state, { unsure, line }) {
    if (state === 'paying' && lineOf(line).reserve === 'seats') return LATE_PAYER_MS
    return state === 'paying' && unsure ? UNSURE_MS : (DEADLINE_MS[state] ?? null)
  },
  screen: bookingScreen,
  isFor: ({ owner }, _role, person) => owner === person,
  problem: ({ problem }, language) => (problem ? render({ key: problem, args: {} }, language) : null),
  hear: hearTraveller,
})
