import { defineFlow } from '../../core/run/flow.ts'
import { lineOf } from '../lines/index.ts'
import { isKept } from '../lines/line.ts'
import { render } from '../words/index.ts'
import { trip } from './facts.ts'
import { bookingMachine } from './machine.ts'
import { bookingContext } from './model.ts'
import { isMoving } from './moving.ts'
import { bookingScreen, hearReply } from './screens.ts'

const MINUTE_MS = 60_000

/** How long each state may last; after it the booking lets go of what it holds. */
const DEADLINE_MS: Readonly<Record<string, number | null>> = {
  asking: 15 * MINUTE_MS,
  looking: 15 * MINUTE_MS,
  quoting: 15 * MINUTE_MS,
  confirming: 15 * MINUTE_MS,
  holding: 15 * MINUTE_MS,
  full: 15 * MINUTE_MS,
  // Whoever waits is told by their journey when there is nothing to wait for any more.
  waiting: null,
  offered: 15 * MINUTE_MS,
  paying: 15 * MINUTE_MS,
  unpaid: 15 * MINUTE_MS,
  // The journey has its own patience.
  booked: null,
  rating: 24 * 60 * MINUTE_MS,
}

/** Of the fifteen minutes of `paying` five are over when the payment says that it is unsure. */
const UNSURE_MS = 10 * MINUTE_MS

/** A choice of other departures is not open for ever. */
const MOVING_MS = 15 * MINUTE_MS

/** Nor is the question of where else to go: they may be nearly there. */
const REDIRECTING_MS = 5 * MINUTE_MS

/** What is kept is let go by itself: who pays late has it still, if nobody else took it meanwhile. */
const LATE_PAYER_MS = 60 * MINUTE_MS

export const bookingFlow = defineFlow({
  name: 'booking',
  version: 8,
  machine: bookingMachine,
  context: bookingContext,
  migrations: [
    {
      to: 2,
      why: 'a payment may say that nobody knows whether it was paid',
      up: ({ state, context }) => ({ state, context: { ...context, unsure: false } }),
    },
    {
      to: 3,
      why: 'an agent may book for the owner',
      up: ({ state, context }) => ({ state, context: { ...context, agent: null } }),
    },
    {
      to: 4,
      why: 'who has paid may leave at another time',
      up: ({ state, context }) => ({ state, context: { ...context, moving: null } }),
    },
    {
      to: 5,
      why: 'those who want to carry it may say for how much',
      up: ({ state, context }) => ({ state, context: { ...context, bids: null } }),
    },
    {
      to: 6,
      why: 'there may be too little of what is ordered',
      up: ({ state, context }) => ({ state, context: { ...context, lacking: null } }),
    },
    {
      to: 7,
      why: 'seats on another bus may be offered in place of one that does not go',
      up: ({ state, context }) => ({ state, context: { ...context, instead: null } }),
    },
    {
      to: 8,
      why: 'a ride may be made to end elsewhere',
      up: ({ state, context }) => ({ state, context: { ...context, redirect: null, redirects: 0 } }),
    },
  ],
  deadlineMs(state, context, at) {
    const { unsure, line, bids, instead, redirect } = context
    if (state === 'booked' && instead) return Math.max(1, instead.until - at)
    if (state === 'booked' && redirect) return REDIRECTING_MS
    if (state === 'booked' && isMoving(context)) return MOVING_MS
    if (state === 'quoting' && bids !== null)
      return Math.max(MINUTE_MS, (bids.sealed ? bids.until : bids.closesAt) - at)
    if (state === 'paying' && isKept(lineOf(line).reserve)) return LATE_PAYER_MS
    return state === 'paying' && unsure ? UNSURE_MS : (DEADLINE_MS[state] ?? null)
  },
  screen: bookingScreen,
  isFor: ({ owner, agent }, role, person) =>
    role === 'agent'
      ? agent?.phone === person && agent.stage !== 'agreed'
      : owner === person && agent?.stage !== 'filling',
  // How a price is made up may take several pages: it is part of what is asked.
  problem: (context, language) =>
    context.problem && context.problem !== 'priceMade'
      ? render({ key: context.problem, args: trip(context) }, language)
      : null,
  hear: hearReply,
})
