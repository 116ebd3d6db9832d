import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { PriceRule } from '../../src/core/sell/price-rules.ts'
import { type BasketPrice, PRICE_STEPS } from '../../src/core/sell/pricing.ts'
import { AT, type Case, cases, type Pricer } from './pricing-rules.ts'

export type Law = { readonly says: string; readonly holds: (price: Pricer) => void }

const RUNS = { numRuns: 400, seed: 7, includeErrorInReport: true } as const
const of = (price: Pricer, { rules, basket, at }: Case): BasketPrice =>
  price(rules, basket, at) ?? assert.fail('what has a base price has a price')
const without = (one: Case, ...kinds: readonly PriceRule['kind'][]): Case => ({
  ...one,
  rules: one.rules.filter(({ kind }) => !kinds.includes(kind)),
})
const total = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0)
const sum = (lines: BasketPrice['lines']): number => total(lines.map(({ amountMinor }) => amountMinor))
const stepsOf = ({ lines }: BasketPrice, what: string): number =>
  sum(lines.filter((one) => one.what === what))
const always = (says: string, some: fc.Arbitrary<Case>, holds: (price: Pricer, one: Case) => void): Law => ({
  says,
  holds: (price) =>
    fc.assert(
      fc.property(some, (one) => holds(price, one)),
      RUNS,
    ),
})

/** A basket of one product, so many of it. */
const alone = ({ basket, ...one }: Case, count: number): Case => {
  const [first] = basket.items
  return { ...one, basket: { ...basket, items: first ? [{ ...first, count }] : [] } }
}

