import { phrase } from '../words/index.ts'
import * as does from './changes.ts'
import { booking } from './changes.ts'
import * as earning from './earning.ts'
import { priceOf } from './facts.ts'
import { askForLess, isLess, says } from './form.ts'
import * as guards from './guards.ts'
import { isPaid, isReadyForCash, letGo, nobody, nobodyPaid, paid } from './moves.ts'
import * as offers from './offers.ts'
import { mayWait } from './queueing.ts'
import { later } from './redirecting.ts'

/** Who or what it needs is sought. */
export const holding = booking.createStateConfig({
  entry: { type: 'reserve', params: ({ context }) => ({ journey: context.journey }) },
  on: {
    CHANGE: later,
    HELD: [
      {
        guard: (is) => isPaid(is) || isReadyForCash(is),
        target: 'booked',
        actions: [does.takeCarrier, does.tellJourney('GO'), does.confirmBySms],
      },
      // Paid at the end, it is sold at once.
      { guard: ({ context }) => context.cash, actions: [does.takeCarrier, does.tellJourney('GO')] },
      { target: 'paying', actions: [does.takeCarrier, does.sayFound] },
    ],
    UNHELD: [
      { guard: isPaid, target: 'refused', actions: [...nobodyPaid] },
      {
        guard: offers.isPosted,
        target: 'quoting',
        actions: [offers.sayBusy, offers.dropPicked, offers.unpick, offers.nextJourney],
      },
      { guard: isLess, target: 'asking', actions: [askForLess, offers.nextJourney] },
      { guard: mayWait, target: 'full' },
      { target: 'refused', actions: [...nobody] },
    ],
    WITHDRAW: offers.leaving,
    CANCEL: [
      {
        guard: isPaid,
        target: 'cancelled',
        actions: [does.endAs('cancelledRefund'), does.tellJourney('CANCEL'), earning.giveBack],
      },
      { target: 'cancelled', actions: [does.endAs('cancelled'), ...letGo] },
    ],
    DEADLINE: [
      { guard: isPaid, target: 'refused', actions: [does.tellJourney('CANCEL'), ...nobodyPaid] },
      { target: 'refused', actions: [...nobody, ...letGo] },
    ],
  },
})

/** The money is asked for. */
export const paying = booking.createStateConfig({
  entry: {
    type: 'startPayment',
    params: ({ context }) => ({ owner: context.owner, money: priceOf(context), code: context.code }),
  },
  on: {
    CHANGE: later,
    PAYING: { actions: does.takePayment },
    PAID: [...paid],
    UNPAID: {
      guard: ({ context, event }) => event.payment === context.payment,
      target: 'unpaid',
      actions: does.takeFault,
    },
    UNSURE: { guard: guards.isNewDoubt, actions: does.setUnsure },
    LEFT: { actions: [does.dropCarrier, does.sayLeft] },
    HELD: [
      // The news of a rider asks for an approval; this one is told of by the receipt.
      { guard: ({ context }) => context.unsure, actions: does.takeCarrier },
      { actions: [does.takeCarrier, does.sayFound] },
    ],
    UNHELD: { target: 'refused', actions: [...nobody, does.tellPayment('ABANDON')] },
    WITHDRAW: offers.leaving,
    CANCEL: { target: 'cancelled', actions: [does.endAs('cancelled'), ...letGo] },
    DEADLINE: {
      target: 'lapsed',
      actions: [does.endAs('lapsed'), ...letGo, does.sayTo(() => phrase('lapsed'))],
    },
  },
})

/** It did not come: once more, in cash, or not at all. */
export const unpaid = booking.createStateConfig({
  entry: does.showMe,
  on: {
    CHANGE: later,
    ANSWER: [
      { guard: says('retry'), target: 'paying', actions: does.forgetPayment },
      {
        guard: (is) => says('cash')(is) && guards.keepsFirst(is),
        target: 'holding',
        actions: [does.setCash, does.tellJourney('GO'), does.tellPayment('ABANDON')],
      },
      // Nobody has been sought yet.
      {
        guard: (is) => says('cash')(is) && guards.isAssigned(is),
        target: 'holding',
        actions: [does.setCash, does.tellPayment('ABANDON')],
      },
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
    WITHDRAW: offers.leaving,
    CANCEL: { target: 'cancelled', actions: [does.endAs('cancelled'), ...letGo] },
    DEADLINE: {
      target: 'lapsed',
      actions: [does.endAs('lapsed'), ...letGo, does.sayTo(() => phrase('lapsed'))],
    },
  },
})
