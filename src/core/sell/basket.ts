import { codeOf, isCode } from '../base/code.ts'

/** So many of one product, by its number. */
export type Item = { readonly product: number; readonly count: number }

/** What is ordered at once: each product once. */
export type Basket = readonly Item[]

/** Products in a basket, and pieces of each. */
export const MOST_PRODUCTS = 12
export const MOST_PIECES = 999

/** Numbers below this are typed as they are; from it on a check digit follows, so that a slip names nothing. */
const FIRST_CHECKED = 100

/** How a product is named in digits: `12`, and `1238` where the number is 123. */
export const tellNumber = (product: number): string =>
  product < FIRST_CHECKED ? String(product) : codeOf(product)

/** The product that digits name; null when they are none of ours. */
export function readNumber(digits: string): number | null {
  if (/^[1-9]\d$/.test(digits)) return Number(digits)
  return /^[1-9]\d{3,9}$/.test(digits) && isCode(digits) ? Number(digits.slice(0, -1)) : null
}

const ITEM = /^(\d+)[x*](\d{1,6})$/

/** A whole basket as it is typed: `12x3 45x2`, in any spacing; null when it is none. Said twice, a product adds up. */
export function readBasket(text: string): Basket | null {
  const words = text
    .toLowerCase()
    .replace(/\s?[x*×]\s?/g, 'x')
    .split(/[\s,;+&]+/)
    .filter((word) => word !== '')
  const counts = new Map<number, number>()
  for (const word of words) {
    const [, digits = '', count = '0'] = ITEM.exec(word) ?? []
    const product = readNumber(digits)
    if (product === null || Number(count) === 0) return null
    counts.set(product, (counts.get(product) ?? 0) + Number(count))
  }
  return counts.size > 0 ? [...counts].map(([product, count]) => ({ product, count })) : null
}

/** A basket as it is typed: `12x3 45x2`. */
export const tellBasket = (basket: Basket): string =>
  basket.map(({ product, count }) => `${tellNumber(product)}x${count}`).join(' ')

/** Whether one order may be so large. */
export const isOrderable = (basket: Basket): boolean =>
  basket.length <= MOST_PRODUCTS && basket.every(({ count }) => count <= MOST_PIECES)
