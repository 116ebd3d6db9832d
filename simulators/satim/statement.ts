import type { Clock } from '../clock.ts'
import type { Route } from '../http.ts'
import type { Ledger } from '../ledger.ts'
import { hex } from '../random.ts'
import { plainLine, statement as printed, type Row, totals } from '../statement.ts'
import type { Order, Returned } from './orders.ts'

/** Algeria's, all year round. */
const utcOffsetHours = 1
const HEADING = 'number,order_id,operation,card,amount,currency,commission,processed_at'

/** What the shop's bank would settle, in a format of our own: the real one is under contract. */
export const statement = (clock: Clock, ledger: Ledger<Order | Returned>): Route[] =>
  printed(clock, {
    name: 'satim',
    utcOffsetHours,
    rows: () => ledger.list().flatMap(rowOf),
    stranger: (reference, at) => ({
      ...{ transaction: hex(5).toUpperCase(), reference, type: 'PURCHASE', more: '6280****7215' },
      ...{ amount: '1150.00', currency: 'DZD', fee: 0, at },
    }),
    heading: () => [HEADING],
    line,
    totals: totals('DZD'),
  })

const dinars = (centimes: number) => (centimes / 100).toFixed(2)

/** What was paid counts once the shop has acknowledged it; until then it may be taken back. */
function rowOf(entry: Order | Returned): Row[] {
  const common = { currency: 'DZD', fee: 0 }
  if (entry.kind === 'refund') {
    const { refundId: transaction, of: reference, at } = entry
    return [{ ...common, transaction, reference, type: 'REFUND', more: '', amount: dinars(entry.amount), at }]
  }
  const { id: reference, reference: transaction, acknowledged, paid, pan: more = '' } = entry
  if (!acknowledged || !paid) return []
  const amount = dinars(paid.amount)
  return [{ ...common, transaction, reference, type: 'PURCHASE', more, amount, at: paid.at }]
}

const line = plainLine(utcOffsetHours, '+01:00')
