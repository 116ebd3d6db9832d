import type { Clock } from '../clock.ts'
import type { Route } from '../http.ts'
import type { Ledger } from '../ledger.ts'
import { tenDigits } from '../random.ts'
import { plainLine, statement as printed, type Row, totals } from '../statement.ts'
import type { Payment } from './payments.ts'

/** Kigali's, all year round. */
const utcOffsetHours = 2
const FEE = { above: 4_000, perThousand: 5 }
const HEADING = 'transaction,reference,type,wallet,amount,currency,fee,settled_at'
const TYPES: Record<Payment['kind'], string> = {
  collect: 'COLLECTION',
  refund: 'REFUND',
  transfer: 'TRANSFER',
}

/** The wallet's statement, in a format of our own: the real one is under contract. */
export const statement = (clock: Clock, ledger: Ledger<Payment>): Route[] =>
  printed(clock, {
    name: 'mtn',
    utcOffsetHours,
    rows: () => ledger.list().flatMap(rowOf),
    stranger,
    heading: () => [HEADING],
    line,
    totals: totals('RWF'),
  })

function rowOf(payment: Payment): Row[] {
  const { kind, reference, msisdn, amount, currency, status, settledAt, financialTransactionId } = payment
  if (status !== 'SUCCESSFUL' || settledAt === undefined || !financialTransactionId) return []
  const common = { reference, more: msisdn, amount, currency, at: settledAt }
  return [{ ...common, transaction: financialTransactionId, type: TYPES[kind], fee: feeOf(payment) }]
}

/** Half a per cent of receipts above RWF 4,000, as of MoMoPay merchants, to the nearest franc. */
function feeOf({ kind, amount, currency }: Payment) {
  const isCharged = kind === 'collect' && currency === 'RWF' && Number(amount) > FEE.above
  return isCharged ? Math.round((Number(amount) * FEE.perThousand) / 1000) : 0
}

const stranger = (reference: string, at: number): Row => ({
  ...{ transaction: String(tenDigits()), reference, type: TYPES.collect, more: '250788999999' },
  ...{ amount: '1150', currency: 'RWF', fee: 0, at },
})

const line = plainLine(utcOffsetHours, '+02:00')
