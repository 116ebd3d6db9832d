import type { Msisdn } from '../base/phone.ts'
import type { Basket } from './basket.ts'

/** Baskets that one person may have saved. */
export const MOST_SAVED = 9

/** What a person orders again and again, by a name of their own. */
export type SavedBasket = { readonly name: string; readonly basket: Basket }

export interface SavedBaskets {
  /** By name. */
  of(person: Msisdn): Promise<readonly SavedBasket[]>
  /** From now on that name is this basket. @returns false when they have saved too many already */
  save(person: Msisdn, saved: SavedBasket): Promise<boolean>
}
