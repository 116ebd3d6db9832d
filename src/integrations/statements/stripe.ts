import type { Movement, StatementFormat } from '../../core/pay/statement.ts'
import { known, momentOf, moneyOf, rowOf, table } from './table.ts'

const COLUMNS = [
  ...(['balance_transaction_id', 'created_utc', 'currency', 'gross', 'fee', 'net'] as const),
  ...([
    'reporting_category',
    'source_id',
    'payment_metadata[reference]',
    'refund_metadata[reference]',
  ] as const),
]
const MOVEMENT: Readonly<Record<string, Movement>> = { charge: 'collection', refund: 'refund' }

/** Stripe's own business with us; whatever else is neither of these nor a movement a person should see. */
const OURS_ALONE = new Set(['fee', 'network_cost', 'payout', 'payout_reversal', 'tax', 'topup'])

/**
 * Stripe's itemized report of what changed the balance (docs.stripe.com/reports/report-types/balance,
 * `balance_change_from_activity.itemized`), run for one day in UTC with these columns. Amounts are in whole units, what
 * went out below nought, and in the currency that the account settles in: it must be the one that was charged. The
 * report has no totals. What Stripe takes depends on the card, so no fee is held against it.
 */
export const stripeStatement: StatementFormat = {
  provider: 'stripe',
  utcOffset: '+00:00',
  hasTotals: false,
  names: {},
  feeOf: () => null,
  read: table('stripe', COLUMNS, (cells) => {
    const { balance_transaction_id: transaction, created_utc, gross, fee, reporting_category } = cells
    if (OURS_ALONE.has(reporting_category)) return null
    const kind = known(MOVEMENT, reporting_category)
    const isRefund = kind === 'refund'
    const currency = cells.currency.toUpperCase()
    return rowOf({
      ...{ kind, transaction },
      reference: cells[isRefund ? 'refund_metadata[reference]' : 'payment_metadata[reference]'],
      money: moneyOf(isRefund ? gross.replace(/^-/, '') : gross, currency),
      feeMinor: moneyOf(fee, currency)?.amountMinor,
      at: momentOf(`${created_utc.replace(' ', 'T')}Z`),
    })
  }),
}
