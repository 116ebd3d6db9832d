import type { Msisdn } from '../base/phone.ts'
import type { Shelf } from '../move/picking.ts'
import type { Position } from '../move/places.ts'
import type { Basket } from './basket.ts'

/** A warehouse with what is to go out. */
export type Depot = {
  readonly id: string
  readonly name: string
  readonly at: Position
  readonly desk: Msisdn
  /** Orders that are sold, and with nobody yet who brings them. */
  readonly waiting: number
}

/** An order that is sold and to be brought. */
export type ToBring = {
  readonly code: string
  readonly to: string
  readonly at: Position
  readonly owner: Msisdn
  readonly basket: Basket
  readonly isPacked: boolean
  /** When the shop takes goods in, in minutes of its day; null where it said nothing. */
  readonly opens: number | null
  readonly closes: number | null
}

/** What a warehouse has to do. */
export interface PackingDesk {
  depots(): Promise<readonly Depot[]>
  /** The oldest first. */
  toBring(depot: string, limit: number): Promise<readonly ToBring[]>
  /** Where its products stand, those that stand somewhere. */
  shelves(depot: string): Promise<ReadonlyMap<number, Shelf>>
  names(products: readonly number[]): Promise<ReadonlyMap<number, string>>
}
