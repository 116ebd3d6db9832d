import { share } from '../../core/base/money.ts'
import type { Movement, StatementFormat } from '../../core/pay/statement.ts'
import { known, momentOf, moneyOf, rowOf, TOTAL, table, totalOf } from './table.ts'

const COLUMNS = [
  'transaction',
  'reference',
  'type',
  'wallet',
  'amount',
  'currency',
  'fee',
  'settled_at',
] as const

const MOVEMENT: Readonly<Record<string, Movement>> = {
  COLLECTION: 'collection',
  REFUND: 'refund',
  TRANSFER: 'payout',
}

/** Receipts above RWF 4,000 cost half a per cent, smaller ones nothing. */
const FEE = { above: 4_000, basisPoints: 50 } as const

/**
 * MTN Mobile Money in Rwanda. MTN's real settlement file is under contract: this is the format of our simulator, a
 * line of names, a row a movement, and last a total for each currency. The fee is that of MoMoPay merchants
 * (newtimes.co.rw, "MTN to introduce charge on MoMo Pay merchants"); what collections over the API cost is under
 * contract too.
 */
export const mtnStatement: StatementFormat = {
  provider: 'mtn',
  utcOffset: '+02:00',
  hasTotals: true,
  names: {},
  feeOf: (kind, money) =>
    kind === 'collection' && money.currency === 'RWF' && money.amountMinor > FEE.above
      ? share(money, FEE.basisPoints, 'half_up').amountMinor
      : 0,
  read: table('mtn', COLUMNS, ({ transaction, reference, type, amount, currency, fee, settled_at }) => {
    const sums = { money: moneyOf(amount, currency), feeMinor: moneyOf(fee, currency)?.amountMinor }
    if (transaction === TOTAL) return totalOf({ day: reference, rows: type, ...sums })
    return rowOf({ kind: known(MOVEMENT, type), reference, transaction, ...sums, at: momentOf(settled_at) })
  }),
}
