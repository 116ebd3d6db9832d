import type { Clock } from '../clock.ts'
import type { Route } from '../http.ts'
import type { Ledger } from '../ledger.ts'
import { hex } from '../random.ts'
import { localTime, statement as printed, type Row } from '../statement.ts'
import type { Refund } from './refunds.ts'
import type { Payment } from './sessions.ts'

/** Reports are in UTC unless one asks for more. */
const utcOffsetHours = 0
const HEADING =
  'balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,source_id,' +
  'payment_metadata[reference],refund_metadata[reference]'
/** Of the currencies with nothing below the unit, those that our gateway takes (docs.stripe.com/currencies). */
const WHOLE = ['rwf', 'ugx', 'bif', 'xaf', 'xof']

/** The itemized report of what changed the balance, with the columns that a gateway asks for. */
export const statement = (clock: Clock, ledger: Ledger<Payment | Refund>): Route[] =>
  printed(clock, {
    name: 'stripe',
    utcOffsetHours,
    rows: () => ledger.list().flatMap(rowOf),
    stranger: (reference, at) => ({
      ...{ transaction: `txn_${hex(12)}`, reference, type: 'charge', more: `py_${hex(12)}` },
      ...{ amount: '1150', currency: 'RWF', fee: 0, at },
    }),
    heading: () => [HEADING],
    line,
  })

function rowOf(entry: Payment | Refund): Row[] {
  const of = (type: string, name: string, minor: number, at: number): Row[] => {
    const amount = WHOLE.includes(entry.currency) ? String(minor) : (minor / 100).toFixed(2)
    const money = { amount, currency: entry.currency.toUpperCase(), fee: 0 }
    return [
      { transaction: `txn_${name.slice(3)}`, reference: entry.reference, type, more: name, ...money, at },
    ]
  }
  if (entry.kind === 'refund')
    return entry.status === 'succeeded' ? of('refund', entry.id, entry.amount, entry.at) : []
  const { status, paymentIntent, received, settledAt } = entry
  if (status !== 'paid' || !paymentIntent || received === undefined || settledAt === undefined) return []
  return of('charge', paymentIntent, received, settledAt)
}

function line({ transaction, reference, type, more, amount, currency, fee, at }: Row): string {
  const isRefund = type === 'refund'
  const gross = isRefund ? `-${amount}` : amount
  const created = localTime(at, { utcOffsetHours }).replace('T', ' ').slice(0, -4)
  const names = isRefund ? ['', reference] : [reference, '']
  return [
    ...[transaction, created, currency.toLowerCase(), gross, fee, Number(gross) - fee, type, more],
    ...names,
  ].join()
}
