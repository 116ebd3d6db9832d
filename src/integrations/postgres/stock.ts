import { z } from 'zod'
import type { Basket } from '../../core/sell/basket.ts'
import type { StockClaims, Stocked, Warehouse } from '../../core/sell/stock.ts'
import { type Db, prepared } from './connect.ts'
import { phone } from './read.ts'
import { DB_NOW } from './seats.ts'

/** Goods inside a transaction. */
export type StockTx = { readonly stock: StockClaims }

/** So many journeys a person may hold unpaid at once. */
const MOST_HOLDS = 2

// First the person, then the shelves in the order of their keys: whoever claims in one order never waits in a ring.
// A hold changes only while its shelf is locked.
const LOCK_PERSON = `
select pg_advisory_xact_lock(hashtextextended('stock ' || $1::text, 0))`
const LOCK = `
select 1 from stock where (warehouse, product) in (
  select h.id, p.no from products p join warehouses h on h.partner = p.partner where p.no = any($2::int[])
  union select warehouse, product from stock_holds where journey = $1
  union select warehouse, product from goods_gone where journey = $1)
order by warehouse, product for update`

const MINE = `
select product, count, warehouse, until_at is null as sold from stock_holds
where journey = $1 and (until_at is null or until_at > ${DB_NOW}) order by product`

// What has passed on these shelves can be sold anew, and so can what the journey wished for before.
const CLEAR = `
with passed as (delete from stock_holds
  where journey = $1 and until_at is not null
    or product = any($2::int[]) and until_at <= ${DB_NOW} returning warehouse, product, count),
sums as (select warehouse, product, sum(count)::int as count from passed group by warehouse, product)
update stock s set reserved = s.reserved - sums.count from sums
where s.warehouse = sums.warehouse and s.product = sums.product`
const HOLDS = `
select count(distinct journey)::int as holds from stock_holds
where person = $1 and until_at > ${DB_NOW} and journey <> $2`

const TAKE = `
with wanted as (select * from unnest($1::int[], $2::int[]) as w(product, count)),
nearest as (
  select h.id from warehouses h
  where h.partner in (select partner from products where no = any($1::int[])) and not exists (
    select from wanted w left join stock s on s.warehouse = h.id and s.product = w.product
    where coalesce(s.on_hand - s.reserved, 0) < w.count)
  order by h.at <-> point($4, $3), h.id limit 1),
taken as (
  update stock s set reserved = s.reserved + w.count from wanted w, nearest n
  where s.warehouse = n.id and s.product = w.product returning s.warehouse, s.product, w.count)
insert into stock_holds (journey, product, warehouse, count, person, until_at)
select $5, product, warehouse, count, $6, ${DB_NOW} + $7::bigint from taken returning warehouse`

// The warehouse that lacks least, of these the one with most of what is wanted, and the first thing that it lacks.
const SHORT = `
with shelves as (
  select h.id, h.at <-> point($4, $3) as far, w.product, w.count, coalesce(s.on_hand - s.reserved, 0) as free
  from unnest($1::int[], $2::int[]) as w(product, count)
  join products p on p.no = w.product join warehouses h on h.partner = p.partner
  left join stock s on s.warehouse = h.id and s.product = w.product),
best as (select id from shelves group by id
  order by count(*) filter (where free < count), sum(least(free, count)) desc, min(far), id limit 1)
select p.no as product, p.name, shelves.free as left from best join shelves using (id)
join products p on p.no = shelves.product where free < count order by p.no limit 1`

const KEEP = 'update stock_holds set until_at = null where journey = $1'
const FREE = `
with gone as (delete from stock_holds where journey = $1 returning warehouse, product, count)
update stock s set reserved = s.reserved - gone.count from gone
where s.warehouse = gone.warehouse and s.product = gone.product`
const LEAVE = `
with gone as (delete from stock_holds where journey = $1 and until_at is null returning warehouse, product, count, person),
left_shelf as (update stock s set reserved = s.reserved - gone.count, gone = s.gone + gone.count from gone
  where s.warehouse = gone.warehouse and s.product = gone.product),
noted as (insert into goods_gone (journey, product, warehouse, count, person, at)
  select $1, product, warehouse, count, person, ${DB_NOW} from gone)
insert into bought (person, product, times, count, at)
select person, product, 1, count, ${DB_NOW} from gone where is_held(person, $1)
on conflict (person, product) do update
  set times = bought.times + 1, count = excluded.count, at = excluded.at`
