import type { Rule } from './verify-rules.ts'

const SHELVES = 'select count(*) as n from stock'
const HELD = 'select count(distinct journey) as n from stock_holds'
const GONE = 'select count(distinct journey) as n from goods_gone'

/** What lies on no shelf any more, or is somebody's, adds up to what its shelf says. */
const addsUp = (column: 'reserved' | 'gone', table: 'stock_holds' | 'goods_gone') => `
  select s.warehouse || ' ' || s.product as it from stock s left join ${table} h using (warehouse, product)
  group by s.warehouse, s.product having s.${column} <> coalesce(sum(h.count), 0)`

/** An errand that is on its way has yet to do it. */
const pending = (journey: string, ...types: readonly string[]) =>
  `exists (select from outbox o where o.about = ${journey} and o.type in (${types.map((one) => `'${one}'`).join(', ')}))`

/** Journeys of orders with less or more of a product in a table than they wish for. */
const unlike = (table: string) => `
  (select count(*) from jsonb_to_recordset(t.context->'wish'->'basket') as w(product int, count int)
    full join (select * from ${table} where journey = t.id) h using (product)
    where w.count is distinct from h.count) > 0`

/** What must hold of goods in warehouses. */
export const STOCK_RULES: readonly Rule[] = [
  {
    rule: 'no more of anything is promised or gone than came in',
    weight: 'wrong',
    of: SHELVES,
    broken: `select warehouse || ' ' || product as it from stock where reserved < 0 or gone < 0 or reserved + gone > came`,
  },
  {
    rule: 'what is reserved on a shelf is what is held of it',
    weight: 'wrong',
    of: SHELVES,
    broken: addsUp('reserved', 'stock_holds'),
  },
  {
    rule: 'what is gone from a shelf is what was packed of it',
    weight: 'wrong',
    of: SHELVES,
    broken: addsUp('gone', 'goods_gone'),
  },
  {
    rule: 'goods are held for no order that is over',
    weight: 'wrong',
    of: HELD,
    broken: `select distinct h.journey as it from stock_holds h left join instances t on t.id = h.journey
      where (t.id is null or t.done) and not ${pending('h.journey', 'free', 'leave')}`,
  },
  {
    rule: 'goods that are sold or packed are paid for, or will be in cash',
    weight: 'wrong',
    of: HELD,
    broken: `select distinct g.journey as it from (
        select journey from stock_holds where until_at is null union select journey from goods_gone) g
      left join instances t on t.id = g.journey left join instances b on b.id = t.root
      where 'true' not in (coalesce(b.context->>'paid', ''), coalesce(b.context->>'cash', ''))`,
  },
  {
    rule: 'whoever bought goods has all of them until they are packed',
    weight: 'wrong',
    of: HELD,
    broken: `select t.id as it from instances t where t.flow = 'tracking' and t.state = 'assigned'
      and t.context->'wish'->>'kind' = 'stock' and t.context->>'go' = 'true' and t.context->>'passed' = '0'
      and ${unlike('stock_holds')}`,
  },
  {
    rule: 'what is packed has left its shelves, all of it and once',
    weight: 'wrong',
    of: GONE,
    broken: `select t.id as it from instances t where t.flow = 'tracking' and t.state <> 'failed'
      and t.context->'wish'->>'kind' = 'stock' and cast(t.context->>'passed' as int) > 0
      and not ${pending('t.id', 'leave')} and ${unlike('goods_gone')}`,
  },
]
