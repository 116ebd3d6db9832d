import { z } from 'zod'

const bp = z.int().min(0).max(10_000)
const minor = z.int().nonnegative()

/** What a rule says, by its kind. Amounts are the currency's smallest unit, `bp` hundredths of a percent. */
const said = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('base'), unitMinor: minor }),
  /** Instead of the base price, to a segment of shops. */
  z.object({ kind: z.literal('list'), segment: z.string(), unitMinor: minor }),
  /** As agreed with one shop. */
  z.object({ kind: z.literal('contract'), shop: z.string(), unitMinor: minor }),
  z.object({
    kind: z.literal('promotion'),
    name: z.string(),
    gives: z.union([
      z.object({ offBp: bp }),
      /** Of so many and the free ones that follow only the first are paid. */
      z.object({ buy: z.int().positive(), free: z.int().positive() }),
    ]),
  }),
  /** What is off each piece after so many. */
  z.object({ kind: z.literal('volume'), steps: z.array(z.object({ after: minor, offBp: bp })).min(1) }),
  z.object({ kind: z.literal('tax'), bp }),
  /** What is paid to whoever brings it; from so much in goods on the seller pays it. */
  z.object({ kind: z.literal('delivery'), feeMinor: minor, freeFromMinor: minor.nullable() }),
  z.object({ kind: z.literal('commission'), bp }),
])

/** A rule from a moment on, and before another; about a product, a category, or everything. */
export const priceRule = z.intersection(
  said,
  z.object({
    from: z.int(),
    until: z.int().nullable(),
    product: z.int().nullable(),
    category: z.string().nullable(),
  }),
)
export type PriceRule = z.infer<typeof priceRule>
export type RuleOf<K extends PriceRule['kind']> = Extract<PriceRule, { readonly kind: K }>
