import { asking, confirming, looking, quoting } from './asking.ts'
import { booked, rating } from './booked.ts'
import { booking } from './changes.ts'
import { tellClosed } from './offers.ts'
import { holding, paying, unpaid } from './paying.ts'
import { full, offered, waiting } from './queueing.ts'

/**
 * One booking on any line, from the first question to the last star. Flat: a state is whom we wait for.
 * What is asked, and what it costs, is the line's data; nothing here knows a ride from a parcel.
 */
export const bookingMachine = booking.createMachine({
  id: 'booking',
  initial: 'asking',
  context: ({ input }) => ({
    id: input?.id,
    owner: input?.owner,
    agent: input?.agent ? { ...input.agent, stage: 'filling' } : null,
    code: input?.code,
    line: input?.line,
    journey: input?.journey,
    wanted: [...(input?.wanted ?? [])],
    given: [...(input?.given ?? [])],
    found: null,
    query: null,
    problem: null,
    quote: null,
    bids: null,
    carrier: null,
    payment: null,
    unsure: false,
    paid: false,
    cash: false,
    fault: null,
    milestone: null,
    stars: null,
    lacking: null,
    ended: null,
    moving: null,
    instead: null,
    redirect: null,
    redirects: 0,
  }),
  states: {
    asking,
    looking,
    quoting,
    confirming,
    holding,
    full,
    waiting,
    offered,
    paying,
    unpaid,
    booked,
    rating,
    completed: { type: 'final' },
    cancelled: { type: 'final', entry: tellClosed },
    refused: { type: 'final', entry: tellClosed },
    lapsed: { type: 'final', entry: tellClosed },
  },
})
