import { z } from 'zod'
import type { Instant } from '../../core/base/clock.ts'
import { type FiscalReceipt, fiscalReceipt } from '../../core/pay/fiscal.ts'
import { isCovered } from '../../core/pay/tax.ts'
import { type Db, prepared } from './connect.ts'

// The device's row stays locked until the transaction ends: a higher number is given only when the lower one is
// committed or was never given. What is read after it sees everything that was.
const LOCK = 'select last_invoice_no from fiscal_devices where id = $1 for update'
// The buyer may have been mended meanwhile.
const SAME = `
select device, invoice_no, receipt - 'buyer' = $2::jsonb - 'buyer' as is_same from fiscal_receipts where id = $1`
const FAMILY = 'select receipt, kind from fiscal_receipts where device = $1 and (id = $2 or sale = $2)'
const NUMBER =
  'update fiscal_devices set last_invoice_no = last_invoice_no + 1 where id = $1 returning last_invoice_no'
const ADD = `
insert into fiscal_receipts (id, device, invoice_no, kind, sale, receipt, queued_at) values ($1, $2, $3, $4, $5, $6, $7)`

const sameRow = z.object({ device: z.string(), invoice_no: z.int(), is_same: z.boolean() })
const familyRow = z.object({ receipt: fiscalReceipt, kind: z.enum(['sale', 'refund']) })
const numberRow = z.object({ last_invoice_no: z.int() })

/**
 * Puts a receipt at the end of its device's queue, within the transaction that makes the sale or the refund final:
 * both are kept, or neither. Numbers have no gaps. Again with the same id it changes nothing.
 * @param trx a transaction; it holds the device until it ends, so ask for the receipt late
 * @returns the invoice number
 * @throws Error for an unknown device, an id that stands for another receipt, a refund without its sale on the same
 * device, or of more than was sold
 */
export async function enqueueReceipt(
  trx: Db,
  deviceId: string,
  receipt: FiscalReceipt,
  now: Instant,
): Promise<number> {
  if (!trx.isTransaction) throw new Error('a fiscal number is given in a transaction')
  const said = JSON.stringify(fiscalReceipt.parse(receipt))
  const devices = await prepared(trx, 'fiscal_lock', LOCK, [deviceId], (row) => row)
  if (devices.length === 0) throw new Error(`the fiscal device ${deviceId} is not known`)
  const [same] = await prepared(trx, 'fiscal_same', SAME, [receipt.id, said], (row) => sameRow.parse(row))
  if (same) {
    if (same.is_same && same.device === deviceId) return same.invoice_no
    throw new Error(`the fiscal receipt ${receipt.id} says something else already`)
  }
  if (receipt.of !== null) await assertCovered(trx, deviceId, receipt.of, receipt)
  const [given] = await prepared(trx, 'fiscal_number', NUMBER, [deviceId], (row) => numberRow.parse(row))
  if (!given) throw new Error(`the fiscal device ${deviceId} is gone`)
  const invoiceNo = given.last_invoice_no
  const values = [receipt.id, deviceId, invoiceNo, receipt.kind, receipt.of, said, now]
  await prepared(trx, 'fiscal_add', ADD, values, (row) => row)
  return invoiceNo
}

async function assertCovered(trx: Db, deviceId: string, of: string, refund: FiscalReceipt): Promise<void> {
  const family = await prepared(trx, 'fiscal_family', FAMILY, [deviceId, of], (row) => familyRow.parse(row))
  const sale = family.find(({ kind }) => kind === 'sale')?.receipt
  if (!sale) throw new Error(`${of} has no fiscal receipt on ${deviceId}`)
  const refunds = family.filter(({ kind }) => kind === 'refund').map((row) => row.receipt)
  if (!isCovered(sale, [...refunds, refund])) throw new Error(`${of} was sold for less than is refunded`)
}
