import assert from 'node:assert/strict'
import fc from 'fast-check'
import { codeOf } from '../../src/core/base/code.ts'
import {
  type Basket,
  isOrderable,
  MOST_PIECES,
  MOST_PRODUCTS,
  readBasket,
  readNumber,
  tellBasket,
  tellNumber,
} from '../../src/core/sell/basket.ts'
import { readKeywords } from '../../src/flows/grammar.ts'
import { basketIn, order } from '../../src/flows/lines/order.ts'

const LONG = codeOf(123)
const of = (...items: readonly (readonly [product: number, count: number])[]): Basket =>
  items.map(([product, count]) => ({ product, count }))

/** What people type, and the basket that it is; null where it is none. */
const TYPED: readonly (readonly [text: string, basket: Basket | null])[] = [
  ['12x3 14x2', of([12, 3], [14, 2])],
  ['12x3', of([12, 3])],
  ['12X3  14 x 2', of([12, 3], [14, 2])],
  ['12*3,14*2', of([12, 3], [14, 2])],
  ['12×3; 14x2 + 21x1', of([12, 3], [14, 2], [21, 1])],
  ['12x3 & 12x2', of([12, 5])],
  [`${LONG}x4`, of([123, 4])],
  ['12x999999', of([12, 999_999])],
  ['', null],
  ['12', null],
  ['12x', null],
  ['x3', null],
  ['12x0', null],
  ['12x-3', null],
  ['12x1.5', null],
  ['12x3x2', null],
  ['12x1000000', null],
  ['9x3', null],
  ['012x3', null],
  ['123x4', null],
  [`${Number(LONG) + 1}x4`, null],
  ['rice x3', null],
  ['12x3 rice', null],
]

describe('a basket', () => {
  for (const [text, basket] of TYPED)
    it(`is ${basket ? tellBasket(basket) : 'none'} in "${text}"`, () =>
      assert.deepEqual(readBasket(text), basket))

  const products = fc.oneof(fc.integer({ min: 10, max: 97 }), fc.integer({ min: 100, max: 999_999 }))
  it('is read as it is told, with any number of any products', () => {
    const items = fc.uniqueArray(
      fc.record({ product: products, count: fc.integer({ min: 1, max: 999 }) }, { noNullPrototype: true }),
      {
        selector: ({ product }) => product,
        minLength: 1,
        maxLength: MOST_PRODUCTS,
      },
    )
    fc.assert(fc.property(items, (basket) => assert.deepEqual(readBasket(tellBasket(basket)), basket)))
  })

  it('holds nothing that was meant otherwise: one wrong digit of a long number, or two in each other’s place', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 999_999 }),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        (no, n, by) => {
          const digits = tellNumber(no)
          const at = n % digits.length
          const wrong = String((Number(digits[at]) + by) % 10)
          assert.equal(readNumber(digits.slice(0, at) + wrong + digits.slice(at + 1)), null)
          const [one = '', other = ''] = digits.slice(at, at + 2)
          if (other !== '' && one !== other)
            assert.equal(readNumber(digits.slice(0, at) + other + one + digits.slice(at + 2)), null)
        },
      ),
    )
  })

  it(`may be ordered up to ${MOST_PIECES} of each of ${MOST_PRODUCTS} products`, () => {
    const some = (products: number, count: number) =>
      Array.from({ length: products }, (_, n) => ({ product: 10 + n, count }))
    assert.ok(isOrderable(some(MOST_PRODUCTS, MOST_PIECES)))
    assert.ok(!isOrderable(some(MOST_PRODUCTS, MOST_PIECES + 1)))
    assert.ok(!isOrderable(some(MOST_PRODUCTS + 1, 1)))
  })

  it('is all that was said, product by product and at once, each product once', () => {
    const said = [
      { field: 'product', value: '12', label: 'Rice 50kg' },
      { field: 'count', value: '3', label: '3' },
      { field: 'to', value: '@6.5,3.3', label: 'Shop' },
      { field: 'more', value: 'yes', label: '' },
      { field: 'product', value: '12x1 14x2', label: 'Rice 50kg x1 + Rice 10kg x2' },
    ]
    assert.deepEqual(basketIn(said), of([12, 4], [14, 2]))
    assert.deepEqual(order.less?.(said, { item: 'Rice 50kg', left: '1', product: 12 })?.wanted, [
      { field: 'product', text: '12x1 14x2' },
    ])
    assert.deepEqual(order.less?.(said, { item: 'Rice 10kg', left: '0', product: 14 })?.wanted, [
      { field: 'product', text: '12x4' },
    ])
    const alone = said.slice(0, 3)
    assert.equal(order.less?.(alone, { item: 'Rice 50kg', left: '0', product: 12 }), null)
  })
})

describe('a text that orders', () => {
  const wanted = (text: string) => {
    const intent = readKeywords(text)?.intent
    return intent?.name === 'book' && intent.line === 'order' ? intent.wanted : null
  }
  for (const [text, product] of [
    ['ORDER 12x3 14x2', '12x3 14x2'],
    ['order: 12 x 3, 14 x 2', '12 x 3, 14 x 2'],
    ['Restock rice', 'rice'],
    ['RANGURA 12x3', '12x3'],
    ['commander 12x3', '12x3'],
    ['ORDER again', 'again'],
  ] as const)
    it(text, () => assert.deepEqual(wanted(text), [{ field: 'product', text: product }]))
  const saved = (text: string) => {
    const intent = readKeywords(text)?.intent
    return intent?.name === 'saveBasket' ? [intent.as, intent.basket] : null
  }
  for (const [text, as, basket] of [
    ['SAVE weekly', 'weekly', null],
    ['bika weekly 12x3 14x2', 'weekly', of([12, 3], [14, 2])],
    ['SAVE weekly 1x3', 'weekly', []],
  ] as const)
    it(text, () => assert.deepEqual(saved(text), [as, basket]))
  for (const text of ['SAVE home', 'SAVE HOME Yaba', 'SAVE me a seat', 'SAVE 12x3', 'SAVE'])
    it(`${text} saves no basket`, () => assert.equal(saved(text), null))
  it('and nothing yet', () => assert.deepEqual(wanted('ORDER'), []))
  it('is not one that begins otherwise', () => assert.equal(wanted('12x3 14x2'), null))
})
