import type { z } from 'zod'
import type { Instance } from '../run/work.ts'

/** A payment as it is read, without what only the engine needs. */
export type Payment = Pick<Instance, 'id' | 'owner' | 'state' | 'context'>

/** Payments as they stand in the database now, whichever process moved them last. */
export interface Payments {
  find(id: string): Promise<Payment | null>
}

/** What programs may know of payments. */
export interface Till {
  /** What `describe` returns. */
  readonly shape: z.ZodObject
  describe(payment: Payment, language: string): Readonly<Record<string, unknown>>
}

/** Whether a text can name a payment at all. */
export const isPaymentId = (text: string): boolean => /^py_[0-9a-f]{32}$/.test(text)
