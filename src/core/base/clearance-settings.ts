import { z } from 'zod'
import { list } from './list.ts'

/** What is made sure of before money leaves. */
export const clearanceSettings = (address: z.ZodType<string>) => ({
  /** Who knows when a SIM card was changed; while it is off nobody is asked, and no payout waits. */
  SIM_SWAPS: z.enum(['off', 'africastalking']).default('off'),
  /** How the numbers begin whose networks tell. Of these an answer is demanded: without one their payouts wait. */
  SIM_SWAP_NUMBERS: list.pipe(z.array(z.string().regex(/^\+\d{0,14}$/)).min(1)).default(['+']),
  /** Left out: the provider's own; the simulators' in development. */
  AT_INSIGHTS_URL: address.optional(),
})
