import type { Movement, StatementFormat } from '../../core/pay/statement.ts'
import { known, momentOf, moneyOf, rowOf, TOTAL, table, totalOf } from './table.ts'

const COLUMNS = [
  ...(['number', 'order_id', 'operation', 'card'] as const),
  ...(['amount', 'currency', 'commission', 'processed_at'] as const),
]
const MOVEMENT: Readonly<Record<string, Movement>> = { PURCHASE: 'collection', REFUND: 'refund' }

/**
 * SATIM in Algeria. What a shop's bank sends it, and takes for it, is under contract: this is the format of our
 * simulator. A purchase and what went back of it are known by SATIM's `orderId`, our handle of the payment.
 */
export const satimStatement: StatementFormat = {
  provider: 'satim',
  utcOffset: '+01:00',
  hasTotals: true,
  names: { collection: 'handle', refund: 'handle' },
  feeOf: () => null,
  read: table('satim', COLUMNS, ({ number, order_id: reference, operation, ...cells }) => {
    const { amount, commission, currency, processed_at } = cells
    const sums = { money: moneyOf(amount, currency), feeMinor: moneyOf(commission, currency)?.amountMinor }
    if (number === TOTAL) return totalOf({ day: reference, rows: operation, ...sums })
    const kind = known(MOVEMENT, operation)
    return rowOf({ kind, reference, transaction: number, ...sums, at: momentOf(processed_at) })
  }),
}
