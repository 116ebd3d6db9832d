import type { Ids } from '../../../core/base/id.ts'
import type { Ledgered } from '../../../core/run/store.ts'
import type { StockClaims, Warehouse } from '../../../core/sell/stock.ts'
import type { Carrier } from '../../effects.ts'
import type { Keeper, Wishing } from './keeping.ts'

/** What goods are kept with. */
export type StockNouns = { readonly stock: StockClaims }

/** So long goods are kept for a payment; the booking waits for it longer. */
const HOLD_MS = 15 * 60_000

/** Goods in the nearest warehouse that has all of them. */
export function stockKeeper<Tx extends Ledgered & StockNouns>({
  ids,
}: {
  readonly ids: Ids
}): Keeper<'stock', Tx> {
  const claim = ({ id, owner, wish, near }: Wishing<'stock'>, tx: Tx) =>
    tx.stock.hold({ basket: wish.basket, near, journey: id, person: owner, holdMs: HOLD_MS })
  return {
    async hold(journey, tx) {
      const held = await claim(journey, tx)
      if (held.kind === 'held') return { kind: 'held', driver: deskOf(held.warehouse, ids.digits(4)) }
      if (held.kind === 'hoarding') return { kind: 'refused', why: 'orderHoarding' }
      const { name: item, left, product } = held
      const lacking = { item, left: String(left), product }
      return { kind: 'refused', why: held.left === 0 ? 'orderGone' : 'orderShort', lacking }
    },
    async keep(journey, tx) {
      const { driver, wish, id } = journey
      if (!driver) return null
      if (await tx.stock.keep(id, wish.basket)) return driver
      // It was paid too late and some of it went to somebody else: the same from elsewhere is as good.
      const held = await claim(journey, tx)
      if (held.kind !== 'held' || !(await tx.stock.keep(id, wish.basket))) return null
      return deskOf(held.warehouse, driver.startCode)
    },
    free: ({ id }, tx) => tx.stock.free(id),
    leave: ({ id }, tx) => tx.stock.leave(id),
    putBack: ({ id }, tx) => tx.stock.putBack(id),
  }
}

/** Who has an order until it is packed. */
const deskOf = ({ name, desk, at, partner }: Warehouse, startCode: string): Carrier => ({
  ...{ id: partner, name, phone: desk, plate: '', minutes: 0, startCode },
  at: { lat: at.lat, lng: at.lng },
})
