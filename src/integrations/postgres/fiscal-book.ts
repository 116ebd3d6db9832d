import { z } from 'zod'
import { type FiscalBook, fiscalReceipt } from '../../core/pay/fiscal.ts'
import { type Db, prepared } from './connect.ts'
import { enqueueReceipt } from './fiscal-number.ts'

/** Tax receipts inside a transaction. */
export type FiscalTx = { readonly receipts: FiscalBook }

const FOUND = 'select receipt from fiscal_receipts where id = $1'
// An entry that was put aside counts too: until a person has looked, the sale has no receipt but should have.
const AWAITED = `select id from outbox where about = $1 and type = 'receipt' limit 1`

const foundRow = z.object({ receipt: fiscalReceipt })

export const createFiscalBook = (trx: Db): FiscalBook => ({
  async queue(deviceId, receipt, now) {
    await enqueueReceipt(trx, deviceId, receipt, now)
  },
  async find(id) {
    const [found] = await prepared(trx, 'fiscal_found', FOUND, [id], (row) => foundRow.parse(row))
    return found?.receipt ?? null
  },
  isAwaited: async (booking) =>
    (await prepared(trx, 'fiscal_awaited', AWAITED, [booking], (row) => row)).length > 0,
})
