import { isOlderThan, LIMITS } from '../payment/patience.ts'
import { is, isLost } from '../payment/word.ts'
import * as does from './changes.ts'
import { certain, order, payout } from './changes.ts'
import { SEND_TRIES } from './patience.ts'

/**
 * Money on its way to somebody who earned it. It is set aside first, so that it goes once; what became of it only the
 * provider knows, and while nobody does it stays set aside. It is never sent under another reference.
 */
export const payoutMachine = payout.createMachine({
  id: 'payout',
  initial: 'sending',
  context: ({ input }) => ({
    id: input?.id,
    account: input?.account,
    owner: input?.owner,
    provider: input?.provider,
    reference: input?.reference,
    money: input?.money,
    period: input?.period,
    startedAt: input?.startedAt,
    handle: null,
    sent: false,
    polls: 0,
    absent: 0,
    transaction: null,
    fault: null,
    holds: 0,
    heldForMs: null,
    clearedBy: null,
  }),
  entry: does.setAside,
  states: {
    sending: {
      entry: { type: 'payOut', params: does.ordered },
      on: {
        UPDATE: [
          ...certain,
          {
            guard: (now) => is('not_sent')(now) && !now.context.sent,
            target: 'waiting',
            actions: does.tried,
          },
          { target: 'pending', actions: [does.sent, does.takeHandle] },
        ],
        HELD: { target: 'held', actions: does.held },
        HINT: { target: 'checking', actions: [does.sent, does.takeHandle] },
        DEADLINE: { target: 'checking', actions: does.sent },
      },
    },
    held: {
      on: {
        APPROVE: { guard: does.isNamed, target: 'sending', actions: [does.cleared, does.begun] },
        RULED: { guard: does.isRuled(false), target: 'refused', actions: does.takeFault },
        DEADLINE: { target: 'sending', actions: does.begun },
      },
    },
    waiting: {
      on: {
        DEADLINE: [
          { guard: ({ context }) => context.polls < SEND_TRIES, target: 'sending' },
          { target: 'refused', actions: does.takeFault },
        ],
      },
    },
    pending: {
      on: {
        UPDATE: [...certain],
        HINT: { target: 'checking', actions: does.takeHandle },
        DEADLINE: [
          {
            guard: ({ context, event }) => isOlderThan(context, event.at, LIMITS.horizonMs),
            target: 'unresolved',
          },
          { target: 'checking' },
        ],
      },
    },
    checking: {
      entry: { type: 'inspectPayout', params: order },
      on: {
        UPDATE: [
          ...certain,
          { guard: isLost, target: 'sending', actions: does.polled },
          { target: 'pending', actions: [does.polled, does.takeHandle] },
        ],
        HINT: { actions: does.takeHandle },
        DEADLINE: { target: 'pending', actions: does.polled },
      },
    },
    unresolved: {
      on: {
        HINT: { target: 'checking', actions: does.takeHandle },
        RULED: [
          { guard: does.isRuled(true), target: 'paid' },
          { guard: does.isRuled(false), target: 'refused', actions: does.takeFault },
        ],
      },
    },
    paid: { type: 'final', entry: [does.postPaid, does.news('paidOut')] },
    refused: { type: 'final', entry: [does.letGo, does.news('notPaidOut')] },
  },
})
