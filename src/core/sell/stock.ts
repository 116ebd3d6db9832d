import type { Msisdn } from '../base/phone.ts'
import type { Position } from '../move/places.ts'
import type { Basket } from './basket.ts'

/** Where goods lie, and who packs them. */
export type Warehouse = {
  readonly id: string
  readonly name: string
  readonly at: Position
  /** The phone of its desk. */
  readonly desk: Msisdn
  /** The distributor's id. */
  readonly partner: string
}

export type StockWish = {
  readonly basket: Basket
  /** Where it is to be brought. */
  readonly near: Position
  /** Whose goods they will be. */
  readonly journey: string
  readonly person: Msisdn
  /** Until when they are kept unpaid, counted by the database's own clock. */
  readonly holdMs: number
}

/** `short`: no warehouse has so many, and `left` are there. `hoarding`: this person holds too much that is not paid for. */
export type Stocked =
  | { readonly kind: 'held'; readonly warehouse: Warehouse }
  | { readonly kind: 'short'; readonly product: number; readonly name: string; readonly left: number }
  | { readonly kind: 'hoarding' }

/** Goods claimed in a transaction, all of a basket or nothing: nowhere is more promised than there is. */
export interface StockClaims {
  /** In the nearest warehouse that has all of it. The same journey again has what it has. */
  hold(wish: StockWish): Promise<Stocked>
  /** Paid: from now on it is sold. False when the hold has passed and any of it has gone to another. */
  keep(journey: string, basket: Basket): Promise<boolean>
  /** Whatever this journey holds or bought, and was not packed, can be sold again. */
  free(journey: string): Promise<void>
  /** What it bought leaves the warehouse. */
  leave(journey: string): Promise<void>
  /** Nobody fetched it: it lies on its shelves again, and can be sold. */
  putBack(journey: string): Promise<void>
}
