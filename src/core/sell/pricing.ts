import type { Instant } from '../base/clock.ts'
import type { PriceRule, RuleOf } from './price-rules.ts'
import { byFee, byPart, byUnit, isAbout, isAboutAll, isInForce, newest } from './rule-choice.ts'

/** So many of a product, and who buys, as price lists and contracts name them. */
export type Priced = { readonly product: number; readonly category: string; readonly count: number }
export type Buyer = { readonly segment: string | null; readonly shop: string | null }

export const PRICE_STEPS = ['base', 'list', 'contract', 'promotion', 'volume', 'tax', 'delivery'] as const
/** One step of a price; `product` is null where it is about all of them. */
export type PriceLine = {
  readonly what: (typeof PRICE_STEPS)[number]
  readonly product: number | null
  readonly amountMinor: number
}
export type BasketPrice = {
  readonly lines: readonly PriceLine[]
  readonly amountMinor: number
  /** What whoever brings it gets, also where the buyer pays nothing for it. */
  readonly feeMinor: number
  /** The operator's part of what the seller gets; hundredths of a percent. */
  readonly commissionBp: number
}

/**
 * What a basket costs at a moment, line by line; the lines sum to the amount. Of each product, in this order:
 * 1. the base price;
 * 2. instead of it the buyer's contract, or else the price list of their segment;
 * 3. the one promotion that is best for the buyer, and 4. the volume discount on what is left; neither under a contract;
 * 5. tax on what that comes to.
 * At last delivery, which is free from so much in goods on. More of a product never costs less, but for delivery.
 * @returns null when something has no price
 */
export function basketPrice(
  rules: readonly PriceRule[],
  { items, ...buyer }: Buyer & { readonly items: readonly Priced[] },
  at: Instant,
): BasketPrice | null {
  const inForce = rules.filter((rule) => isInForce(rule, at))
  const goods = items.map((item) => goodsLines(inForce, item, buyer))
  if (!goods.every((lines) => lines !== null)) return null
  const forAll = inForce.filter(isAboutAll)
  const { feeMinor = 0, freeFromMinor = null } = newest(forAll, 'delivery', byFee) ?? {}
  const isFree = freeFromMinor !== null && sum(goods.flat()) >= freeFromMinor
  const lines = [...goods.flat(), line('delivery', null, isFree ? 0 : feeMinor)]
  return {
    lines: lines.filter(({ amountMinor }) => amountMinor !== 0),
    amountMinor: sum(lines),
    feeMinor: Math.min(feeMinor, sum(lines)),
    commissionBp: newest(forAll, 'commission', byPart)?.bp ?? 0,
  }
}

function goodsLines(rules: readonly PriceRule[], item: Priced, buyer: Buyer): PriceLine[] | null {
  const { product, count } = item
  const own = rules.filter((rule) => isAbout(rule, item))
  const base = newest(own, 'base', byUnit)
  if (!base) return null
  const contract = newest(own, 'contract', byUnit, ({ shop }) => shop === buyer.shop)
  const list = newest(own, 'list', byUnit, ({ segment }) => segment === buyer.segment)
  const { unitMinor } = contract ?? list ?? base
  const best = contract ? [plain(count)] : bestOf(own, unitMinor, count)
  const comesToLeast = (terms: Terms): number => {
    const costs = ({ steps }: RuleOf<'volume'>) => comesTo(terms, unitMinor, steps)
    const volume = contract ? undefined : newest(own, 'volume', (rule) => [costs(rule)])
    return volume ? costs(volume) : comesTo(terms, unitMinor)
  }
  const promoted = Math.min(...best.map((terms) => comesTo(terms, unitMinor)))
  const left = Math.min(...best.map(comesToLeast))
  const taxBp = newest(own, 'tax', byPart)?.bp ?? 0
  return [
    line('base', product, base.unitMinor * count),
    line(contract ? 'contract' : 'list', product, (unitMinor - base.unitMinor) * count),
    line('promotion', product, promoted - unitMinor * count),
    line('volume', product, left - promoted),
    line('tax', product, quotient(BigInt(left) * BigInt(taxBp), ALL_BP)),
  ]
}

const line = (what: PriceLine['what'], product: number | null, amountMinor: number): PriceLine => ({
  what,
  product,
  amountMinor,
})
const sum = (lines: readonly PriceLine[]): number =>
  lines.reduce((total, { amountMinor }) => total + amountMinor, 0)

/** How many pieces are paid for, and at what part of their price. */
type Terms = { readonly paid: number; readonly partBp: number }
const plain = (count: number): Terms => ({ paid: count, partBp: 10_000 })

/** The terms of the promotions that leave least to pay; plain ones where none leaves less. */
function bestOf(rules: readonly PriceRule[], unitMinor: number, count: number): Terms[] {
  const offered = rules
    .filter((rule) => rule.kind === 'promotion')
    .map(({ gives }) => termsOf(gives, count))
    .concat(plain(count))
  const least = Math.min(...offered.map((terms) => comesTo(terms, unitMinor)))
  return offered.filter((terms) => comesTo(terms, unitMinor) === least)
}

function termsOf(gives: RuleOf<'promotion'>['gives'], count: number): Terms {
  if ('offBp' in gives) return { paid: count, partBp: 10_000 - gives.offBp }
  const { buy, free } = gives
  const rounds = Math.floor(count / (buy + free))
  return { paid: rounds * buy + Math.min(buy, count - rounds * (buy + free)), partBp: 10_000 }
}

const ALL_BP = 10_000n

/** What pieces come to on those terms; after a step's number each is so much cheaper. Rounded once, half up. */
function comesTo({ paid, partBp }: Terms, unitMinor: number, steps: RuleOf<'volume'>['steps'] = []): number {
  const ordered = steps.toSorted((a, b) => a.after - b.after)
  const offBp = ordered.reduce(
    (total, { after, offBp }, n) =>
      total + Math.max(0, paid - after) * (offBp - (ordered[n - 1]?.offBp ?? 0)),
    0,
  )
  const exact = BigInt(unitMinor) * BigInt(partBp) * (BigInt(paid) * ALL_BP - BigInt(offBp))
  return quotient(exact, ALL_BP * ALL_BP)
}

/** Half up; of nothing below nought. */
const quotient = (of: bigint, by: bigint): number => Number((2n * of + by) / (2n * by))
