import { type Basket, MOST_PIECES, readBasket, readNumber, tellBasket } from '../../core/sell/basket.ts'
import { phrase } from '../words/index.ts'
import type { Answer, Given } from './field.ts'
import { choices, deliverTo, pieces } from './goods.ts'
import type { ServiceLine } from './line.ts'
import { wantedOf } from './text.ts'

/** A shop's restock from a distributor: packed in a warehouse, then brought by whoever is offered it. */
export const order: ServiceLine = {
  id: 'order',
  menu: 'menuOrder',
  fields: [
    { ...choices('product', 'orderWhat', 'products'), when: (said) => !now(said, 'product') },
    {
      ...pieces('count', 'orderMany', MOST_PIECES),
      when: (said) => !isWhole(now(said, 'product')) && !now(said, 'count'),
    },
    deliverTo('to', 'orderTo'),
  ],
  besides: ['cash', 'more', 'why'],
  price: 'basket',
  reserve: 'stock',
  drivers: 'gig',
  earns: 'driver',
  cancelUntilMs: null,
  pay: ['before', 'cash'],
  carry: [
    {
      id: 'collected',
      verb: 'pickedVerb',
      prove: 'none',
      ask: 'pickOrder',
      aboard: true,
      relay: true,
      tell: { traveller: 'orderPicked' },
    },
    { id: 'done', verb: 'handedVerb', prove: 'code', ask: 'bringOrder', aboard: true, tell: {} },
  ],
  back: null,
  words: {
    found: 'orderHeld',
    paid: 'orderPaid',
    cash: 'orderCash',
    yesCash: 'yesCash',
    booked: 'orderBooked',
    underway: 'orderUnderway',
    rating: 'orderRating',
    holding: 'orderHolding',
    nobody: 'orderNone',
    nobodyPaid: 'orderLost',
    seeking: 'orderSeeking',
    carried: 'orderComing',
    carriedCash: 'orderComingCash',
    stranded: 'orderStranded',
    unbrought: 'orderUnbrought',
    unbroughtPaid: 'orderUnbroughtPaid',
  },
  taxedAs: 'goods',
  keywords: {
    en: 'order restock products list',
    rw: 'rangura kurangura ibicuruzwa',
    fr: 'commande commander produits liste',
    sw: 'agiza agizo bidhaa',
    ar: 'طلب طلبية سلع',
    ur: 'آرڈر سامان',
  },
  read: (tail) => wantedOf({ product: tail }),
  again: { fields: ['product', 'to'], say: 'orderAgain', whole },
  less(said, { product, left }) {
    const basket = basketIn(said)
      .map((item) => (item.product === product ? { product, count: Number(left) } : item))
      .filter(({ count }) => count > 0)
    if (product === undefined || basket.length === 0) return null
    return { given: whereTo(said), wanted: wantedOf({ product: tellBasket(basket) }) }
  },
  summary(said) {
    const items = tellItems(said)
    return items === '' ? phrase('orderDraft') : phrase('orderSummary', { items })
  },
}

/** What was said of the product that is asked for now: since the last "something else". */
const now = (said: Given, field: string): Answer | undefined =>
  said
    .slice(said.findLastIndex((answer) => answer.field === 'more') + 1)
    .find((answer) => answer.field === field)

/** A whole basket was typed, with the numbers of each. */
const isWhole = (answer: Answer | undefined): boolean =>
  answer !== undefined && readBasket(answer.value) !== null

/** All that was said, each product once. */
export function basketIn(said: Given): Basket {
  const counts = new Map<number, number>()
  const add = (product: number, count: number) => counts.set(product, (counts.get(product) ?? 0) + count)
  said.forEach(({ field, value }, n) => {
    if (field !== 'product') return
    const count = Number(said[n + 1]?.field === 'count' ? said[n + 1]?.value : 0)
    const product = readNumber(value)
    for (const item of readBasket(value) ?? []) add(item.product, item.count)
    if (product !== null && count > 0) add(product, count)
  })
  return [...counts].map(([product, count]) => ({ product, count }))
}

/** Said instead of a product: what was ordered last, once more. */
export const AGAIN = /^\s*(?:again|nanone|ongera|encore|tena|مجددا|دوبارہ|پھر)\s*$/i

/** Between the products of a basket that was typed. */
export const BESIDE = ' + '

/** So many septets of a screen go to what is ordered, and fewer of a menu. */
const MOST_TOLD = 60
const MOST_IN_MENU = 30

const whereTo = (said: Given): Given => said.filter(({ field }) => field === 'to')

/** Everything in one basket, as if it had been typed. */
function whole(said: Given): Given {
  const product = {
    field: 'product',
    value: tellBasket(basketIn(said)),
    label: tellItems(said, MOST_IN_MENU),
  }
  return [...whereTo(said), product]
}

/** `Rice 50kg x3, Palm oil 5L x2 +4`: as many as there is room for. */
function tellItems(said: Given, most = MOST_TOLD): string {
  const all = said.flatMap(({ field, label }, n) => {
    if (field !== 'product') return []
    const count = said[n + 1]?.field === 'count' ? said[n + 1]?.label : undefined
    return count === undefined ? label.split(BESIDE) : [`${label} x${count}`]
  })
  const told = all.filter((_, n) => all.slice(0, n + 1).join(', ').length <= most)
  const rest = all.length - told.length
  return [told.join(', '), ...(rest > 0 ? [`+${rest}`] : [])].join(' ').trim()
}
