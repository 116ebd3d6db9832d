import fc from 'fast-check'
import { type PriceRule, priceRule } from '../../src/core/sell/price-rules.ts'
import type { Buyer, basketPrice, Priced } from '../../src/core/sell/pricing.ts'

export type Pricer = typeof basketPrice
/** What is bought, and when. */
export type Case = {
  readonly rules: readonly PriceRule[]
  readonly basket: Buyer & { readonly items: readonly Priced[] }
  readonly at: number
}

export const AT = 1_000
const SHELVES = ['Rice', 'Soap'] as const
export const GOODS: readonly Omit<Priced, 'count'>[] = [
  { product: 12, category: 'Rice' },
  { product: 13, category: 'Rice' },
  { product: 51, category: 'Soap' },
]

const bp = fc.integer({ min: 0, max: 10_000 })
const minor = fc.integer({ min: 0, max: 500_000 })
const steps = fc.array(fc.record({ after: fc.integer({ min: 0, max: 30 }), offBp: bp }), {
  minLength: 1,
  maxLength: 3,
})
const bounds = fc.record({
  from: fc.constantFrom(0, 500, 900, AT, AT + 1),
  until: fc.constantFrom(null, 950, AT, AT + 1),
})
const about = fc.constantFrom(
  ...[null, ...GOODS.map(({ product }) => product)].map((product) => ({ product, category: null })),
  ...SHELVES.map((category) => ({ product: null, category })),
)
const ruleOf = (said: fc.Arbitrary<object>): fc.Arbitrary<PriceRule> =>
  fc.tuple(said, bounds, about).map(([kind, when, what]) => priceRule.parse({ ...kind, ...when, ...what }))

/** What may be said of a price, of each kind. */
export const KINDS = {
  base: fc.record({ kind: fc.constant('base'), unitMinor: minor }),
  list: fc.record({ kind: fc.constant('list'), segment: fc.constantFrom('shop', 'kiosk'), unitMinor: minor }),
  contract: fc.record({
    kind: fc.constant('contract'),
    shop: fc.constantFrom('sh_1', 'sh_2'),
    unitMinor: minor,
  }),
  promotion: fc.record({
    kind: fc.constant('promotion'),
    name: fc.constant('weeks'),
    gives: fc.oneof(
      fc.record({ offBp: bp }),
      fc.record({ buy: fc.integer({ min: 1, max: 12 }), free: fc.integer({ min: 1, max: 4 }) }),
    ),
  }),
  volume: fc.record({ kind: fc.constant('volume'), steps }),
  tax: fc.record({ kind: fc.constant('tax'), bp }),
  delivery: fc.record({
    kind: fc.constant('delivery'),
    feeMinor: minor,
    freeFromMinor: fc.option(fc.integer({ min: 0, max: 2_000_000 })),
  }),
  commission: fc.record({ kind: fc.constant('commission'), bp }),
} as const
const anyRule = (kinds: readonly (keyof typeof KINDS)[]) =>
  fc.oneof(...kinds.map((kind) => ruleOf(KINDS[kind])))

/** A base price that is always in force, so that everything has a price. */
const FLOOR: PriceRule = rule({ kind: 'base', unitMinor: 7_777 })

/** Everything in force at any time, about everything, unless something else is said. */
export function rule(said: object): PriceRule {
  return priceRule.parse({ from: 0, until: null, product: null, category: null, ...said })
}

const ALL = ['base', 'list', 'contract', 'promotion', 'volume', 'tax', 'delivery', 'commission'] as const

/** Rules of these kinds, a basket of some goods, and who buys them. */
export const cases = (kinds: readonly (keyof typeof KINDS)[] = ALL): fc.Arbitrary<Case> =>
  fc.record({
    rules: fc.array(anyRule(kinds), { maxLength: 14 }).map((some) => [FLOOR, ...some]),
    basket: fc.record({
      segment: fc.constantFrom(null, 'shop', 'kiosk'),
      shop: fc.constantFrom(null, 'sh_1'),
      items: fc
        .subarray([...GOODS], { minLength: 1 })
        .chain((some) =>
          fc.tuple(...some.map((one) => fc.integer({ min: 1, max: 40 }).map((count) => ({ ...one, count })))),
        ),
    }),
    at: fc.constant(AT),
  })
