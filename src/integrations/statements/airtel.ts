import { isCounted } from '../../core/base/id.ts'
import type { Movement, StatementFormat } from '../../core/pay/statement.ts'
import { known, momentOf, moneyOf, rowOf, TOTAL, table, totalOf } from './table.ts'

const COLUMNS = [
  ...(['airtel_money_id', 'external_id', 'type', 'msisdn'] as const),
  ...(['amount', 'currency', 'charge', 'completed_at'] as const),
]
const MOVEMENT: Readonly<Record<string, Movement>> = {
  PAYMENT: 'collection',
  REFUND: 'refund',
  DISBURSEMENT: 'payout',
}

/**
 * Airtel Money in Rwanda. Airtel's real settlement file and its charges are under contract: this is the format of our
 * simulator. What goes back whole has no name but Airtel's own; a part of a payment goes back as a disbursement, which
 * its reference tells from a payout.
 */
export const airtelStatement: StatementFormat = {
  provider: 'airtel',
  utcOffset: '+02:00',
  hasTotals: true,
  names: { refund: 'refundHandle' },
  feeOf: () => null,
  read: table('airtel', COLUMNS, ({ airtel_money_id: number, external_id: ours, type, ...cells }) => {
    const { amount, charge, currency, completed_at } = cells
    const sums = { money: moneyOf(amount, currency), feeMinor: moneyOf(charge, currency)?.amountMinor }
    if (number === TOTAL) return totalOf({ day: ours, rows: type, ...sums })
    const isPart = type === 'DISBURSEMENT' && isCounted(ours)
    const kind = isPart ? 'refund' : known(MOVEMENT, type)
    const reference = type === 'REFUND' ? number : ours
    return rowOf({ kind, reference, transaction: number, ...sums, at: momentOf(completed_at) })
  }),
}
