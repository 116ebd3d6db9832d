import { localTime } from '../base/calendar.ts'
import { dayOf } from '../base/day.ts'
import type { Log } from '../base/log.ts'
import { marketOf } from '../base/markets.ts'
import type { Money } from '../base/money.ts'
import { countryOf, isMobile, type Msisdn, maskPhone } from '../base/phone.ts'
import type { Take } from '../people/rates.ts'
import type { Guard } from './guards.ts'

const HOUR_MS = 3_600_000

/**
 * Texts go to mobile phones of countries that we name, and nowhere else: a short or a premium number, or a country
 * where a text costs anything, is how somebody makes us pay.
 * @param prefixes beginnings of numbers, as `+250`
 */
export const reachable =
  (prefixes: readonly string[], log: Log): Guard =>
  ({ to }, via) => {
    if (via !== 'sms' || isForUs(prefixes, to)) return null
    log.warn({ to: maskPhone(to) }, 'sms_not_for_us')
    return { how: 'withheld', why: 'a number that we do not text' }
  }

const isForUs = (prefixes: readonly string[], to: Msisdn): boolean =>
  prefixes.some((prefix) => to.startsWith(prefix)) && isMobile(to)

/** Calls back to one phone: somebody who is cut off rings again, a machine that lives on it more often. */
const CALLS = { points: 10, perSeconds: 3_600 } as const

/**
 * Whether who rang us may be called back, at our cost: a number can be anybody's word, and some earn by being called.
 * Counted by each process alone while the counter is away.
 */
export const callable =
  (prefixes: readonly string[], take: Take) =>
  async (person: Msisdn): Promise<boolean> =>
    isForUs(prefixes, person) && take('call-back', person, CALLS.points, CALLS.perSeconds)

/** What texts to a country cost on one day of the operator's, in the currencies they were charged in. */
export type SpentOn = (day: string, country: string) => Promise<readonly Money[]>

/** How long to wait while a day's money is spent: it may be raised. */
const SPENT_WAIT_MS = 10 * 60_000

/** Once a day's money for texts to a country is spent, they wait; what is in hand then may still go beyond it. */
export const withinBudget =
  (parts: {
    readonly limits: Readonly<Partial<Record<string, Money>>>
    readonly spentOn: SpentOn
    readonly zone: string
    readonly take: Take
    readonly log: Log
  }): Guard =>
  async ({ to }, via, now) => {
    const country = countryOf(to) ?? ''
    const limit = parts.limits[country]
    if (via !== 'sms' || !limit) return null
    const spent = await parts.spentOn(dayOf(now, parts.zone), country)
    const own = spent.find(({ currency }) => currency === limit.currency)
    if (!own || own.amountMinor < limit.amountMinor) return null
    if (await parts.take('spent-told', country, 1, HOUR_MS / 1_000))
      parts.log.error({ country }, 'sms_money_spent')
    return { how: 'wait', waitMs: SPENT_WAIT_MS, why: "the day's money is spent" }
  }

/** Local hours in which nobody wants an advertisement: from the first on, and until the second of the next morning. */
const QUIET = { from: 20, until: 8 } as const

/** Marketing goes to whom it is welcome, and by day where they are; nothing else asks for either. */
export const welcome =
  (isOptedOut: (person: Msisdn) => Promise<boolean>): Guard =>
  async ({ to, purpose }, _, now) => {
    if (purpose !== 'marketing') return null
    if (await isOptedOut(to)) return { how: 'withheld', why: 'they want no news' }
    const hour = Number(localTime(marketOf(to).zone, 'H')(now))
    if (hour >= QUIET.until && hour < QUIET.from) return null
    return { how: 'wait', waitMs: HOUR_MS / 2, why: 'it is night where they are' }
  }
