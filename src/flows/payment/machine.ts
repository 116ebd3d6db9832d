import * as does from './changes.ts'
import { certain, order, payment, refundOrder } from './changes.ts'
import { isOlderThan, LIMITS, mayLookAgain } from './patience.ts'
import { is, isLost } from './word.ts'

/**
 * One charge, from the request to the last word of the provider. Accepted is not paid, a callback is only a hint,
 * and whatever is not plainly yes or no is asked after until it is. A no may still become a yes; a yes never a no.
 */
export const paymentMachine = payment.createMachine({
  id: 'payment',
  initial: 'submitting',
  context: ({ input }) => ({
    id: input?.id,
    booking: input?.booking,
    owner: input?.owner,
    code: input?.code,
    provider: input?.provider,
    reference: input?.reference,
    handle: null,
    refundReference: input?.refundReference,
    refundHandle: null,
    money: input?.money,
    refundMoney: null,
    refundTries: 0,
    startedAt: input?.at,
    sent: false,
    polls: 0,
    absent: 0,
    hinted: false,
    unsure: false,
    abandoned: false,
    transaction: null,
    fault: null,
    refundSince: null,
    secondLooks: 0,
  }),
  on: { ABANDON: { actions: does.abandoned } },
  states: {
    submitting: {
      entry: { type: 'collect', params: order },
      on: {
        UPDATE: [
          ...certain,
          { guard: (now) => is('not_sent')(now) && !now.context.sent, target: 'unsent', actions: does.tried },
          { target: 'pending', actions: [does.sent, does.sendUrl, does.takeHandle] },
        ],
        // The callback may be faster than the answer to our own request.
        HINT: { target: 'checking', actions: [does.sent, does.takeHandle] },
        DEADLINE: { target: 'checking', actions: does.sent },
      },
    },
    unsent: {
      on: {
        DEADLINE: [
          {
            guard: ({ context }) => context.polls < LIMITS.sendTries && !context.abandoned,
            target: 'submitting',
          },
          { target: 'declined', actions: does.takeFault },
        ],
      },
    },
    pending: {
      on: {
        // The answer to our own request, overtaken by a callback and what we asked then.
        UPDATE: [...certain, { guard: is('pending'), actions: [does.sendUrl, does.takeHandle] }],
        DEADLINE: [
          {
            guard: ({ context, event }) => isOlderThan(context, event.at, LIMITS.horizonMs),
            target: 'unresolved',
          },
          { target: 'checking' },
        ],
        HINT: { target: 'checking', actions: does.takeHandle },
      },
    },
    checking: {
      entry: { type: 'inspect', params: order },
      on: {
        UPDATE: [
          ...certain,
          {
            guard: (now) =>
              isLost(now) &&
              !now.context.abandoned &&
              !isOlderThan(now.context, now.event.at, LIMITS.resendForMs),
            target: 'submitting',
            actions: does.unhinted,
          },
          { guard: isLost, target: 'declined', actions: does.takeFault },
          {
            guard: ({ context }) => context.hinted,
            target: 'checking',
            reenter: true,
            actions: [does.polled, does.takeHandle],
          },
          { target: 'pending', actions: [does.polled, does.sendUrl, does.takeHandle, does.doubt] },
        ],
        HINT: { actions: [does.hinted, does.takeHandle] },
        DEADLINE: { target: 'checking', reenter: true, actions: [does.polled, does.doubt] },
      },
    },
    declined: {
      entry: does.tellUnpaid,
      on: {
        HINT: { target: 'checking', actions: does.takeHandle },
        DEADLINE: { guard: mayLookAgain, target: 'checking', actions: does.lookedAgain },
      },
    },
    unresolved: { on: { HINT: { target: 'checking', actions: does.takeHandle } } },
    conflicted: {},
    settled: {
      entry: [
        does.postCollected,
        { type: 'attach', params: ({ context }) => ({ booking: context.booking }) },
      ],
      on: {
        UNWANTED: { target: 'refunding', actions: [does.startRefund, does.news('refundComing')] },
        REFUND: { target: 'refunding', actions: does.startRefund },
      },
    },
    refunding: {
      entry: { type: 'refund', params: refundOrder },
      on: {
        UPDATE: [
          { guard: is('settled'), target: 'refunded' },
          { guard: is('declined'), target: 'refused', actions: does.takeFault },
          { target: 'returning', actions: [does.tried, does.takeRefundHandle] },
        ],
        HINT: { target: 'checkingRefund', actions: does.takeRefundHandle },
        DEADLINE: { target: 'checkingRefund' },
      },
    },
    returning: {
      on: {
        HINT: { target: 'checkingRefund', actions: does.takeRefundHandle },
        DEADLINE: { target: 'checkingRefund' },
      },
    },
    checkingRefund: {
      entry: { type: 'inspectRefund', params: refundOrder },
      on: {
        UPDATE: [
          { guard: is('settled'), target: 'refunded' },
          { guard: is('declined'), target: 'refused', actions: does.takeFault },
          { guard: is('absent'), target: 'refunding', actions: does.tried },
          { target: 'returning', actions: does.tried },
        ],
        DEADLINE: { target: 'returning', actions: does.tried },
      },
    },
    refused: {
      on: {
        DEADLINE: [
          { guard: does.isRefundHopeless, target: 'owed' },
          { target: 'refunding', actions: does.renewRefund },
        ],
      },
    },
    owed: { type: 'final', entry: [does.postOwed, does.news('owed')] },
    refunded: { type: 'final', entry: [does.postRefunded, does.receiptRefund, does.news('refunded')] },
  },
})
