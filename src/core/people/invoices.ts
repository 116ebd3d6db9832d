import type { z } from 'zod'
import type { Msisdn } from '../base/phone.ts'
import type { Instance } from '../run/work.ts'

/** An invoice as it is read, without what only the engine needs. */
export type Invoice = Pick<Instance, 'id' | 'owner' | 'code' | 'state' | 'context'>

/** Invoices as they stand in the database now, whichever process moved them last. */
export interface Invoices {
  find(id: string): Promise<Invoice | null>
  /** Newest first, at most `limit`, older than the one named. */
  of(owner: Msisdn, before: string | null, limit: number): Promise<readonly Invoice[]>
}

/** What programs may know of invoices. */
export interface Billing {
  /** What `describe` returns. */
  readonly shape: z.ZodObject
  describe(invoice: Invoice, language: string): Readonly<Record<string, unknown>>
}

/** Whether a text can name an invoice at all. */
export const isInvoiceId = (text: string): boolean => /^iv_[0-9a-f]{32}$/.test(text)
