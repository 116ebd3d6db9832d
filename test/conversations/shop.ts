import type { Instant } from '../../src/core/base/clock.ts'
import { distributor, goods, warehouses } from '../../src/demo/lagos.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import type { Talk } from './talk.ts'

/** Makes the traveller a shop in Yaba, Lagos, that the distributor knows, and fills its warehouses, each with its desk. */
export async function openShop(
  db: Db,
  phone: string,
  shop: NonNullable<Talk['shop']>,
  now: Instant,
  desks: Talk['others'] = {},
): Promise<void> {
  const { name, segment, creditMinor, isKnown = true, contract, stock = {} } = shop
  const partner = distributor.id
  const id = `sh_${phone.slice(-5)}`
  const at = db.raw('point(3.3722, 6.5102)')
  if (isKnown) await db('shops').insert({ phone, id, partner, name, at, segment })
  if (contract) {
    const { inMs, product, unitMinor } = contract
    const rule = JSON.stringify({ kind: 'contract', shop: id, unitMinor })
    await db('price_rules').insert({ id: `pr_${id}`, partner, product, valid_from: now + inMs, rule })
  }
  await db('stock_holds').delete()
  await db('goods_gone').delete()
  for (const { id: warehouse, name: depot, desk } of warehouses) {
    await db('warehouses')
      .where({ id: warehouse })
      .update({ desk: desks[depot] ?? desk })
    for (const { no, onHand } of goods)
      await db('stock')
        .where({ warehouse, product: no })
        .update({ came: stock[no] ?? onHand, gone: 0, reserved: 0 })
  }
  if (creditMinor !== undefined)
    await db('credit_accounts').insert({
      ...{ id: `ca_${phone.slice(-5)}`, phone, currency: 'NGN', limit_minor: creditMinor },
      ...{ terms_days: 14, opened_at: 0 },
    })
}
