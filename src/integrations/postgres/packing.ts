import { z } from 'zod'
import type { Shelf } from '../../core/move/picking.ts'
import type { Depot, PackingDesk, ToBring } from '../../core/sell/packing.ts'
import { type Db, prepared } from './connect.ts'
import { phone } from './read.ts'
import { DB_NOW } from './seats.ts'

/** What was packed longer ago and never fetched is a person's to look at. */
const PACKED_WITHIN_MS = 7 * 24 * 3_600_000

// Sold and on the shelves still, or packed and with nobody who brings it.
const WAITING = `
select i.id, i.context, sold.warehouse, sold.packed from (
  select distinct journey, warehouse, false as packed from stock_holds where until_at is null
  union select distinct journey, warehouse, true from goods_gone where at > ${DB_NOW} - ${PACKED_WITHIN_MS}) sold
join instances i on i.id = sold.journey and i.flow = 'tracking' and not i.done
where not sold.packed or i.state in ('seeking', 'waiting', 'offered')`
const DEPOTS = `
select h.id, h.name, h.at[1] as lat, h.at[0] as lng, h.desk, count(w.id)::int as waiting
from warehouses h left join (${WAITING}) w on w.warehouse = h.id group by h.id order by h.id`
const TO_BRING = `
select w.context ->> 'code' as code, w.context ->> 'to' as "to", b.context #> '{quote,near}' as at, b.owner,
  w.context #> '{wish,basket}' as basket, w.packed as "isPacked", s.opens, s.closes
from (${WAITING}) w join instances b on b.id = w.context ->> 'booking' left join shops s on s.phone = b.owner
where w.warehouse = $1 order by w.id limit $2`
const SHELVES = 'select product, zone, aisle, bay from shelves where warehouse = $1'
const NAMES = 'select no, name from products where no = any($1::int[])'

const place = z.object({ lat: z.number(), lng: z.number() })
const depotRow = z
  .object({ id: z.string(), name: z.string(), ...place.shape, desk: phone, waiting: z.int() })
  .transform(({ lat, lng, ...row }): Depot => ({ ...row, at: { lat, lng } }))
const bringRow: z.ZodType<ToBring> = z.object({
  ...{ code: z.string(), to: z.string(), at: place, owner: phone, isPacked: z.boolean() },
  basket: z.array(z.object({ product: z.int(), count: z.int() })),
  ...{ opens: z.int().nullable(), closes: z.int().nullable() },
})
const shelfRow = z.object({ product: z.int(), zone: z.string(), aisle: z.int(), bay: z.int() })
const nameRow = z.object({ no: z.int(), name: z.string() })

/** What a warehouse has to do, as it is now: nothing is locked. */
export const createPackingDesk = (db: Db): PackingDesk => ({
  depots: () => prepared(db, 'depots', DEPOTS, [], (row) => depotRow.parse(row)),
  toBring: (depot, limit) => prepared(db, 'to_bring', TO_BRING, [depot, limit], (row) => bringRow.parse(row)),
  async shelves(depot) {
    const rows = await prepared(db, 'shelves', SHELVES, [depot], (row) => shelfRow.parse(row))
    return new Map(rows.map(({ product, ...shelf }): [number, Shelf] => [product, shelf]))
  },
  async names(products) {
    const rows = await prepared(db, 'product_names', NAMES, [products], (row) => nameRow.parse(row))
    return new Map(rows.map(({ no, name }) => [no, name]))
  },
})
