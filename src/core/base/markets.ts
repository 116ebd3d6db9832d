import { LANGUAGES, type Language } from './languages.ts'
import type { Currency } from './money.ts'
import { countryOf, type Msisdn } from './phone.ts'

/** The clocks and the money of a country, and the languages that its menus offer. */
export type Market = {
  readonly zone: string
  readonly currency: Currency
  readonly languages: readonly Language[]
}

const HOME: Market = { zone: 'Africa/Kigali', currency: 'RWF', languages: ['en', 'rw', 'fr', 'sw'] }
/** Who comes from elsewhere may speak any of them. */
const ELSEWHERE: Market = { ...HOME, languages: LANGUAGES }

const MARKETS: Readonly<Record<string, Market>> = {
  RW: HOME,
  DZ: { zone: 'Africa/Algiers', currency: 'DZD', languages: ['ar', 'fr', 'en'] },
  KE: { zone: 'Africa/Nairobi', currency: 'KES', languages: ['en', 'sw'] },
  NG: { zone: 'Africa/Lagos', currency: 'NGN', languages: ['en'] },
  PK: { zone: 'Asia/Karachi', currency: 'PKR', languages: ['en', 'ur'] },
}

/** Where somebody buys and sells, by their number; at home where we do not sell in their country. */
export const marketOf = (person: Msisdn | undefined): Market =>
  MARKETS[(person && countryOf(person)) ?? ''] ?? ELSEWHERE
