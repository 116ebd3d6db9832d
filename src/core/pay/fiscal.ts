import { z } from 'zod'
import type { Instant } from '../base/clock.ts'

/** RRA's tax types: exempt, standard rate, zero rate or other, outside VAT. */
export const TAX_CLASSES = ['A', 'B', 'C', 'D'] as const
export type TaxClass = (typeof TAX_CLASSES)[number]

/** After so long without a receipt for a sale nothing more may be sold: RRA's device stops by then too. */
export const STOP_AFTER_MS = 24 * 3_600_000

const LINES_LIMIT = 50
const AMOUNT_LIMIT_MINOR = 10 ** 12

const amountMinor = z.int().nonnegative().max(AMOUNT_LIMIT_MINOR)
const taxHundredths = z.int().nonnegative()

/** A registered business that wants the receipt in its name, and the code that RRA gave it for this purchase. */
export const buyer = z.object({
  tin: z.string().regex(/^\d{9}$/),
  purchaseCode: z.string().regex(/^[A-Za-z0-9]{1,20}$/),
})
export type Buyer = z.infer<typeof buyer>

const line = z.object({
  service: z.string().min(1),
  name: z.string().min(1).max(60),
  itemCode: z.string().min(1),
  itemClass: z.string().min(1),
  taxClass: z.enum(TAX_CLASSES),
  /** Tax included, whole francs. */
  amountMinor: amountMinor.positive(),
  taxHundredths,
})

const classTotal = z.object({ rateBp: z.int().nonnegative(), amountMinor, taxHundredths })

/**
 * What the tax authority is told of one sale, or of one refund of a sale. Amounts are whole francs, tax included;
 * taxes are hundredths of a franc, which is how finely RRA rounds them. Every service stands in one line.
 */
export const fiscalReceipt = z.object({
  /** Ours: the same id is the same receipt, however often it is asked for. */
  id: z.string().min(1),
  kind: z.enum(['sale', 'refund']),
  /** The id of the sale that a refund is of. */
  of: z.string().nullable(),
  reason: z.enum(['refund', 'wrong_price', 'wrong_item', 'other']).nullable(),
  at: z.int().nonnegative(),
  currency: z.literal('RWF'),
  method: z.enum(['cash', 'credit', 'card', 'mobile_money', 'other']),
  buyer: buyer.nullable(),
  lines: z.array(line).min(1).max(LINES_LIMIT),
  /** All four, with the rates in force when it was sold: a rate is printed even where nothing was taxed by it. */
  classes: z.record(z.enum(TAX_CLASSES), classTotal),
  amountMinor: amountMinor.positive(),
  taxHundredths,
})
export type FiscalReceipt = z.infer<typeof fiscalReceipt>
export type FiscalLine = FiscalReceipt['lines'][number]
export type RefundReason = NonNullable<FiscalReceipt['reason']>

/** A receipt with its number in our own count for that device; a refund also knows its sale's. */
export type NumberedReceipt = FiscalReceipt & {
  readonly invoiceNo: number
  readonly ofInvoiceNo: number | null
}

/** What the device signed a receipt with. Without it nothing may be printed. */
export const fiscalSignature = z.object({
  /** The device's count of receipts of this kind, and of all. */
  receiptNo: z.int().positive(),
  totalNo: z.int().positive(),
  // Documented as 26 and 16 signs; of any other length it would still be the only one there is.
  internalData: z.string().regex(/^[A-Z0-9]{1,64}$/),
  signature: z.string().regex(/^[A-Z0-9]{1,64}$/),
  signedAt: z.int().nonnegative(),
  sdcId: z.string().regex(/^[A-Za-z0-9]{1,32}$/),
  mrcNo: z.string().regex(/^[A-Za-z0-9]{1,32}$/),
})
export type FiscalSignature = z.infer<typeof fiscalSignature>

/** `buyer`: the buyer's TIN or purchase code; `declared`: the tax period is closed; `data`: anything else in it. */
export type FiscalFault = 'buyer' | 'declared' | 'data'

/**
 * What a device says of one receipt. Only `signed` and `unseen` mean that it was issued; `unknown` may have been,
 * and keeps its number until a later answer tells.
 */
export type FiscalUpdate =
  | { readonly status: 'signed'; readonly signature: FiscalSignature }
  /** Issued by an earlier request of ours whose answer was lost; the device does not tell the signature twice. */
  | { readonly status: 'unseen' }
  /** The number was used before we ever sent it: somebody else writes on this device. */
  | { readonly status: 'taken' }
  /** Plainly not issued, and the same again would not be: a person must mend it. */
  | { readonly status: 'refused'; readonly fault: FiscalFault; readonly code: string }
  /** Plainly not issued; the same may be sent later. */
  | { readonly status: 'not_issued'; readonly code: string }
  | { readonly status: 'not_sent' }
  | { readonly status: 'unknown'; readonly code: string | null }

/** Signs receipts, one at a time and in the order they are handed in. No method throws. */
export interface FiscalDevice {
  /** Taxpayer and branch, `999000001-00`: whose count of invoices this is. */
  readonly id: string
  /** Hands in a receipt whose number was surely never sent. */
  issue(receipt: NumberedReceipt): Promise<FiscalUpdate>
  /** Asks after a receipt that may have been issued already, under the same number. */
  inspect(receipt: NumberedReceipt): Promise<FiscalUpdate>
}

/** How a service is taxed, and what it is called in the taxpayer's register of items. */
export type Treatment = Pick<FiscalLine, 'name' | 'itemCode' | 'itemClass' | 'taxClass'>

/** What the law says at one moment. Rates are hundredths of a percent: 1800 is 18 %. */
export type TaxLaw = {
  readonly ratesBp: Readonly<Record<TaxClass, number>>
  readonly services: ReadonlyMap<string, Treatment>
}

/** Tax classes and rates by date: a change of law is a row. */
export interface Taxes {
  /** @throws Error when a class has no rate at that moment */
  inForce(at: Instant): Promise<TaxLaw>
}

/** Receipts inside a transaction: queued with what makes the sale or the refund final, or not at all. */
export interface FiscalBook {
  /** Puts a receipt at the end of its device's queue; again with the same id it changes nothing. */
  queue(deviceId: string, receipt: FiscalReceipt, now: Instant): Promise<void>
  /** The receipt of that id, signed or not. */
  find(id: string): Promise<FiscalReceipt | null>
  /** Whether a sale's receipt is still to be queued, by its booking. */
  isAwaited(booking: string): Promise<boolean>
}

/** Where sales are receipted. */
export interface Till {
  /** The device that signs. */
  readonly device: string
  readonly taxes: Taxes
  /** Whether a receipt has waited so long that nothing more may be sold. May be a minute old. */
  mustStop(now: Instant): Promise<boolean>
}
