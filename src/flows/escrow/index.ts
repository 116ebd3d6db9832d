import { defineFlow } from '../../core/run/flow.ts'
import { escrowMachine } from './machine.ts'
import { escrowContext } from './model.ts'
import { escrowScreen, hearPayer } from './screens.ts'

/** Prices that wait for delivery: both who paid and who carries may look, and the payer may object. */
export const escrowFlow = defineFlow({
  name: 'escrow',
  version: 1,
  machine: escrowMachine,
  context: escrowContext,
  migrations: [],
  deadlineMs: (state, { deliverWithinMs, objectWithinMs }) =>
    state === 'held' ? deliverWithinMs : state === 'claimed' ? objectWithinMs : null,
  screen: escrowScreen,
  isFor: ({ owner, payee }, role, person) => person === (role === 'driver' ? payee.phone : owner),
  problem: () => null,
  hear: (state, _context, reply, role) => hearPayer(state, reply, role),
})
