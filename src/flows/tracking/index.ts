import { defineFlow } from '../../core/run/flow.ts'
import { render } from '../words/index.ts'
import { isKept, isLocked, isRelayed } from './changes.ts'
import { isSoughtAgain } from './handing-on.ts'
import { trackingMachine } from './machine.ts'
import { type TrackingContext, trackingContext } from './model.ts'
import { hearDriver, trackingScreen } from './screens.ts'
import { isPatient } from './seated.ts'

const MINUTE_MS = 60_000

const DEADLINE_MS: Readonly<Record<string, number>> = {
  seeking: 2 * MINUTE_MS,
  /** An offer passes on when it is not answered: a rider on the road needs time to stop and read. */
  offered: MINUTE_MS,
  waiting: 10 * MINUTE_MS,
  /** A hold ends without a word: whoever waits looks again. */
  queued: 5 * MINUTE_MS,
  assigned: 180 * MINUTE_MS,
  underway: 360 * MINUTE_MS,
}

/** Whoever is asked whether they would wait has so long, and a little more, to say so. */
const ASKED_MS = 20 * MINUTE_MS

/** A warehouse has so long to pack what is paid, over a night and a day of rest. */
const PACKING_MS = 48 * 60 * MINUTE_MS

/** Whoever has a ticket and was not let aboard has missed it, so long after it left. */
const MISSED_MS = 60 * MINUTE_MS

/** What is paid for goes by its timetable: the next reminder, leaving, arriving. Undefined where there is none. */
function timetableMs(
  state: string,
  { driver, go, reminded }: TrackingContext,
  at: number,
): number | undefined {
  if (driver?.haul && go) {
    const by = { assigned: driver.haul.loadBy, underway: driver.haul.arriveBy }[state]
    return by === undefined ? undefined : Math.max(MINUTE_MS, by - at)
  }
  const { leavesAt, arrivesAt, remindAt } = driver?.passage ?? {}
  if (!go || leavesAt === undefined || arrivesAt === undefined) return undefined
  const next = { assigned: remindAt?.[reminded] ?? leavesAt + MISSED_MS, underway: arrivesAt }[state]
  return next === undefined ? undefined : Math.max(MINUTE_MS, next - at)
}

export const trackingFlow = defineFlow({
  name: 'tracking',
  version: 7,
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
    {
      to: 5,
      why: 'seats are one of several things that are kept before they are paid',
      up({ state, context: { seats, ...context } }) {
        return { state, context: { ...context, wish: seats && { kind: 'seats', ...seats } } }
      },
    },
    {
      to: 6,
      why: 'a delivery may be claimed without a code',
      up: ({ state, context }) => ({ state, context: { ...context, claimed: false } }),
    },
    {
      to: 7,
      why: 'what is packed in a warehouse is carried on by somebody else',
      up: ({ state, context }) => ({ state, context: { ...context, fee: null, searches: 0 } }),
    },
  ],
  // What is locked on its way waits for a person, however long.
  deadlineMs: (state, context, at) => {
    if (isLocked(context) && (state === 'underway' || isRelayed({ context }))) return null
    if (state === 'queued' && !isPatient({ context })) return ASKED_MS
    if (state === 'waiting' && !isSoughtAgain({ context })) return null
    if (state === 'assigned' && context.go && context.wish?.kind === 'stock' && isKept({ context }))
      return PACKING_MS
    return timetableMs(state, context, at) ?? DEADLINE_MS[state] ?? null
  },
  screen: trackingScreen,
  isFor: ({ owner, driver }, role, person) => person === (role === 'driver' ? driver?.phone : owner),
  problem: ({ problem }, language) => (problem ? render({ key: problem, args: {} }, language) : null),
  hear: (state, context, reply) => hearDriver(state, context, reply),
})
