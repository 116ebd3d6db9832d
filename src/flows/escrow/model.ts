import { z } from 'zod'
import { isAccount } from '../../core/pay/accounts.ts'
import { money, msisdn, shared } from '../effects.ts'

const DAY_MS = 24 * 3_600_000
/** Longer than any load travels, and than anybody should wait to complain. */
const wait = z
  .int()
  .positive()
  .max(90 * DAY_MS)

const escrowInput = z.object({
  id: z.string(),
  /** What is carried, and the payment that holds its price. */
  booking: z.string(),
  payment: z.string(),
  /** Who paid. */
  owner: msisdn,
  code: z.string(),
  /** Who gets it when all is done. */
  payee: z.object({ account: z.string().refine(isAccount), phone: msisdn, name: z.string() }),
  money,
  /** The operator's part, of all of it. */
  commissionMinor: z.int().nonnegative(),
  /** Nothing delivered for so long: a person must look. */
  deliverWithinMs: wait,
  /** So long the payer may object to a delivery that was only said. */
  objectWithinMs: wait,
})
export type EscrowInput = z.infer<typeof escrowInput>

export const escrowContext = escrowInput.extend({
  /** What the payer says is wrong; null when it only took too long. */
  why: z.string().nullable(),
  /** How much of it a person gave to the payee. */
  ruling: z.object({ payeeMinor: z.int().nonnegative(), by: z.string(), why: z.string() }).nullable(),
})
export type EscrowContext = z.infer<typeof escrowContext>

export type EscrowEvent = { readonly at: number } /** Delivered against proof. */ & (
  | { readonly type: 'PROVEN' }
  /** The payee says that it is delivered. */
  | { readonly type: 'CLAIMED' }
  /** The payer says so. */
  | { readonly type: 'CONFIRM' }
  | { readonly type: 'DISPUTE'; readonly why: string }
  /** The service will not be given. */
  | { readonly type: 'RETURN' }
  /** A person decides: so much to the payee, the rest back to the payer. */
  | { readonly type: 'RULE'; readonly payeeMinor: number; readonly by: string; readonly why: string }
  | { readonly type: 'DEADLINE' }
)

/** What an escrow wants done. */
export const escrowEffects = { ...shared } as const
