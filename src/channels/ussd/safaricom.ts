import { cumulative } from './cumulative.ts'

/**
 * Safaricom's own legacy gateway: a query with all inputs so far, our code's own extension among them (`*167*3#` is
 * DEST 167 with USSD_PARAMS 3), answered as Africa's Talking is. The first request may come twice.
 * Source: praekelt/vumi, transports/safaricom.
 */
export const safaricom = cumulative('safaricom', 'query', {
  session: 'SESSION_ID',
  phone: 'ORIG',
  code: 'DEST',
  text: 'USSD_PARAMS',
})
