import { defineFlow } from '../../core/run/flow.ts'
import { render } from '../words/index.ts'
import { isLocked } from './changes.ts'
import { trackingMachine } from './machine.ts'
import { type TrackingContext, trackingContext } from './model.ts'
import { hearDriver, trackingScreen } from './screens.ts'

const MINUTE_MS = 60_000

const DEADLINE_MS: Readonly<Record<string, number>> = {
  seeking: 2 * MINUTE_MS,
  /** An offer passes on when it is not answered: a rider on the road needs time to stop and read. */
  offered: MINUTE_MS,
  assigned: 180 * MINUTE_MS,
  underway: 360 * MINUTE_MS,
}

/** Whoever has a ticket and was not let aboard has missed it, so long after it left. */
const MISSED_MS = 60 * MINUTE_MS

/** What is paid for goes by its timetable: the next reminder, leaving, arriving. Undefined where there is none. */
function timetableMs(
  state: string,
  { driver, go, reminded }: TrackingContext,
  at: number,
): number | undefined {
  const { leavesAt, arrivesAt, remindAt } = driver?.passage ?? {}
  if (!go || leavesAt === undefined || arrivesAt === undefined) return undefined
  const next = { assigned: remindAt?.[reminded] ?? leavesAt + MISSED_MS, underway: arrivesAt }[state]
  return next === undefined ? undefined : Math.max(MINUTE_MS, next - at)
}

export const trackingFlow = defineFlow({
  name: 'tracking',
  version: 4,
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
    {
      to: 4,
      why: 'seats are kept on what leaves by a timetable',
      up: ({ state, context }) => ({ state, context: { ...context, seats: null, reminded: 0 } }),
    },
  ],
  // What is locked on its way waits for a person, however long.
  deadlineMs: (state, context, at) => {
    if (state === 'underway' && isLocked(context)) return null
    return timetableMs(state, context, at) ?? DEADLINE_MS[state] ?? null
  },
  screen: trackingScreen,
  isFor: ({ owner, driver }, role, person) => person === (role === 'driver' ? driver?.phone : owner),
  problem: ({ problem }, language) => (problem ? render({ key: problem, args: {} }, language) : null),
  hear: (state, context, reply) => hearDriver(state, context, reply),
})
