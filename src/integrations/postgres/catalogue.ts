import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { isCurrency } from '../../core/base/money.ts'
import { countryOf } from '../../core/base/phone.ts'
import { isSure, likenessTo } from '../../core/move/likeness.ts'
import type { Item } from '../../core/sell/basket.ts'
import type { Catalogue, Product, Seller, Shop } from '../../core/sell/catalogue.ts'
import { type PriceRule, priceRule } from '../../core/sell/price-rules.ts'
import { fold } from '../../core/talk/reading.ts'
import { type Db, prepared } from './connect.ts'

const productRow: z.ZodType<Product> = z.object({
  no: z.int(),
  name: z.string(),
  category: z.string(),
  partner: z.string(),
})
const PRODUCT = 'p.no, p.name, p.category, p.partner'

const SHOP = 'select id, name, at[1] as lat, at[0] as lng, segment from shops where phone = $1'
const SELLER = `
select w.partner, w.currency from warehouses w left join shops s on s.phone = $1
where w.partner = s.partner or s.phone is null and w.country = $2 order by w.partner limit 1`
const USUAL = `
select ${PRODUCT} from bought b join products p on p.no = b.product
where b.person = $1 and p.partner = $2 order by b.times desc, b.at desc, p.no limit $3`
const LAST = `
select product, count from bought where person = $1
and at = (select max(at) from bought where person = $1) order by product`
const CATEGORIES = `
select category from products where partner = $1 group by category order by min(rank), category limit $2`
const WITHIN = `
select ${PRODUCT} from products p where partner = $1 and category = $2 order by rank, no limit $3`
const CANDIDATES = 20
const NAMED = `
select ${PRODUCT}, string_to_array(alias_text, ' | ') as aliases from products p
where partner = $1 and (alias_text % $2 or $2 <% alias_text)
order by word_similarity($2, alias_text) desc, rank, no limit ${CANDIDATES}`
/** Below this likeness (0 to 1) a name is another's. */
const LEAST_LIKE = 0.45
const RULES = `
select rule || jsonb_build_object('from', valid_from, 'until', valid_until, 'product', product,
  'category', rule->'category') as rule
from price_rules where partner = $1 and (product is null or product = any($2::int[]))`

const shopRow = z
  .object({ id: z.string(), name: z.string(), lat: z.number(), lng: z.number(), segment: z.string() })
  .transform(({ lat, lng, ...row }): Shop => ({ ...row, at: { lat, lng } }))
const sellerRow: z.ZodType<Seller> = z.object({
  partner: z.string(),
  currency: z.string().refine(isCurrency),
})
const itemRow: z.ZodType<Item> = z.object({ product: z.int(), count: z.int() })
const categoryRow = z.object({ category: z.string() })
const namedRow = z.object({
  no: z.int(),
  name: z.string(),
  category: z.string(),
  partner: z.string(),
  aliases: z.array(z.string()),
})
const ruleRow = z.object({ rule: priceRule })

/** Prices and shops change from day to day, not from hop to hop: a reading serves for a minute. */
const REMEMBERED = { max: 10_000, ttl: 60_000 } as const

/** What distributors sell. */
export function createCatalogue(db: Db): Catalogue {
  const read = <Row>(name: string, text: string, values: readonly unknown[], row: z.ZodType<Row>) =>
    prepared(db, name, text, values, (one) => row.parse(one))
  const rules = new LRUCache<string, readonly PriceRule[], readonly [string, readonly number[]]>({
    ...REMEMBERED,
    fetchMethod: async (_key, _old, { context: [partner, numbers] }) =>
      (await read('price_rules', RULES, [partner, numbers], ruleRow)).map(({ rule }) => rule),
  })
  return {
    shopOf: async (person) => (await read('shop', SHOP, [person], shopRow))[0] ?? null,
    sellerTo: async (person) =>
      (await read('seller', SELLER, [person, countryOf(person)], sellerRow))[0] ?? null,
    usual: (person, partner, limit) => read('usual', USUAL, [person, partner, limit], productRow),
    last: (person) => read('bought_last', LAST, [person], itemRow),
    categories: async (partner, limit) =>
      (await read('categories', CATEGORIES, [partner, limit], categoryRow)).map(({ category }) => category),
    within: (partner, category, limit) =>
      read('products_within', WITHIN, [partner, category, limit], productRow),
    async find(partner, text, limit) {
      const like = likenessTo(fold(text))
      const found = (await read('products_named', NAMED, [partner, fold(text)], namedRow))
        .map(({ aliases, ...product }) => ({
          product,
          likeness: Math.max(...aliases.map((one) => like(one))),
        }))
        .filter(({ likeness }) => likeness >= LEAST_LIKE)
        .sort((a, b) => b.likeness - a.likeness)
      return {
        products: found.slice(0, limit).map(({ product }) => product),
        sure: isSure(found.map(({ likeness }) => likeness)),
      }
    },
    numbered: (partner, numbers) =>
      read(
        'products_numbered',
        `select ${PRODUCT} from products p where partner = $1 and no = any($2::int[])`,
        [partner, numbers],
        productRow,
      ),
    rules: async (partner, numbers) => {
      const sorted = numbers.toSorted((a, b) => a - b)
      return (await rules.fetch(`${partner} ${sorted}`, { context: [partner, sorted] })) ?? []
    },
  }
}
