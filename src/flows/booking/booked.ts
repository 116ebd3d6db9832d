import { phrase } from '../words/index.ts'
import { payAgent } from './agent.ts'
import * as does from './changes.ts'
import { booking } from './changes.ts'
import * as earning from './earning.ts'
import { trip } from './facts.ts'
import * as guards from './guards.ts'
import { instead, unanswered } from './instead.ts'
import { isPaid, nobody, nobodyPaid } from './moves.ts'
import { moving } from './moving.ts'
import { tellLost } from './offers.ts'
import { close, redirecting, tooLate } from './redirecting.ts'

/** Agreed on both sides, until it has arrived. */
export const booked = booking.createStateConfig({
  entry: tellLost,
  exit: close,
  on: {
    ...moving,
    ...instead,
    ...redirecting,
    CHANGE: [...redirecting.CHANGE, ...moving.CHANGE],
    FOUND: [...redirecting.FOUND, ...moving.FOUND],
    ANSWER: [...redirecting.ANSWER, ...instead.ANSWER],
    BACK: [redirecting.BACK, moving.BACK],
    DEADLINE: [redirecting.DEADLINE, ...instead.DEADLINE],
    PASSED: { actions: [does.takeMilestone, does.tellPassed] },
    LEFT: { actions: [does.dropCarrier, close, does.sayLeft] },
    STRANDED: { guard: guards.isStranded, actions: does.sayStranded },
    HELD: { actions: [does.takeCarrier, does.confirmBySms] },
    UNHELD: [
      { guard: isPaid, target: 'refused', actions: [...nobodyPaid] },
      { target: 'refused', actions: [...nobody] },
    ],
    RETURNING: { actions: [does.takeReturn, does.sayReturn] },
    ARRIVED: [
      unanswered,
      { guard: earning.isClaimed, actions: [earning.tellEscrow('CLAIMED'), earning.setClaimed] },
      {
        target: 'rating',
        actions: [earning.earn, earning.giveBackRest, payAgent, does.remember, does.learn],
      },
    ],
    RELEASED: {
      guard: earning.isInEscrow,
      target: 'rating',
      actions: [does.tellJourney('CANCEL'), earning.earn, payAgent, does.remember],
    },
    RULED: {
      guard: earning.isInEscrow,
      target: 'completed',
      actions: [does.endAs('freightRuled'), does.tellJourney('CANCEL')],
    },
    CANCEL: [
      {
        guard: (is) => guards.mayCancel(is) && is.context.paid,
        target: 'cancelled',
        actions: [does.endAs('cancelledRefund'), does.tellJourney('CANCEL'), earning.giveBack],
      },
      {
        guard: guards.mayCancel,
        target: 'cancelled',
        actions: [does.endAs('cancelled'), does.tellJourney('CANCEL')],
      },
      { guard: guards.keepsFirst, actions: does.sayTo((context) => phrase('tooLate', trip(context))) },
    ],
  },
})

/** How it was, in stars. */
export const rating = booking.createStateConfig({
  entry: does.showMe,
  on: {
    CHANGE: tooLate,
    ANSWER: {
      guard: ({ event }) => /^[1-5]$/.test(event.value),
      target: 'completed',
      actions: [does.takeStars, does.rateDriver, does.endAs('thanks')],
    },
    DEADLINE: { target: 'completed', actions: does.endAs('thanks') },
  },
})
