import { z } from 'zod'
import type { Clock, Instant } from '../../core/base/clock.ts'
import {
  type Buyer,
  type FiscalDevice,
  type FiscalSignature,
  type FiscalUpdate,
  fiscalReceipt,
  fiscalSignature,
  type NumberedReceipt,
  STOP_AFTER_MS,
} from '../../core/pay/fiscal.ts'
import type { Signed } from '../../core/pay/receipt.ts'
import type { OutboxEntry } from '../../core/run/work.ts'
import { type Db, prepared } from './connect.ts'
import { claimHead, endHead } from './fiscal-head.ts'

export { enqueueReceipt } from './fiscal-number.ts'

/**
 * `idle`: nothing waits. `busy`: another worker speaks to the device. `blocked`: a refused receipt is at the head.
 * Otherwise what became of the head: after `signed`, `unseen` and `idle` alone it is worth asking on at once.
 */
export type Step =
  | { readonly status: 'idle' | 'busy' }
  | { readonly status: 'blocked'; readonly id: string }
  | { readonly status: FiscalUpdate['status']; readonly id: string }

export type StoredReceipt = {
  readonly receipt: NumberedReceipt
  /** `pending` is what the house calls fiscal_receipt_pending: sold, and not yet signed. */
  readonly state: 'pending' | 'signed' | 'unseen' | 'refused'
  readonly signature: FiscalSignature | null
  /** The device's number of a refund's sale, for the print. */
  readonly ofReceiptNo: number | null
  /** The device's last code, where it gave one. */
  readonly code: string | null
}

export interface FiscalQueue {
  /** Makes a device known, counting on from its last invoice number; one that is known stays as it is. */
  open(deviceId: string, lastInvoiceNo: number): Promise<void>
  /** Hands the oldest waiting receipt to its device: by one worker at a time, whoever else calls. */
  issueNext(device: FiscalDevice): Promise<Step>
  /** Whether a receipt has waited 24 hours, so that nothing more may be sold on that device. */
  mustStop(deviceId: string, now: Instant): Promise<boolean>
  find(id: string): Promise<StoredReceipt | null>
  /**
   * A person has mended what the device refused; the receipt keeps its number and goes out again.
   * @param buyer who it is for from now on; null takes a buyer away, undefined leaves it
   * @returns false when it is not refused
   */
  again(id: string, buyer?: Buyer | null): Promise<boolean>
  /** A person has found the lost signature in the device or RRA's portal. False when it is not `unseen`. */
  recover(id: string, signature: FiscalSignature): Promise<boolean>
}

/** A receipt and what the device has just signed it with. */
export type JustSigned = Pick<Signed, 'receipt' | 'signature'>

const WAITED = `
select queued_at from fiscal_receipts where device = $1 and state in ('pending', 'refused') order by invoice_no limit 1`

const FIND = `
select r.receipt, r.invoice_no, r.state, r.signature, r.code, s.invoice_no as of_invoice_no, s.signature as of_signature
from fiscal_receipts r left join fiscal_receipts s on s.id = r.sale where r.id = $1`

const foundRow = z.object({
  receipt: fiscalReceipt,
  invoice_no: z.int(),
  of_invoice_no: z.int().nullable(),
  state: z.enum(['pending', 'signed', 'unseen', 'refused']),
  signature: fiscalSignature.nullable(),
  of_signature: fiscalSignature.nullable(),
  code: z.string().nullable(),
})

const AGAIN = `
update fiscal_receipts set state = 'pending',
  receipt = case when $2::boolean then jsonb_set(receipt, '{buyer}', $3::jsonb) else receipt end
where id = $1 and state = 'refused' returning id`

const RECOVER = `
update fiscal_receipts set state = 'signed', signature = $2 where id = $1 and state = 'unseen' returning id`

/**
 * The receipts of every device, in the order they were sold.
 * @param leaseMs how long a worker may take over one receipt before another takes the device; longer than the device's time-out
 * @param newsOf what is to be done because a receipt was signed: written once, in the transaction that keeps the signature
 */
export function createFiscalQueue(
  db: Db,
  {
    clock,
    leaseMs,
    newsOf = () => null,
  }: { clock: Clock; leaseMs: number; newsOf?: (signed: JustSigned) => OutboxEntry | null },
): FiscalQueue {
  const changed = async (name: string, text: string, values: readonly unknown[]) =>
    (await prepared(db, name, text, values, (row) => row)).length > 0

  return {
    async open(deviceId, lastInvoiceNo) {
      const text = 'insert into fiscal_devices (id, last_invoice_no) values ($1, $2) on conflict do nothing'
      await changed('fiscal_open', text, [deviceId, lastInvoiceNo])
    },
    async issueNext(device) {
      const claimed = await claimHead(db, device.id, clock.now(), leaseMs)
      if (claimed.status !== 'claimed') return claimed
      const { head } = claimed
      const update = await (head.inDoubt ? device.inspect(head.receipt) : device.issue(head.receipt))
      const { receipt } = head
      const news = update.status === 'signed' ? newsOf({ receipt, signature: update.signature }) : null
      await endHead(db, head, update, clock.now(), news)
      return { status: update.status, id: receipt.id }
    },
    async mustStop(deviceId, now) {
      const [oldest] = await prepared(db, 'fiscal_waited', WAITED, [deviceId], (row) =>
        z.object({ queued_at: z.number() }).parse(row),
      )
      return oldest !== undefined && now - oldest.queued_at >= STOP_AFTER_MS
    },
    async find(id) {
      const [row] = await prepared(db, 'fiscal_find', FIND, [id], (found) => foundRow.parse(found))
      if (!row) return null
      const { state, signature, code } = row
      const receipt = { ...row.receipt, invoiceNo: row.invoice_no, ofInvoiceNo: row.of_invoice_no }
      return { receipt, state, signature, code, ofReceiptNo: row.of_signature?.receiptNo ?? null }
    },
    again: (id, buyer) =>
      changed('fiscal_again', AGAIN, [id, buyer !== undefined, JSON.stringify(buyer ?? null)]),
    recover: (id, signature) => changed('fiscal_recover', RECOVER, [id, JSON.stringify(signature)]),
  }
}
