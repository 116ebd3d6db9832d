import type { Flows } from '../core/run/draft.ts'
import { bookingFlow } from './booking/index.ts'
import { escrowFlow } from './escrow/index.ts'
import { invoiceFlow } from './invoice/index.ts'
import { paymentFlow } from './payment/index.ts'
import { payoutFlow } from './payout/index.ts'
import { trackingFlow } from './tracking/index.ts'

/** The three machines of every journey, on which lines are data (`lines/index.ts`), the one that pays out, and the one that is owed. */
export const flows: Flows = {
  booking: bookingFlow,
  payment: paymentFlow,
  tracking: trackingFlow,
  payout: payoutFlow,
  escrow: escrowFlow,
  invoice: invoiceFlow,
}
