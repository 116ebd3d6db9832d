import type { Clock } from '../clock.ts'
import type { Route } from '../http.ts'
import type { Ledger } from '../ledger.ts'
import { tenDigits } from '../random.ts'
import { localTime, statement as printed, type Row, totals } from '../statement.ts'
import type { Movement } from './movements.ts'

/** Kigali's, all year round. */
const utcOffsetHours = 2
const HEADING = 'airtel_money_id,external_id,type,msisdn,amount,currency,charge,completed_at'
const TYPES: Record<Movement['kind'], string> = {
  collect: 'PAYMENT',
  refund: 'REFUND',
  disburse: 'DISBURSEMENT',
}

/** The wallet's statement, in a format of our own: the real one is under contract. A full refund has no external id. */
export const statement = (clock: Clock, ledger: Ledger<Movement>): Route[] =>
  printed(clock, {
    name: 'airtel',
    utcOffsetHours,
    rows: () => ledger.list().flatMap(rowOf),
    stranger: (reference, at) => ({
      ...{ transaction: `MP${tenDigits()}`, reference, type: TYPES.collect, more: '250733999999' },
      ...{ amount: '1150', currency: 'RWF', fee: 0, at },
    }),
    heading: () => [HEADING],
    line,
    totals: totals('RWF'),
  })

function rowOf({ kind, reference, msisdn, status, settledAt, airtelMoneyId, ...money }: Movement): Row[] {
  if (status !== 'TS' || settledAt === undefined || !airtelMoneyId) return []
  const { amount, currency } = money
  return [
    {
      ...{ transaction: airtelMoneyId, reference, type: TYPES[kind], more: msisdn },
      ...{ amount, currency, fee: 0, at: settledAt },
    },
  ]
}

const line = ({ transaction, reference, type, more, amount, currency, fee, at }: Row): string => {
  const externalId = type === TYPES.refund ? '' : reference
  const completedAt = `${localTime(at, { utcOffsetHours })}+02:00`
  return [transaction, externalId, type, more, amount, currency, fee, completedAt].join()
}
