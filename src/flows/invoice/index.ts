import { defineFlow } from '../../core/run/flow.ts'
import { invoiceMachine } from './machine.ts'
import { invoiceContext } from './model.ts'
import { invoiceDeadlineMs } from './patience.ts'
import { hearCustomer, invoiceScreen } from './screens.ts'

/** Invoices speak to who bought on credit, and are paid from the phone. */
export const invoiceFlow = defineFlow({
  name: 'invoice',
  version: 1,
  machine: invoiceMachine,
  context: invoiceContext,
  migrations: [],
  deadlineMs: invoiceDeadlineMs,
  screen: (state, context, _role, language) => invoiceScreen(state, context, language),
  isFor: ({ owner }, _role, person) => owner === person,
  problem: () => null,
  hear: (state, _context, reply) => hearCustomer(state, reply),
})
