import { createRandom, type Random } from '../../simulators/random.ts'
import { localTime } from '../../src/core/base/calendar.ts'
import { kigaliPlaces } from '../../src/demo/places.ts'
import { type ChaosLine, GOODS, lineAt } from './lines.ts'
import { post } from './phones.ts'

/** One traveller: who, on which line, from which stage to which, and how they are. */
export type Plan = {
  readonly phone: string
  readonly line: ChaosLine
  /** Who gets what they send. */
  readonly receiver: string
  readonly from: number
  readonly to: number
  /** When a load is loaded, as it is typed: `3/12`. */
  readonly day: string
  /** The number of what is ordered. */
  readonly product: number
  readonly cancels: boolean
  readonly rates: boolean
  /** What is chosen when a payment failed, where there is that choice; else it is tried again. */
  readonly whenUnpaid: RegExp
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean
}

/** The traveller of that number; phones from +250788300000, and of who gets their parcels from +250788600000. Of a hundred so many call it off. */
export function planOf(n: number, random: Random, cancels: number): Plan {
  const chance = (percent: number) => random.between(1, 100) <= percent
  const from = random.between(0, kigaliPlaces.length - 1)
  const to = (from + random.between(1, kigaliPlaces.length - 1)) % kigaliPlaces.length
  return {
    phone: `+250788${300_000 + n}`,
    line: lineAt(random.between(1, 100)),
    receiver: `+250788${600_000 + n}`,
    from: kigaliPlaces[from]?.stage ?? 101,
    to: kigaliPlaces[to]?.stage ?? 102,
    day: dayAhead(random.between(2, LOADED_WITHIN_DAYS)),
    product: GOODS[chance(20) ? 1 : 0].no,
    cancels: chance(cancels),
    rates: chance(70),
    whenUnpaid: chance(60) ? /Try again/ : chance(70) ? /cash/i : /Cancel/,
    chance,
  }
}

const LOADED_WITHIN_DAYS = 25
const DAY_MS = 24 * 3_600_000
const dayAhead = (days: number): string => localTime('Africa/Kigali', 'd/L')(Date.now() + days * DAY_MS)

export type Faults = {
  /** Of a hundred payments, how many suffer: */
  readonly lostAnswer: number
  readonly error5xx: number
  readonly noCallback: number
  readonly duplicate: number
  readonly declined: number
  /** Phones of which nothing is reported after a text was sent to them. */
  readonly noReport: number
}

export const FAULTS: Faults = {
  lostAnswer: 10,
  error5xx: 5,
  noCallback: 15,
  duplicate: 20,
  declined: 4,
  noReport: 90,
}

/** Tells the wallet how it will treat each payer's first payment and refund. @returns how many faults it holds */
export async function planFaults(url: string, plans: readonly Plan[], faults: Faults): Promise<number> {
  let count = 0
  for (const { phone, chance } of plans) {
    const rule = async (percent: number, fault: object) => {
      if (!chance(percent)) return false
      count += 1
      await post(`${url}/mtn/_scenario`, { msisdn: phone, times: 1, ...fault })
      return true
    }
    for (const on of ['collect', 'refund']) {
      if (!(await rule(faults.lostAnswer, { on, fault: 'drop', after: true })))
        await rule(faults.error5xx, { on, fault: 'error5xxBefore', status: 503 })
    }
    if (!(await rule(faults.noCallback, { on: 'callback', fault: 'noCallback' })))
      await rule(faults.duplicate, { on: 'callback', fault: 'duplicate', count: 2 })
    await rule(faults.declined, { outcome: 'decline' })
    if (chance(faults.noReport))
      await post(`${url}/africastalking/_scenario`, { msisdn: phone, on: 'report', fault: 'noCallback' })
  }
  return count
}

export const randomOf = (seed: number): Random => createRandom(seed)
