import { cumulative } from './cumulative.ts'

/**
 * Crossgate Solutions (Kenya): a query with all inputs so far, answered as Africa's Talking is.
 * Source: docs.vas.crossgatesolutions.co.ke, USSD.
 */
export const crossgate = cumulative('crossgate', 'query', {
  session: 'session_id',
  phone: 'msisdn',
  code: 'service_code',
  text: 'ussd_string',
})
