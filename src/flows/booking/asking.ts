import { agree, askOwner, endUnasked, setAsked, tellAgent } from './agent.ts'
import * as does from './changes.ts'
import { booking } from './changes.ts'
import { countering } from './counter.ts'
import { asksWhy, explain } from './explaining.ts'
import * as form from './form.ts'
import { canTakeWanted, fieldOf, hasAside, lacksChoices, parsed, says, wantedText } from './form.ts'
import * as guards from './guards.ts'
import type { BookingContext, BookingEvent } from './model.ts'
import { cancelled, lapsed } from './moves.ts'
import * as offers from './offers.ts'

type In = { readonly context: BookingContext; readonly event: BookingEvent }

/** A question of the form is open. */
export const asking = booking.createStateConfig({
  always: [
    { guard: ({ context }) => hasAside(context), target: 'asking', reenter: true, actions: form.takeAside },
    {
      guard: (is) => fieldOf(is.context) === undefined && offers.isOffered(is),
      target: 'confirming',
      actions: askOwner,
    },
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
})

/** The choices for it are looked up. */
export const looking = booking.createStateConfig({
  entry: form.lookUp,
  on: {
    FOUND: { target: 'asking', actions: [form.takeFound, form.showQuestion] },
    CANCEL: cancelled,
    DEADLINE: lapsed,
  },
})

/** It is worked out what it costs, or offers for it come in. */
export const quoting = booking.createStateConfig({
  entry: offers.askPrice,
  on: {
    QUOTED: {
      guard: (is) => !offers.isOffered(is),
      target: 'confirming',
      actions: [does.takeQuote, does.showMe, askOwner],
    },
    UNQUOTED: { target: 'refused', actions: [does.endAs('refusedFare'), does.showMe, tellAgent] },
    BID: { guard: offers.mayBid, actions: [offers.tellOutdone, offers.tellBid, offers.takeBid] },
    WITHDRAW: { guard: offers.hasBid, actions: offers.dropBid },
    COUNTER: countering,
    ANSWER: [
      { guard: offers.isStanding, target: 'confirming', actions: offers.pick },
      { guard: offers.isPassed, actions: offers.dropPassed },
    ],
    CANCEL: cancelled,
    DEADLINE: [
      { guard: offers.isSealed, actions: [offers.unseal, offers.tellOpened] },
      { guard: offers.isPosted, target: 'lapsed', actions: [does.endAs('loadLapsed'), does.sayEnd] },
      lapsed,
    ],
  },
})

/** Who, what and for how much: nothing is held before the yes. Or what is to be posted. */
export const confirming = booking.createStateConfig({
  on: {
    ANSWER: [
      {
        guard: (is) => says('yes')(is) && offers.isOffered(is) && !offers.isPosted(is),
        target: 'quoting',
        actions: [tellAgent, agree, offers.openBids],
      },
      {
        guard: (is) => says('yes')(is) && isOld(is) && offers.isPosted(is),
        target: 'quoting',
        actions: [offers.unpick, offers.sayPassed],
      },
      { guard: (is) => guards.agrees(is) && isOld(is), target: 'quoting' },
      {
        guard: (is) => says('yes')(is) && guards.isAssigned(is),
        target: 'paying',
        actions: [tellAgent, agree],
      },
      { guard: says('yes'), target: 'holding', actions: [tellAgent, agree] },
      { guard: (is) => says('no')(is) && offers.isPosted(is), target: 'quoting', actions: offers.unpick },
      { guard: guards.paysAtTheEnd, target: 'holding', actions: [does.setCash, tellAgent, agree] },
      { guard: guards.wantsOther, target: 'quoting', actions: form.takeOther },
      { guard: asksWhy, actions: explain },
      { guard: guards.wantsMore, target: 'asking', actions: form.askForMore },
      { guard: says('no'), ...cancelled },
    ],
    ASKED: { actions: [setAsked, does.showMe] },
    UNASKED: { target: 'refused', actions: [endUnasked, does.showMe] },
    BACK: [
      { guard: offers.isPosted, target: 'quoting', actions: offers.unpick },
      { target: 'asking', actions: form.takeBack },
    ],
    BID: [
      // A yes that is on its way is to the price that was shown.
      {
        guard: offers.isPickedsDearer,
        target: 'quoting',
        actions: [offers.takeBid, offers.unpick, offers.sayPassed, does.showMe],
      },
      {
        guard: offers.isPickedsBid,
        actions: [offers.tellOutdone, offers.takeBid, offers.pickAgain, does.showMe],
      },
      { guard: offers.mayBid, actions: [offers.tellOutdone, offers.tellBid, offers.takeBid] },
    ],
    COUNTER: countering,
    WITHDRAW: [
      {
        guard: offers.isPickedsLeave,
        target: 'quoting',
        actions: [offers.dropBid, offers.unpick, offers.sayPassed, does.showMe],
      },
      { guard: offers.hasBid, actions: offers.dropBid },
    ],
    CANCEL: cancelled,
    DEADLINE: [{ guard: offers.isPosted, target: 'quoting', actions: offers.unpick }, lapsed],
  },
})

/** Its price does not hold any more. */
const isOld = ({ context, event }: In): boolean => event.at > (context.quote?.validUntil ?? 0)
