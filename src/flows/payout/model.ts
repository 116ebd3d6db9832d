import { z } from 'zod'
import { isAccount } from '../../core/pay/accounts.ts'
import type { Wait } from '../../core/pay/clearance.ts'
import type { PaymentUpdate } from '../../core/pay/provider.ts'
import { money, msisdn, shared, wordKey } from '../effects.ts'
import { movement } from '../payment/model.ts'

const payoutInput = z.object({
  id: z.string(),
  /** Whose money it is, and who gets it. */
  account: z.string().refine(isAccount),
  owner: msisdn,
  provider: z.string(),
  /** Ours, the same for every attempt: under another name it would be a second payout. */
  reference: z.string(),
  money,
  /** What it settles: `2026-W47`. */
  period: z.string(),
  startedAt: z.number(),
})
export type PayoutInput = z.infer<typeof payoutInput>

export const payoutContext = payoutInput.extend({
  /** The provider's own name for it, where it has one. */
  handle: z.string().nullable(),
  /** Whether a request may ever have reached the provider. */
  sent: z.boolean(),
  polls: z.int(),
  /** Times in a row that the provider did not know the reference. */
  absent: z.int(),
  transaction: z.string().nullable(),
  fault: wordKey.nullable(),
  /** How often it had to wait before it was sent, and for how long now; null where nobody knows. */
  holds: z.int(),
  heldForMs: z.number().nullable(),
  /** Who let it go all the same. */
  clearedBy: z.string().nullable(),
})
export type PayoutContext = z.infer<typeof payoutContext>

export type PayoutEvent = { readonly at: number } & (
  | { readonly type: 'UPDATE'; readonly update: PaymentUpdate }
  | { readonly type: 'HINT'; readonly reference?: string; readonly handle?: string | undefined }
  /** A person asked the provider whether it went, by telephone. */
  | { readonly type: 'RULED'; readonly wasPaid: boolean; readonly by: string }
  /** Whoever gets it may not be who they seem. */
  | { readonly type: 'HELD'; readonly why: Wait['why']; readonly forMs: number | null }
  | { readonly type: 'APPROVE'; readonly by: string }
  | { readonly type: 'DEADLINE' }
)

const order = movement.extend({ payee: msisdn })

/** What a payout wants done. */
export const payoutEffects = {
  ...shared,
  /** Without an account where it was ordered before anything was held. */
  payOut: order.extend({
    account: z.string().exactOptional(),
    clearedBy: z.string().nullable().exactOptional(),
  }),
  inspectPayout: order,
} as const
