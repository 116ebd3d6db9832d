import { LIMITS } from '../../../core/base/limits.ts'
import { formatMoney } from '../../../core/base/money.ts'
import type { Msisdn } from '../../../core/base/phone.ts'
import type { Happening } from '../../../core/run/flow.ts'
import { type Basket, readBasket, readNumber, tellBasket, tellNumber } from '../../../core/sell/basket.ts'
import type { Product, Seller } from '../../../core/sell/catalogue.ts'
import { basketPrice } from '../../../core/sell/pricing.ts'
import type { Option } from '../../../core/talk/prompt.ts'
import { fold } from '../../../core/talk/reading.ts'
import { SHELF } from '../goods.ts'
import { BESIDE } from '../order.ts'
import { ownBasket, ownChoices } from './own-baskets.ts'
import type { LineWorld } from './world.ts'

/** `line` where the person's own habits may show; an agent does not see what somebody else buys. */
type Asked = { readonly text: string | null; readonly owner?: Msisdn; readonly line?: string }

const NOTHING: Happening = { type: 'FOUND', options: [], sure: true }
const NO_HABITS = { usual: [], saved: [] } as const

/** What a shop may order: what it buys most, its baskets, the categories, and what was typed: a basket, a code or a name. */
export async function products(world: LineWorld, { text, owner, line }: Asked): Promise<Happening> {
  const seller = owner === undefined ? null : await world.catalogue.sellerTo(owner)
  if (!seller || owner === undefined) return { ...NOTHING, sure: false }
  const isOwn = line !== undefined
  if (text === null) {
    const own = isOwn ? await ownChoices(world, owner, seller.partner) : NO_HABITS
    return frontPage(world, seller, owner, own)
  }
  const basket = (isOwn ? await ownBasket(world, owner, text) : null) ?? readBasket(text)
  if (basket) return wholeBasket(world, seller, basket)
  const found = await named(world, seller, text)
  return { type: 'FOUND', options: await priced(world, seller, owner, found.products), sure: found.sure }
}

type Own = Awaited<ReturnType<typeof ownChoices>>

async function frontPage(
  world: LineWorld,
  seller: Seller,
  owner: Msisdn,
  { usual, saved }: Own,
): Promise<Happening> {
  const categories = await world.catalogue.categories(seller.partner, LIMITS.catalogueChoices)
  const shelves = [...saved, ...categories].map((name) => ({ value: `${SHELF}${name}`, label: name }))
  const options = [...(await priced(world, seller, owner, usual)), ...shelves]
  return { type: 'FOUND', options, sure: false }
}

async function named({ catalogue }: LineWorld, { partner }: Seller, text: string) {
  const number = readNumber(text.trim())
  if (number !== null) return { products: await catalogue.numbered(partner, [number]), sure: true }
  const categories = await catalogue.categories(partner, LIMITS.catalogueChoices)
  const shelf = categories.find((one) => fold(one) === fold(text.replace(SHELF, '')))
  if (shelf === undefined) return catalogue.find(partner, text, LIMITS.lookupChoices)
  return { products: await catalogue.within(partner, shelf, LIMITS.catalogueChoices), sure: false }
}

/** A basket whose every product is sold here, or nothing. */
async function wholeBasket(
  { catalogue }: LineWorld,
  { partner }: Seller,
  basket: Basket,
): Promise<Happening> {
  const known = await catalogue.numbered(
    partner,
    basket.map(({ product }) => product),
  )
  const nameOf = new Map(known.map(({ no, name }) => [no, name]))
  if (basket.length === 0 || !basket.every(({ product }) => nameOf.has(product))) return NOTHING
  const label = basket.map(({ product, count }) => `${nameOf.get(product)} x${count}`).join(BESIDE)
  return { type: 'FOUND', options: [{ value: tellBasket(basket), label }], sure: true }
}

/** Products with what one of each costs this shop now. */
async function priced(
  { catalogue, clock }: LineWorld,
  { partner, currency }: Seller,
  owner: Msisdn,
  all: readonly Product[],
): Promise<Option[]> {
  const rules = await catalogue.rules(
    partner,
    all.map(({ no }) => no),
  )
  const shop = await catalogue.shopOf(owner)
  const goods = rules.filter(({ kind }) => kind !== 'delivery')
  return all.map(({ no, name, category }) => {
    const buyer = { segment: shop?.segment ?? null, shop: shop?.id ?? null }
    const one = basketPrice(goods, { ...buyer, items: [{ product: no, category, count: 1 }] }, clock.now())
    const price = one && formatMoney({ amountMinor: one.amountMinor, currency })
    return { value: tellNumber(no), label: price ? `${name}, ${price}` : name, detail: tellNumber(no) }
  })
}
