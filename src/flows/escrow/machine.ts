import * as does from './changes.ts'
import { escrow } from './changes.ts'

const released = { target: 'released' } as const
const returned = { target: 'returned' } as const
const disputed = { target: 'disputed', actions: does.takeWhy } as const

/**
 * A price that was paid and is not earned yet. It is the payee's when delivery is proven, when the payer says so, or
 * when nobody objects for long enough; it goes back when nothing is delivered; where they disagree, a person rules.
 */
export const escrowMachine = escrow.createMachine({
  id: 'escrow',
  initial: 'held',
  context: ({ input }) => ({
    id: input?.id,
    booking: input?.booking,
    payment: input?.payment,
    owner: input?.owner,
    code: input?.code,
    payee: input?.payee,
    money: input?.money,
    commissionMinor: input?.commissionMinor,
    deliverWithinMs: input?.deliverWithinMs,
    objectWithinMs: input?.objectWithinMs,
    why: null,
    ruling: null,
  }),
  entry: [does.setAside, does.tellPayee('escrowHeld')],
  states: {
    held: {
      on: {
        PROVEN: released,
        CONFIRM: released,
        CLAIMED: { target: 'claimed' },
        DISPUTE: disputed,
        RETURN: returned,
        DEADLINE: disputed,
      },
    },
    claimed: {
      entry: does.showPayer,
      on: {
        PROVEN: released,
        CONFIRM: released,
        DISPUTE: disputed,
        DEADLINE: released,
      },
    },
    disputed: {
      entry: [does.showPayer, does.tellPayee('escrowDisputed')],
      on: {
        // Who objected may think better of it.
        CONFIRM: released,
        RULE: { guard: does.isRuling, target: 'ruled', actions: does.takeRuling },
      },
    },
    released: {
      type: 'final',
      entry: [does.release, does.tellBooking('RELEASED'), does.tellPayee('escrowReleased')],
    },
    returned: { type: 'final', entry: [does.giveBack, does.tellPayee('escrowReturned')] },
    ruled: {
      type: 'final',
      entry: [
        does.divide,
        does.tellBooking('RULED'),
        does.tellPayer('escrowRuled'),
        does.tellPayee('escrowRuled'),
      ],
    },
  },
})
