import type { Currency } from '../base/money.ts'
import type { Msisdn } from '../base/phone.ts'
import type { Position } from '../move/places.ts'
import type { Basket } from './basket.ts'
import type { PriceRule } from './price-rules.ts'

/** What a distributor sells. */
export type Product = {
  /** Ours, whoever sells it: people name it by these digits. */
  readonly no: number
  readonly name: string
  readonly category: string
  /** The distributor's id. */
  readonly partner: string
}

/** A distributor: whose goods they are, and in which money they are sold. */
export type Seller = { readonly partner: string; readonly currency: Currency }

/** A retailer whom a distributor knows. */
export type Shop = {
  readonly id: string
  readonly name: string
  readonly at: Position
  /** Which of the price lists is theirs. */
  readonly segment: string
}

/** What is sold, to whom, and at which prices. */
export interface Catalogue {
  shopOf(person: Msisdn): Promise<Shop | null>
  /** Who sells to that person: their own distributor, or one in the country of their phone; null where nobody does. */
  sellerTo(person: Msisdn): Promise<Seller | null>
  /** What this person buys most, of that seller. */
  usual(person: Msisdn, partner: string, limit: number): Promise<readonly Product[]>
  /** What this person was last sold; empty for who never was. */
  last(person: Msisdn): Promise<Basket>
  categories(partner: string, limit: number): Promise<readonly string[]>
  within(partner: string, category: string, limit: number): Promise<readonly Product[]>
  /** By name, best first. `sure` when the first is plainly what was meant. */
  find(
    partner: string,
    text: string,
    limit: number,
  ): Promise<{ readonly products: readonly Product[]; readonly sure: boolean }>
  /** Those of the numbers that this seller has. */
  numbered(partner: string, numbers: readonly number[]): Promise<readonly Product[]>
  /** Every rule that may touch the price of these products, whenever it is in force. */
  rules(partner: string, numbers: readonly number[]): Promise<readonly PriceRule[]>
}
