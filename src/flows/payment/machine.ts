import * as does from './changes.ts'
import { certain, order, payment } from './changes.ts'
import * as back from './giving-back.ts'
import { isOlderThan, LIMITS, mayLookAgain } from './patience.ts'
import { is, isLost } from './word.ts'

/**
 * One charge, from the request to the last word of the provider. Accepted is not paid, a callback is only a hint,
 * and whatever is not plainly yes or no is asked after until it is. A no may still become a yes; a yes never a no.
 * What goes back is set aside first; above a limit it waits for a second person.
 */
export const paymentMachine = payment.createMachine({
  id: 'payment',
  initial: 'submitting',
  context: ({ input }) => ({
    id: input?.id,
    flow: input?.flow,
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
    refundLimitMinor: input?.refundLimitMinor,
    refundBy: null,
    refundHeld: false,
    startedAt: input?.at,
    sent: false,
    polls: 0,
    absent: 0,
    hinted: false,
    unsure: false,
    abandoned: false,
    transaction: null,
    came: null,
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
        REFUSED: does.leave,
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
        REFUSED: does.leave,
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
        REFUSED: does.leave,
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
    conflicted: {
      on: {
        HANDED: {
          guard: back.isHandedBy('suspense'),
          target: 'handed',
          actions: back.postHanded('suspense'),
        },
      },
    },
    settled: {
      entry: [
        does.postCollected,
        { type: 'attach', params: ({ context: { flow, booking } }) => ({ flow, booking }) },
      ],
      on: {
        UNWANTED: [
          { guard: back.isAboveLimit, target: 'approving', actions: [back.start, back.setAside] },
          { target: 'refunding', actions: [back.start, back.setAside, back.news('refundComing')] },
        ],
        REFUND: [
          { guard: back.isAboveLimit, target: 'approving', actions: [back.start, back.setAside] },
          { guard: back.isAsked, target: 'refunding', actions: [back.start, back.setAside] },
        ],
      },
    },
    approving: {
      entry: back.news('refundAsked'),
      on: {
        APPROVE: { guard: back.isAnother, target: 'refunding', actions: back.restart },
        REJECT: [
          // By the rules of what was sold it is theirs: nobody ends that, but somebody may pay it otherwise.
          { guard: back.isByRule, target: 'owed' },
          { guard: back.isNamed, target: 'kept' },
        ],
      },
    },
    refunding: {
      entry: { type: 'refund', params: back.refundOrder },
      on: {
        UPDATE: [
          { guard: is('settled'), target: 'refunded' },
          { guard: is('declined'), target: 'refused', actions: does.takeFault },
          { target: 'returning', actions: [does.tried, back.takeHandle] },
        ],
        HINT: { target: 'checkingRefund', actions: back.takeHandle },
        DEADLINE: { target: 'checkingRefund' },
      },
    },
    returning: {
      on: {
        HINT: { target: 'checkingRefund', actions: back.takeHandle },
        DEADLINE: { target: 'checkingRefund' },
      },
    },
    checkingRefund: {
      entry: { type: 'inspectRefund', params: back.refundOrder },
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
          { guard: back.isHopeless, target: 'owed' },
          { target: 'refunding', actions: back.renew },
        ],
      },
    },
    owed: {
      entry: [back.giveUp, back.postOwed, back.news('owed')],
      on: {
        HANDED: {
          guard: back.isHandedBy('owed'),
          target: 'handed',
          actions: [back.postHanded('owed'), back.receipt],
        },
      },
    },
    kept: { type: 'final', entry: [back.giveUp, back.news('notRefunded')] },
    handed: { type: 'final' },
    refunded: {
      type: 'final',
      entry: [back.postRefunded, back.receipt, back.credited, back.news('refunded')],
    },
  },
})
