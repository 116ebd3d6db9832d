import { z } from 'zod'
import { money, msisdn, shared, wordKey } from '../effects.ts'
import { phraseSchema, type WordKey } from '../words/index.ts'

const amountMinor = z.int().positive()

const invoiceInput = z.object({
  id: z.string(),
  /** `2026-000123`: without gaps in its year. */
  number: z.string(),
  owner: msisdn,
  /** Digits by which its customer names it: those of what was bought. */
  code: z.string(),
  /** The credit account that was charged. */
  account: z.string(),
  /** The charge it is for. */
  payment: z.string(),
  booking: z.string(),
  money,
  lines: z.array(z.object({ what: phraseSchema, amountMinor })).min(1),
  issuedAt: z.number(),
  dueAt: z.number(),
  /** The days of both, as the operator's calendar names them: `2026-12-21`. */
  issuedOn: z.string(),
  dueOn: z.string(),
})
export type InvoiceInput = z.infer<typeof invoiceInput>

export const invoiceContext = invoiceInput.extend({
  /** What is still to be paid; the currency's smallest unit. */
  openMinor: z.int().nonnegative(),
  /** What came in for it, each under its own name. */
  repaid: z.array(z.object({ reference: z.string(), amountMinor })),
  /** Payments that were begun for it, and for how much. */
  asked: z.array(z.object({ payment: z.string(), amountMinor })),
  /** The one that is under way. */
  asking: z.string().nullable(),
  unsure: z.boolean(),
  fault: wordKey.nullable(),
  /** Steps of the calendar behind it (`patience.ts`). */
  step: z.int().nonnegative(),
  /** When something last happened to it, from which its deadline is reckoned. */
  at: z.number(),
})
export type InvoiceContext = z.infer<typeof invoiceContext>

export type InvoiceEvent = { readonly at: number } /** The customer wants to pay now. */ & (
  | { readonly type: 'PAY' }
  | { readonly type: 'PAYING'; readonly payment: string; readonly amountMinor: number }
  | { readonly type: 'PAID'; readonly payment: string }
  | { readonly type: 'UNPAID'; readonly payment: string | null; readonly fault: WordKey }
  | { readonly type: 'UNSURE'; readonly payment: string }
  /** A person received it: by transfer, or in cash. */
  | { readonly type: 'REPAID'; readonly amountMinor: number; readonly by: string; readonly how: string }
  /** So much of the charge was given back. */
  | { readonly type: 'CREDITED'; readonly amountMinor: number }
  /** Nobody will pay it. */
  | { readonly type: 'WRITE_OFF'; readonly by: string; readonly why: string }
  | { readonly type: 'DEADLINE' }
)

/** What an invoice wants done. */
export const invoiceEffects = {
  ...shared,
  /** Begins a payment for what is open, by any way to pay but credit. */
  payInvoice: z.object({ owner: msisdn, money, code: z.string() }),
  /** Takes off the customer's account what came in. */
  repay: z.object({
    account: z.string(),
    reference: z.string(),
    amountMinor,
    by: z.string().nullable(),
    at: z.number(),
  }),
  stopCredit: z.object({ account: z.string() }),
} as const

/** What a charge on credit asks for once it is the customer's: its invoice. */
export const billParams = z.object({ booking: z.string() })
