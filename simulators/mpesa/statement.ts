import type { Clock } from '../clock.ts'
import type { Route } from '../http.ts'
import type { Ledger } from '../ledger.ts'
import { hex } from '../random.ts'
import { localTime, statement as printed, type Row } from '../statement.ts'
import { SHORT_CODE } from './access.ts'
import type { Movement } from './movements.ts'

/** East Africa Time, all year round. */
const utcOffsetHours = 3
const COLUMNS = [
  ...['Receipt No.', 'Completion Time', 'Initiation Time', 'Details', 'Transaction Status', 'Paid In'],
  ...['Withdrawn', 'Balance', 'Balance Confirmed', 'Reason Type', 'Other Party Info'],
  ...['Linked Transaction ID', 'A/C No.'],
]
const REASONS: Record<Movement['kind'], string> = {
  push: 'Pay Bill Online',
  b2c: 'Business Payment to Customer via API',
  reversal: 'Pay Bill Reversal',
}

/** A statement of the organisation, as its portal exports one; both short codes in one, and no balances. */
export const statement = (clock: Clock, ledger: Ledger<Movement>): Route[] =>
  printed(clock, {
    name: 'mpesa',
    utcOffsetHours,
    rows: () => ledger.list().flatMap(rowOf),
    stranger: (reference, at) => ({
      ...{ transaction: hex(5).toUpperCase(), reference, type: REASONS.push, more: '254708999999' },
      ...{ amount: '1150', currency: 'KES', fee: 0, at },
    }),
    heading: (day) => [
      `Short Code:,${SHORT_CODE}`,
      `Time Period:,From ${day} 00:00:00 To ${day} 23:59:59`,
      COLUMNS.join(),
    ],
    line,
  })

function rowOf({
  kind,
  reference,
  msisdn,
  amount,
  currency,
  status,
  settledAt,
  receipt,
  of,
}: Movement): Row[] {
  if (status !== 'SUCCESSFUL' || settledAt === undefined || !receipt) return []
  return [
    {
      ...{ transaction: receipt, reference: of ?? reference, type: REASONS[kind], more: msisdn },
      ...{ amount: String(amount), currency, fee: 0, at: settledAt },
    },
  ]
}

/** A payment is known by the account it was made to, a reversal by the receipt it undoes, a payout by our own name. */
function line({ transaction, reference, type, more, amount, at }: Row): string {
  const time = localTime(at, { utcOffsetHours }).replace('T', ' ').slice(0, -4)
  const sum = `"${Number(amount).toLocaleString('en', { minimumFractionDigits: 2 })}"`
  const isIn = type === REASONS.push
  const conversation = type === REASONS.b2c ? `. Original conversation ID is ${reference}.` : ''
  return [
    ...[transaction, time, time, `${type} ${more}${conversation}`, 'Completed'],
    ...(isIn ? [sum, ''] : ['', sum.replace('"', '"-')]),
    ...['', 'true', type, more, type === REASONS.reversal ? reference : '', isIn ? reference : ''],
  ].join()
}
