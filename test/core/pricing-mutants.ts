import type { PriceRule } from '../../src/core/sell/price-rules.ts'
import { type BasketPrice, basketPrice } from '../../src/core/sell/pricing.ts'
import type { Pricer } from './pricing-rules.ts'

type Mutant = { readonly does: string; readonly price: Pricer; readonly says: RegExp }

/** Prices by rules that are not those it was given. */
const deaf =
  (change: (rules: readonly PriceRule[], basket: Parameters<Pricer>[1]) => readonly PriceRule[]): Pricer =>
  (rules, basket, at) =>
    basketPrice(change(rules, basket), basket, at)

/** Tells another price than it found. */
const retold =
  (change: (price: BasketPrice, basket: Parameters<Pricer>[1]) => BasketPrice): Pricer =>
  (rules, basket, at) => {
    const price = basketPrice(rules, basket, at)
    return price && change(price, basket)
  }

const sumOf = (lines: BasketPrice['lines']): number =>
  lines.reduce((all, { amountMinor }) => all + amountMinor, 0)
const summed = (price: BasketPrice, lines: BasketPrice['lines']): BasketPrice => ({
  ...price,
  lines,
  amountMinor: sumOf(lines),
})

export const mutants: readonly Mutant[] = [
  {
    does: 'takes more off than there is',
    price: retold((price) =>
      summed(
        price,
        price.lines.map((line) =>
          line.what === 'promotion' || line.what === 'volume'
            ? { ...line, amountMinor: line.amountMinor * 3 }
            : line,
        ),
      ),
    ),
    says: /below nought/,
  },
  {
    does: 'forgets the delivery in what it asks',
    price: retold((price) => ({
      ...price,
      amountMinor: sumOf(price.lines.filter(({ what }) => what !== 'delivery')),
    })),
    says: /below nought|not the sum|feeMinor/,
  },
  {
    does: 'adds what a promotion takes off',
    price: retold((price) =>
      summed(
        price,
        price.lines.map((line) =>
          line.what === 'promotion' ? { ...line, amountMinor: -line.amountMinor } : line,
        ),
      ),
    ),
    says: /a promotion raises it/,
  },
  {
    does: 'gives the promotion that it comes upon first',
    price: deaf((rules) => {
      const first = rules.find(({ kind }) => kind === 'promotion')
      return rules.filter((rule) => rule.kind !== 'promotion' || rule === first)
    }),
    says: /another promotion leaves less/,
  },
  {
    does: 'gives the volume discount on every piece once there are enough',
    price: deaf((rules, { items }) =>
      rules.map((rule) => {
        if (rule.kind !== 'volume') return rule
        const count = Math.max(...items.map((item) => item.count))
        const offBp = rule.steps.filter(({ after }) => count > after).at(-1)?.offBp ?? 0
        return { ...rule, steps: [{ after: 0, offBp }] }
      }),
    ),
    says: /more costs less/,
  },
  {
    does: 'takes the volume discount off the first pieces alone',
    price: deaf((rules) =>
      rules.map((rule) => {
        if (rule.kind !== 'volume') return rule
        const rest = rule.steps.map(({ after }) => ({ after, offBp: 0 }))
        return { ...rule, steps: [{ after: 0, offBp: 5_000 }, ...rest] }
      }),
    ),
    says: /dearer apiece/,
  },
  {
    does: 'taxes the price before its discounts',
    price: (rules, basket, at) => {
      const plain = rules.filter(({ kind }) => kind !== 'promotion' && kind !== 'volume')
      const [real, full] = [basketPrice(rules, basket, at), basketPrice(plain, basket, at)]
      if (!real || !full) return null
      const taxes = full.lines.filter(({ what }) => what === 'tax')
      return summed(real, [...real.lines.filter(({ what }) => what !== 'tax'), ...taxes])
    },
    says: /not of what is left/,
  },
  {
    does: 'lets a price list go before a contract',
    price: deaf((rules, { segment }) => {
      const isListed = rules.some((rule) => rule.kind === 'list' && rule.segment === segment)
      return rules.filter(({ kind }) => !isListed || kind !== 'contract')
    }),
    says: /not as agreed/,
  },
  {
    does: 'gives a promotion on what is agreed',
    price: deaf((rules, { shop }) =>
      rules.map((rule) =>
        rule.kind === 'contract' && rule.shop === shop
          ? {
              kind: 'base',
              unitMinor: rule.unitMinor,
              from: rule.from,
              until: rule.until,
              product: rule.product,
              category: rule.category,
            }
          : rule,
      ),
    ),
    says: /not as agreed/,
  },
  {
    does: 'takes the rule that stands first',
    price: deaf((rules) =>
      rules.filter((rule, n) => rules.findIndex(({ kind }) => kind === rule.kind) === n),
    ),
    says: /another price|no price|has a price|leaves less|out of its time/,
  },
  {
    does: 'knows rules before their time',
    price: deaf((rules) => rules.map((rule) => ({ ...rule, from: 0 }))),
    says: /out of its time/,
  },
  {
    does: 'knows rules after their time',
    price: deaf((rules) => rules.map((rule) => ({ ...rule, until: null }))),
    says: /out of its time/,
  },
  {
    does: 'sells at the price list of another segment',
    price: deaf((rules, { segment }) =>
      rules.map((rule) => (rule.kind === 'list' && segment ? { ...rule, segment } : rule)),
    ),
    says: /somebody else’s/,
  },
]
