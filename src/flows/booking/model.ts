import { z } from 'zod'
import type { Msisdn } from '../../core/base/phone.ts'
import type { Option } from '../../core/talk/prompt.ts'
import { type Carrier, carrier, money, msisdn, position, shared, wordKey } from '../effects.ts'
import { LOOK_UPS } from '../lines/field.ts'
import type { WordKey } from '../words/index.ts'

export const answer = z.object({ field: z.string(), value: z.string(), label: z.string() })
export const option: z.ZodType<Option> = z.object({
  value: z.string(),
  label: z.string(),
  detail: z.string().exactOptional(),
  synonyms: z.array(z.string()).exactOptional(),
})

/** What it costs and how that was made up; a price holds until `validUntil`, epoch ms. */
export const quote = z.object({
  price: money,
  /** The operator's part of it; a price of before there was one has none. */
  commissionMinor: z.int().nonnegative().exactOptional(),
  lines: z.array(z.object({ what: z.string(), amountMinor: z.int() })),
  metres: z.int(),
  near: position,
  validUntil: z.number(),
})

export const bookingContext = z.object({
  id: z.string(),
  owner: msisdn,
  code: z.string(),
  line: z.string(),
  journey: z.string(),
  given: z.array(answer),
  /** Answers that came before they were asked for, such as `RIDE Remera to Kacyiru`. */
  wanted: z.array(z.object({ field: z.string(), text: z.string() })),
  found: z.array(option).nullable(),
  query: z.string().nullable(),
  problem: wordKey.nullable(),
  quote: quote.nullable(),
  carrier: carrier.nullable(),
  payment: z.string().nullable(),
  /** The payment took too long: only its provider knows whether it will be paid. */
  unsure: z.boolean(),
  paid: z.boolean(),
  cash: z.boolean(),
  fault: wordKey.nullable(),
  milestone: z.string().nullable(),
  stars: z.int().nullable(),
  ended: wordKey.nullable(),
})
export type BookingContext = z.infer<typeof bookingContext>

export type BookingInput = {
  readonly id: string
  readonly owner: Msisdn
  readonly code: string
  readonly line: string
  readonly journey: string
  readonly wanted: readonly { readonly field: string; readonly text: string }[]
}

export type BookingEvent = { readonly at: number } & (
  | { readonly type: 'ANSWER'; readonly value: string }
  | { readonly type: 'BACK' }
  | { readonly type: 'CANCEL' }
  | { readonly type: 'FOUND'; readonly options: Option[]; readonly sure: boolean }
  | { readonly type: 'QUOTED'; readonly quote: z.infer<typeof quote> }
  | { readonly type: 'UNQUOTED' }
  | { readonly type: 'HELD'; readonly carrier: Carrier }
  | { readonly type: 'UNHELD'; readonly why?: WordKey }
  | { readonly type: 'LEFT' }
  | { readonly type: 'PAYING'; readonly payment: string }
  | { readonly type: 'PAID'; readonly payment: string }
  | { readonly type: 'UNPAID'; readonly payment: string | null; readonly fault: WordKey }
  | { readonly type: 'UNSURE'; readonly payment: string }
  | { readonly type: 'PASSED'; readonly milestone: string }
  /** Nobody takes it: it comes back to who sent it. */
  | { readonly type: 'RETURNING' }
  | { readonly type: 'ARRIVED' }
  | { readonly type: 'REMIND' }
  | { readonly type: 'DEADLINE' }
)

/** What a booking wants done. */
export const bookingEffects = {
  ...shared,
  /** Choices that only the world knows, for whom and after what was said; `text` is null before anything was typed. */
  lookUp: z.object({
    of: z.enum(LOOK_UPS),
    text: z.string().nullable(),
    owner: msisdn.exactOptional(),
    given: z.array(answer).default([]),
  }),
  requestQuote: z.object({ line: z.string(), given: z.array(answer) }),
  reserve: z.object({ journey: z.string() }),
  startPayment: z.object({ owner: msisdn, money, code: z.string() }),
  rate: z.object({ driver: msisdn, stars: z.int() }),
  /** The tax receipt of the sale; `payment` is null where it was paid in cash. */
  receipt: z.object({ line: z.string(), money, payment: z.string().nullable(), at: z.number() }),
} as const
