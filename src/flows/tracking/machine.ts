import { assigned } from './assigned.ts'
import { mayGo, rate, releaseDriver, tellBooking, tracking } from './changes.ts'
import { offered, queued, seeking, waiting } from './seeking.ts'
import { underway } from './underway.ts'

/**
 * One journey, from looking for somebody to the end of the way. One offer is out at a time; an answer counts only
 * from the one it was made to, while it stands.
 */
export const trackingMachine = tracking.createMachine({
  id: 'tracking',
  initial: 'seeking',
  context: ({ input }) => ({
    id: input?.id,
    booking: input?.booking,
    owner: input?.owner,
    code: input?.code,
    line: input?.line,
    near: input?.near,
    from: input?.from,
    to: input?.to,
    price: input?.price,
    fee: input?.fee ?? null,
    goods: input?.goods,
    wish: input?.wish ?? null,
    ...(input?.fleet && { fleet: input.fleet }),
    ...(input?.waiting && { waiting: input.waiting }),
    reminded: 0,
    epoch: 0,
    asked: [],
    searches: 0,
    driver: null,
    go: input?.go,
    cash: input?.cash ?? false,
    passed: 0,
    returning: false,
    claimed: false,
    wrongCodes: 0,
    problem: null,
  }),
  // A driver may say how it was once all is over.
  on: { GO: { actions: mayGo }, RATE: rate },
  states: {
    seeking,
    queued,
    waiting,
    offered,
    assigned,
    underway,
    done: {
      type: 'final',
      entry: [tellBooking(({ claimed }) => ({ type: 'ARRIVED', proven: !claimed })), releaseDriver],
    },
    failed: { type: 'final' },
  },
})
