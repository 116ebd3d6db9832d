import { z } from 'zod'
import { isCurrency } from '../../core/base/money.ts'
import type { Filed } from '../../core/pay/statement.ts'
import { type Db, prepared } from './connect.ts'

const row = z.object({
  transaction: z.string(),
  amount_minor: z.coerce.number(),
  currency: z.string().refine(isCurrency),
})

/** Looks into the statements that were kept. */
export const createFiled =
  (db: Db): Filed =>
  async (provider, kind, name) => {
    const text = `select transaction, amount_minor, currency from current_statement_rows
      where provider = $1 and kind = $2 and reference = $3 order by day, line limit 1`
    const [found] = await prepared(db, 'filed', text, [provider, kind, name], (one) => row.parse(one))
    if (!found) return undefined
    const { transaction, amount_minor: amountMinor, currency } = found
    return { transaction, money: { amountMinor, currency } }
  }
