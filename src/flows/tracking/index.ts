import { defineFlow } from '../../core/run/flow.ts'
import { render } from '../words/index.ts'
import { isLocked, trackingMachine } from './machine.ts'
import { trackingContext } from './model.ts'
import { hearDriver, trackingScreen } from './screens.ts'

const MINUTE_MS = 60_000

const DEADLINE_MS: Readonly<Record<string, number>> = {
  seeking: 2 * MINUTE_MS,
  /** An offer passes on when it is not answered: a rider on the road needs time to stop and read. */
  offered: MINUTE_MS,
  assigned: 180 * MINUTE_MS,
  underway: 360 * MINUTE_MS,
}

export const trackingFlow = defineFlow({
  name: 'tracking',
  version: 3,
  machine: trackingMachine,
  context: trackingContext,
  migrations: [
    {
      to: 2,
      why: 'a journey may carry goods to somebody else',
      up: ({ state, context }) => ({ state, context: { ...context, goods: null } }),
    },
    {
      to: 3,
      why: 'what nobody takes is brought back',
      up: ({ state, context }) => ({ state, context: { ...context, returning: false } }),
    },
  ],
  // What is locked on its way waits for a person, however long.
  deadlineMs: (state, context) =>
    state === 'underway' && isLocked(context) ? null : (DEADLINE_MS[state] ?? null),
  screen: trackingScreen,
  isFor: ({ owner, driver }, role, person) => person === (role === 'driver' ? driver?.phone : owner),
  problem: ({ problem }, language) => (problem ? render({ key: problem, args: {} }, language) : null),
  hear: (state, context, reply) => hearDriver(state, context, reply),
})
