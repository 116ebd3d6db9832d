import { isCounted } from '../../core/base/id.ts'
import type { Movement, StatementFormat } from '../../core/pay/statement.ts'
import { momentOf, moneyOf, rowOf, table } from './table.ts'

const COLUMNS = [
  ...(['Receipt No.', 'Completion Time', 'Initiation Time', 'Details', 'Transaction Status'] as const),
  ...(['Paid In', 'Withdrawn', 'Balance', 'Balance Confirmed', 'Reason Type', 'Other Party Info'] as const),
  ...(['Linked Transaction ID', 'A/C No.'] as const),
]
/** Short code, period and balances stand above the names of the columns. */
const MAY_PRECEDE = 12
const UTC_OFFSET = '+03:00'

/** Safaricom's charges, and what goes to our bank or between our own accounts. */
const OURS_ALONE = /charge|settlement|organization/i
const CONVERSATION = /original conversation id is ([^\s.]+)/i

/**
 * M-Pesa of a pay bill, in the style of the organisation's statement that its portal exports; what Safaricom charges is
 * under contract. A payment is known by the account it was made to, the end of our reference; a reversal by the receipt
 * it undoes; what was paid out by our own name in its details, which also tells a payout from a part given back.
 * There are no totals. Who pays out from another short code puts both days into one file.
 */
export const mpesaStatement: StatementFormat = {
  provider: 'mpesa',
  utcOffset: UTC_OFFSET,
  hasTotals: false,
  names: { collection: 'account', refund: 'receipt' },
  feeOf: () => null,
  read: table(
    'mpesa',
    COLUMNS,
    (cells) => {
      const reason = cells['Reason Type']
      const movement = movementOf(reason, cells)
      if (cells['Transaction Status'] !== 'Completed') return null
      if (!movement) return OURS_ALONE.test(reason) ? null : 'no known type'
      const sum = movement.kind === 'collection' ? cells['Paid In'] : cells.Withdrawn.replace(/^-/, '')
      return rowOf({
        ...movement,
        transaction: cells['Receipt No.'],
        money: moneyOf(sum.replaceAll(',', ''), 'KES'),
        feeMinor: 0,
        at: momentOf(cells['Completion Time'].replace(' ', 'T') + UTC_OFFSET),
      })
    },
    MAY_PRECEDE,
  ),
}

function movementOf(
  reason: string,
  cells: Readonly<Record<'Details' | 'Linked Transaction ID' | 'A/C No.', string>>,
): { readonly kind: Movement; readonly reference: string } | undefined {
  if (/^pay bill online$/i.test(reason)) return { kind: 'collection', reference: cells['A/C No.'] }
  if (/reversal/i.test(reason)) return { kind: 'refund', reference: cells['Linked Transaction ID'] }
  if (!/^business payment to customer/i.test(reason)) return undefined
  const reference = CONVERSATION.exec(cells.Details)?.[1] ?? ''
  return { kind: isCounted(reference) ? 'refund' : 'payout', reference }
}