/** What a price is, whatever the rules say. */
export const laws: readonly Law[] = [
  always('is never below nought, nor is what anybody gets of it', cases(), (price, one) => {
    const { amountMinor, feeMinor, commissionBp } = of(price, one)
    assert.ok(Number.isSafeInteger(amountMinor) && amountMinor >= 0, 'below nought')
    assert.ok(feeMinor >= 0 && feeMinor <= amountMinor && commissionBp >= 0)
  }),
  always('is the sum of its lines, each of a step and none of them idle', cases(), (price, one) => {
    const { lines, amountMinor } = of(price, one)
    assert.equal(sum(lines), amountMinor, 'not the sum')
    const products = one.basket.items.map(({ product }) => product)
    for (const { what, product, amountMinor: minor } of lines) {
      assert.ok(PRICE_STEPS.includes(what) && minor !== 0)
      assert.ok(what === 'delivery' ? product === null : product !== null && products.includes(product))
    }
  }),
  always('is no higher with a promotion than without', cases(), (price, one) => {
    const [all, none] = [
      of(price, without(one, 'delivery')),
      of(price, without(one, 'delivery', 'promotion')),
    ]
    assert.ok(stepsOf(all, 'promotion') <= 0, 'a promotion raises it')
    assert.ok(all.lines.filter(({ what }) => what === 'volume').every(({ amountMinor }) => amountMinor <= 0))
    assert.ok(all.amountMinor <= none.amountMinor, 'a promotion raises it')
  }),
  always('gives the one promotion that leaves least', cases(['base', 'list', 'promotion']), (price, one) => {
    const promotions = one.rules.filter(({ kind }) => kind === 'promotion')
    const others = one.rules.filter(({ kind }) => kind !== 'promotion')
    const alike = alone(one, one.basket.items[0]?.count ?? 1)
    const each = [[], ...promotions.map((only) => [only])].map(
      (some) => of(price, { ...alike, rules: [...others, ...some] }).amountMinor,
    )
    assert.equal(of(price, alike).amountMinor, Math.min(...each), 'another promotion leaves less')
  }),
  {
    says: 'falls apiece the more is bought, and never in all',
    holds(price) {
      const mounting = fc
        .array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 3_000 })), {
          minLength: 1,
          maxLength: 3,
        })
        .map((some) =>
          some.map((_, n) => {
            const upTo = some.slice(0, n + 1)
            return {
              after: total(upTo.map(([more]) => more)),
              offBp: total(upTo.map(([, better]) => better)),
            }
          }),
        )
      const count = fc.integer({ min: 1, max: 40 })
      fc.assert(
        fc.property(cases(['base', 'list']), mounting, count, (one, steps, n) => {
          const volume = {
            kind: 'volume',
            steps,
            from: AT,
            until: null,
            product: null,
            category: null,
          } as const
          const rules = [...one.rules, volume]
          const [some, more] = [n, n + 1].map(
            (pieces) => of(price, alone({ ...one, rules }, pieces)).amountMinor,
          )
          assert.ok((more ?? 0) >= (some ?? 0), 'more costs less')
          // Rounded once, by half a unit at most, each.
          assert.ok((more ?? 0) * n <= (some ?? 0) * (n + 1) + n + 1, 'dearer apiece')
        }),
        RUNS,
      )
    },
  },
  always(
    'bears its tax on what is left to pay',
    cases(['base', 'list', 'contract', 'promotion', 'volume', 'tax']),
    (price, one) => {
      const alike = alone(one, one.basket.items[0]?.count ?? 1)
      const full = { ...without(alike, 'tax'), rules: [...without(alike, 'tax').rules, taxed(2_500)] }
      const [net, gross] = [of(price, without(alike, 'tax')).amountMinor, of(price, full)]
      assert.equal(
        stepsOf(gross, 'tax'),
        Math.floor((net * 2_500 * 2 + 10_000) / 20_000),
        'not of what is left',
      )
    },
  ),
  always('is as agreed where something is agreed, whatever else is said', cases(), (price, one) => {
    const agreed = {
      kind: 'contract',
      shop: 'sh_1',
      unitMinor: 321,
      from: AT,
      until: null,
      category: null,
    } as const
    const contracts = one.basket.items.map(({ product }) => ({ ...agreed, product }))
    const mine = { ...one, basket: { ...one.basket, shop: 'sh_1' } }
    const others = without(mine, 'contract', 'tax', 'delivery').rules
    const { amountMinor, lines } = of(price, { ...mine, rules: [...others, ...contracts] })
    const pieces = mine.basket.items.reduce((all, { count }) => all + count, 0)
    assert.equal(amountMinor, pieces * 321, 'not as agreed')
    assert.ok(lines.every(({ what }) => what === 'base' || what === 'contract'))
  }),
  {
    says: 'is the same in whatever order the rules are kept',
    holds: (price) =>
      fc.assert(
        fc.property(cases(), fc.infiniteStream(fc.nat()), (one, ranks) => {
          const shuffled = one.rules
            .map((rule) => ({ rule, rank: ranks.next().value ?? 0 }))
            .toSorted((a, b) => a.rank - b.rank)
            .map(({ rule }) => rule)
          assert.deepEqual(of(price, { ...one, rules: shuffled }), of(price, one), 'another price')
        }),
        RUNS,
      ),
  },
  always('knows no rule before its time, nor after', cases(), (price, one) => {
    const inForce = one.rules.filter(({ from, until }) => from <= AT && (until === null || AT < until))
    assert.deepEqual(of(price, one), of(price, { ...one, rules: inForce }), 'out of its time')
  }),
  always('knows nobody else’s prices', cases(), (price, one) => {
    const { segment, shop, items } = one.basket
    const own = one.rules.filter(
      (rule) =>
        !(rule.kind === 'list' && rule.segment !== segment) &&
        !(rule.kind === 'contract' && rule.shop !== shop),
    )
    const about = own.filter(
      ({ product, category }) =>
        (product === null || items.some((item) => item.product === product)) &&
        (category === null || items.some((item) => item.category === category)),
    )
    assert.deepEqual(of(price, one), of(price, { ...one, rules: about }), 'somebody else’s')
  }),
]

const taxed = (bp: number): PriceRule => ({
  ...{ kind: 'tax', bp, from: AT, until: null, product: null, category: null },
})
