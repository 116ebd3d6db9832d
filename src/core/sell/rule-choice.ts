import type { Instant } from '../base/clock.ts'
import type { PriceRule, RuleOf } from './price-rules.ts'

type Goods = { readonly product: number; readonly category: string }

/** From its first moment on, and before its last. */
export const isInForce = ({ from, until }: PriceRule, at: Instant): boolean =>
  from <= at && (until === null || at < until)

/** Whether it may touch the price of that product. */
export const isAbout = (rule: PriceRule, { product, category }: Goods): boolean =>
  (rule.product === null || rule.product === product) &&
  (rule.category === null || rule.category === category)

/** Whether it is about a basket, and not about something in it. */
export const isAboutAll = ({ product, category }: PriceRule): boolean => product === null && category === null

/** A rule about a product counts before one about its category, and that before one about everything. */
const width = ({ product, category }: PriceRule): number => (product !== null ? 0 : category !== null ? 1 : 2)

/** What decides between rules that began at once, the first number first. */
export type Costs<K extends PriceRule['kind']> = (rule: RuleOf<K>) => readonly number[]
export const byUnit = ({ unitMinor }: { readonly unitMinor: number }) => [unitMinor]
export const byPart = ({ bp }: { readonly bp: number }) => [bp]
export const byFee: Costs<'delivery'> = ({ feeMinor, freeFromMinor }) => [
  feeMinor,
  freeFromMinor ?? Number.POSITIVE_INFINITY,
]

/**
 * Of several rules of a kind the narrowest counts, of these the one that began last, and of these the one that costs
 * the buyer least: in whatever order they are kept, the same one.
 */
export function newest<K extends PriceRule['kind']>(
  rules: readonly PriceRule[],
  kind: K,
  costs: Costs<K>,
  fits: (rule: RuleOf<K>) => boolean = () => true,
): RuleOf<K> | undefined {
  const isOf = (rule: PriceRule): rule is RuleOf<K> => rule.kind === kind
  const inOrder = (a: readonly number[], b: readonly number[]): number => {
    const n = a.findIndex((cost, at) => cost !== b[at])
    return n < 0 ? 0 : Math.sign((a[n] ?? 0) - (b[n] ?? 0))
  }
  return rules
    .filter(isOf)
    .filter(fits)
    .toSorted((a, b) => width(a) - width(b) || b.from - a.from || inOrder(costs(a), costs(b)))[0]
}
