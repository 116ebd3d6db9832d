import type { Instant } from '../core/base/clock.ts'
import type { Db } from '../integrations/postgres/connect.ts'
import { distributor, goods, lagosCouriers, lagosPlaces, priceRules, shops, warehouses } from './lagos.ts'

/** Prices stand since then. */
const SINCE: Instant = Date.parse('2025-01-01T00:00:00+01:00')

/** Adds the demo's distributor, what lies in its warehouses, its prices and shops; rows that are there stay as they are. */
export async function seedLagos(db: Db): Promise<void> {
  const add = (table: string, rows: readonly object[]) => db(table).insert(rows).onConflict().ignore()
  const partner = distributor.id
  const at = ({ lat, lng }: { readonly lat: number; readonly lng: number }) =>
    db.raw('point(?, ?)', [lng, lat])
  await add('partners', [distributor])
  await add(
    'warehouses',
    warehouses.map(({ lat, lng, ...row }) => ({
      ...{ ...row, partner, country: 'NG', currency: 'NGN', at: at({ lat, lng }) },
    })),
  )
  await add(
    'products',
    goods.map(({ no, name, category, rank, aliasText }) => ({
      ...{ no, partner, name, category, rank, alias_text: aliasText },
    })),
  )
  await add(
    'stock',
    warehouses.flatMap(({ id }, n) =>
      goods.map(({ no, onHand }) => ({ warehouse: id, product: no, came: n === 0 ? onHand : onHand / 2 })),
    ),
  )
  await add(
    'shelves',
    warehouses.flatMap(({ id }) => goods.map(({ no, shelf }) => ({ warehouse: id, product: no, ...shelf }))),
  )
  await add(
    'price_rules',
    priceRules.map(({ product, rule }, n) => ({
      ...{ id: `pr_ng_${n}`, partner, product, valid_from: SINCE, rule: JSON.stringify(rule) },
    })),
  )
  await add(
    'shops',
    shops.map(({ lat, lng, ...row }) => ({ ...row, partner, at: at({ lat, lng }) })),
  )
}

/** Riders of Lagos, each where they wait. */
export const courierRows = (db: Db, now: Instant) =>
  lagosCouriers.map(({ stage, ...rider }) => {
    const place = lagosPlaces.find((one) => one.stage === stage)
    if (!place) throw new Error(`${rider.name} waits at ${stage}, which is no place`)
    return {
      ...rider,
      ...{ line: 'gig', licence_status: 'unknown', licence_checked_at: 0, status: 'free', seen_at: now },
      at: db.raw('point(?, ?)', [place.lng, place.lat]),
    }
  })