const PUT_BACK = `
with back as (delete from goods_gone where journey = $1 returning warehouse, product, count)
update stock s set gone = s.gone - back.count from back
where s.warehouse = back.warehouse and s.product = back.product`

const WAREHOUSE = 'select id, name, at[1] as lat, at[0] as lng, desk, partner from warehouses where id = $1'

const heldRow = z.object({ product: z.int(), count: z.int(), warehouse: z.string(), sold: z.boolean() })
const takenRow = z.object({ warehouse: z.string() })
const holdsRow = z.object({ holds: z.int() })
const shortRow = z.object({ product: z.int(), name: z.string(), left: z.int() })
const warehouseRow = z
  .object({
    id: z.string(),
    name: z.string(),
    lat: z.number(),
    lng: z.number(),
    desk: phone,
    partner: z.string(),
  })
  .transform(({ lat, lng, ...row }): Warehouse => ({ ...row, at: { lat, lng } }))

/** @param trx a transaction that reads what others have committed: what is claimed stays locked until it ends */
export function createStockTx(trx: Db): StockTx {
  const run = <Row>(name: string, text: string, values: readonly unknown[], row: z.ZodType<Row>) =>
    prepared(trx, name, text, values, (one) => row.parse(one))
  const does = (name: string, text: string, values: readonly unknown[]) =>
    run(name, text, values, z.unknown())

  const lock = async (journey: string, basket: Basket) => {
    if (!trx.isTransaction) throw new Error('goods are claimed in a transaction')
    return does('stock_lock', LOCK, [journey, basket.map(({ product }) => product)])
  }
  const mine = (journey: string) => run('stock_mine', MINE, [journey], heldRow)
  const at = async (id: string): Promise<Warehouse> => {
    const [warehouse] = await run('stock_warehouse', WAREHOUSE, [id], warehouseRow)
    if (!warehouse) throw new Error(`no warehouse is called ${id}`)
    return warehouse
  }

  return {
    stock: {
      async hold({ basket, near, journey, person, holdMs }): Promise<Stocked> {
        check(basket)
        await does('stock_person', LOCK_PERSON, [person])
        await lock(journey, basket)
        const had = await mine(journey)
        if (had[0] && isSame(had, basket)) return { kind: 'held', warehouse: await at(had[0].warehouse) }
        if (had.some(({ sold }) => sold))
          throw new Error(`${journey} has bought other goods: free them first`)
        const products = basket.map(({ product }) => product)
        const counts = basket.map(({ count }) => count)
        await does('stock_clear', CLEAR, [journey, products])
        const [others] = await run('stock_others', HOLDS, [person, journey], holdsRow)
        if ((others?.holds ?? 0) >= MOST_HOLDS) return { kind: 'hoarding' }
        const wanted = [products, counts, near.lat, near.lng]
        const [taken] = await run('stock_take', TAKE, [...wanted, journey, person, holdMs], takenRow)
        if (taken) return { kind: 'held', warehouse: await at(taken.warehouse) }
        const [short] = await run('stock_short', SHORT, wanted, shortRow)
        if (!short) throw new Error('what is wanted lies in no warehouse of ours')
        return { kind: 'short', ...short }
      },
      async keep(journey, basket) {
        await lock(journey, basket)
        await does('stock_keep', KEEP, [journey])
        const kept = await mine(journey)
        if (isSame(kept, basket)) return true
        // A part of what was ordered is not what was paid for.
        await does('stock_free', FREE, [journey])
        return false
      },
      async free(journey) {
        await lock(journey, [])
        await does('stock_free', FREE, [journey])
      },
      async leave(journey) {
        await lock(journey, [])
        await does('stock_leave', LEAVE, [journey])
      },
      async putBack(journey) {
        await lock(journey, [])
        await does('stock_put_back', PUT_BACK, [journey])
      },
    },
  }
}

/** @throws RangeError when it asks for nothing, or for less than one: such a claim would hold nothing */
function check(basket: Basket): void {
  const isWhole = basket.every(({ count }) => Number.isSafeInteger(count) && count > 0)
  if (basket.length === 0 || !isWhole) throw new RangeError('an order wants at least one of something')
}

const isSame = (had: Basket, wanted: Basket): boolean =>
  had.length === wanted.length &&
  wanted.every(({ product, count }) => had.some((one) => one.product === product && one.count === count))
