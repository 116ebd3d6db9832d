import { phrase } from '../words/index.ts'
import * as does from './changes.ts'
import { booking } from './changes.ts'
import * as form from './form.ts'
import { canTakeWanted, fieldOf, lacksChoices, parsed, says, wantedText } from './form.ts'
import type { BookingContext } from './model.ts'

const cancelled = { target: 'cancelled', actions: does.endAs('cancelled') } as const
const lapsed = { target: 'lapsed', actions: does.endAs('lapsed') } as const

/** Everything held is let go: the rider, and a payment that may still come. */
const letGo = [does.tellJourney('CANCEL'), does.tellPayment('ABANDON')] as const
const nobody = [does.endFor(({ nobody }) => nobody), does.sayEnd] as const
const nobodyPaid = [does.endFor(({ nobodyPaid }) => nobodyPaid), does.sayEnd, does.giveBack] as const
const isPaid = ({ context }: { readonly context: BookingContext }): boolean => context.paid

/** Who is to be assigned is looked for now; who has said yes may go. */
const paid = [
  { guard: does.isAssigned, target: 'holding', actions: does.setPaid },
  // What was kept while it was paid may be gone by now.
  { guard: does.isSeated, target: 'holding', actions: [does.setPaid, does.tellJourney('GO')] },
  { target: 'booked', actions: [does.setPaid, does.tellJourney('GO'), does.confirmBySms] },
] as const

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
    code: input?.code,
    line: input?.line,
    journey: input?.journey,
    wanted: [...(input?.wanted ?? [])],
    given: [],
    found: null,
    query: null,
    problem: null,
    quote: null,
    carrier: null,
    payment: null,
    unsure: false,
    paid: false,
    cash: false,
    fault: null,
    milestone: null,
    stars: null,
    ended: null,
  }),
  states: {
    asking: {
      always: [
        { guard: ({ context }) => fieldOf(context) === undefined, target: 'quoting' },
        {
          guard: ({ context }) => canTakeWanted(context),
          target: 'asking',
          reenter: true,
          actions: [form.takeWanted, form.showQuestion],
        },
        {
          guard: ({ context }) => wantedText(context) !== undefined,
          target: 'looking',
          actions: form.seekWanted,
        },
        {
          guard: ({ context }) => lacksChoices(context),
          target: 'looking',
        },
      ],
      on: {
        ANSWER: [
          { guard: (is) => parsed(is)?.kind === 'ok', target: 'asking', reenter: true, actions: form.keep },
          { guard: (is) => parsed(is)?.kind === 'lookUp', target: 'looking', actions: form.seek },
          { actions: form.refuse },
        ],
        BACK: {
          guard: ({ context }) => context.given.length > 0,
          target: 'asking',
          reenter: true,
          actions: form.takeBack,
        },
        CANCEL: cancelled,
        DEADLINE: lapsed,
      },
    },
    looking: {
      entry: form.lookUp,
      on: {
        FOUND: { target: 'asking', actions: [form.takeFound, form.showQuestion] },
        CANCEL: cancelled,
        DEADLINE: lapsed,
      },
    },
    quoting: {
      entry: {
        type: 'requestQuote',
        params: ({ context }) => ({ line: context.line, given: context.given }),
      },
      on: {
        QUOTED: { target: 'confirming', actions: [does.takeQuote, does.showMe] },
        UNQUOTED: { target: 'refused', actions: [does.endAs('refusedFare'), does.showMe] },
        CANCEL: cancelled,
        DEADLINE: lapsed,
      },
    },
    confirming: {
      on: {
        ANSWER: [
          {
            guard: (is) => says('yes')(is) && is.event.at > (is.context.quote?.validUntil ?? 0),
            target: 'quoting',
          },
          { guard: (is) => says('yes')(is) && does.isAssigned(is), target: 'paying' },
          { guard: says('yes'), target: 'holding' },
          { guard: says('no'), ...cancelled },
        ],
        BACK: { target: 'asking', actions: form.takeBack },
        CANCEL: cancelled,
        DEADLINE: lapsed,
      },
    },
    holding: {
      entry: { type: 'reserve', params: ({ context }) => ({ journey: context.journey }) },
      on: {
        HELD: [
          {
            guard: isPaid,
            target: 'booked',
            actions: [does.takeCarrier, does.tellJourney('GO'), does.confirmBySms],
          },
          { target: 'paying', actions: [does.takeCarrier, does.sayFound] },
        ],
        UNHELD: [
          { guard: isPaid, target: 'refused', actions: [...nobodyPaid] },
          { target: 'refused', actions: [...nobody] },
        ],
        CANCEL: [
          {
            guard: isPaid,
            target: 'cancelled',
            actions: [does.endAs('cancelledRefund'), does.tellJourney('CANCEL'), does.giveBack],
          },
          { target: 'cancelled', actions: [does.endAs('cancelled'), ...letGo] },
        ],
        DEADLINE: [
          { guard: isPaid, target: 'refused', actions: [does.tellJourney('CANCEL'), ...nobodyPaid] },
          { target: 'refused', actions: [...nobody, ...letGo] },
        ],
      },
    },
    paying: {
      entry: {
        type: 'startPayment',
        params: ({ context }) => ({ owner: context.owner, money: does.priceOf(context), code: context.code }),
      },
      on: {
        PAYING: { actions: does.takePayment },
        PAID: [...paid],
        UNPAID: {
          guard: ({ context, event }) => event.payment === context.payment,
          target: 'unpaid',
          actions: does.takeFault,
        },
        UNSURE: { guard: does.isNewDoubt, actions: does.setUnsure },
        LEFT: { actions: [does.dropCarrier, does.sayTo(() => phrase('driverLeft'))] },
        HELD: [
          // The news of a rider asks for an approval; this one is told of by the receipt.
          { guard: ({ context }) => context.unsure, actions: does.takeCarrier },
          { actions: [does.takeCarrier, does.sayFound] },
        ],
        UNHELD: { target: 'refused', actions: [...nobody, does.tellPayment('ABANDON')] },
        CANCEL: { target: 'cancelled', actions: [does.endAs('cancelled'), ...letGo] },
        DEADLINE: {
          target: 'lapsed',
          actions: [does.endAs('lapsed'), ...letGo, does.sayTo(() => phrase('lapsed'))],
        },
      },
    },
    unpaid: {
      entry: does.showMe,
      on: {
        ANSWER: [
          { guard: says('retry'), target: 'paying', actions: does.forgetPayment },
          {
            guard: says('cash'),
            target: 'booked',
            actions: [does.setCash, does.tellJourney('GO'), does.tellPayment('ABANDON'), does.confirmBySms],
          },
          { guard: says('cancel'), target: 'cancelled', actions: [does.endAs('cancelled'), ...letGo] },
        ],
        PAID: [...paid],
        LEFT: { actions: does.dropCarrier },
        HELD: { actions: does.takeCarrier },
        UNHELD: { target: 'refused', actions: [...nobody, does.tellPayment('ABANDON')] },
        CANCEL: { target: 'cancelled', actions: [does.endAs('cancelled'), ...letGo] },
        DEADLINE: {
          target: 'lapsed',
          actions: [does.endAs('lapsed'), ...letGo, does.sayTo(() => phrase('lapsed'))],
        },
      },
    },
    booked: {
      on: {
        PASSED: { actions: [does.takeMilestone, does.tellPassed] },
        LEFT: { actions: [does.dropCarrier, does.sayTo(() => phrase('driverLeft'))] },
        HELD: { actions: [does.takeCarrier, does.confirmBySms] },
        UNHELD: [
          { guard: isPaid, target: 'refused', actions: [...nobodyPaid] },
          { target: 'refused', actions: [...nobody] },
        ],
        REMIND: { actions: does.sayReminder },
        RETURNING: { actions: [does.takeReturn, does.sayReturn] },
        ARRIVED: { target: 'rating', actions: does.earn },
        CANCEL: [
          {
            guard: (is) => does.mayCancel(is) && is.context.paid,
            target: 'cancelled',
            actions: [does.endAs('cancelledRefund'), does.tellJourney('CANCEL'), does.giveBack],
          },
          {
            guard: does.mayCancel,
            target: 'cancelled',
            actions: [does.endAs('cancelled'), does.tellJourney('CANCEL')],
          },
          { guard: does.isSeated, actions: does.sayTo((context) => phrase('tooLate', does.trip(context))) },
        ],
      },
    },
    rating: {
      entry: does.showMe,
      on: {
        ANSWER: {
          guard: ({ event }) => /^[1-5]$/.test(event.value),
          target: 'completed',
          actions: [does.takeStars, does.rateDriver, does.endAs('thanks')],
        },
        DEADLINE: { target: 'completed', actions: does.endAs('thanks') },
      },
    },
    completed: { type: 'final' },
    cancelled: { type: 'final' },
    refused: { type: 'final' },
    lapsed: { type: 'final' },
  },
})
