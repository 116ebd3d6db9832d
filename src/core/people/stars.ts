import type { Msisdn } from '../base/phone.ts'

/** How drivers found whoever they drove; counts only, and shown to nobody but the desk. */
export type Rating = { readonly sum: number; readonly count: number }

/** Written in the transaction that carries a rating out. */
export interface TravellerStars {
  /** Adds a rating of 1 to 5 stars; none where that journey was a former holder's of the number. */
  rate(person: Msisdn, stars: number, journey: string): Promise<void>
}
