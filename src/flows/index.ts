import type { Flows } from '../core/run/draft.ts'
import { bookingFlow } from './booking/index.ts'
import { paymentFlow } from './payment/index.ts'
import { trackingFlow } from './tracking/index.ts'

/** The three machines. Lines are data on them (`lines/index.ts`). */
export const flows: Flows = { booking: bookingFlow, payment: paymentFlow, tracking: trackingFlow }
