import { z } from 'zod'
import { list } from './list.ts'
import { fromDecimal, isCurrency, type Money } from './money.ts'

/** The countries that we have a market in. */
const OWN_NUMBERS = ['+250', '+213', '+254', '+234', '+92']

const perSecond = z.coerce.number().int().min(1).max(10_000)

/** `RW=RWF 50000,KE=KES 2000.50` */
const moneyByCountry = z.string().transform((text, context) => {
  const limits: Record<string, Money> = {}
  for (const part of text.split(',')) {
    const [, country = '', currency = '', amount = ''] =
      /^\s*([A-Z]{2})=([A-Z]{3}) ([\d.]+)\s*$/.exec(part) ?? []
    const money = isCurrency(currency) ? fromDecimal(amount, currency) : undefined
    if (!money)
      context.addIssue({ code: 'custom', message: `must be as RW=RWF 50000,KE=KES 2000, not ${part}` })
    else limits[country] = money
  }
  return limits
})

/** `booking.en=trip_news,offer.rw=akazi` */
const templates = z.string().transform((text, context) => {
  const pairs = text.split(',').map((one) => /^\s*([a-z]+\.[a-z]{2})=([a-z0-9_]+)\s*$/.exec(one))
  if (pairs.includes(null)) context.addIssue({ code: 'custom', message: 'must be as booking.en=trip_news' })
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1], pair[2]] as const] : [])))
})

/** What is sent to whom, and how fast. */
export const messageSettings = {
  /** How the numbers begin that may be texted, and called back. */
  SMS_NUMBERS: list.pipe(z.array(z.string().regex(/^\+\d{1,14}$/)).min(1)).default(OWN_NUMBERS),
  /** What texts to a country may cost on one day. */
  SMS_SPEND_A_DAY: moneyByCountry.default({}),
  /** How much one person may say: five a second is more than anybody types, also where a network repeats it. */
  SAID_PER_MINUTE: z.coerce.number().int().min(10).max(1_000_000).default(300),
  /** Calls to hooks of one address: more than one process answers, and enough that one caller leaves something to others. */
  HOOKS_PER_MINUTE: z.coerce.number().int().min(60).max(10_000_000).default(120_000),
  /** Messages that each provider takes of us. */
  SMS_PER_SECOND: perSecond.default(100),
  /** Meta's usual throughput of one number. */
  WHATSAPP_PER_SECOND: perSecond.default(80),
  /**
   * Approved templates with one parameter, by what they are for and the language, for those who have not written for a
   * day; what has none goes to them as a text.
   */
  WHATSAPP_TEMPLATES: templates.default({}),
}
