import type { Clock } from '../clock.ts'
import { type Call, json, jsonBody, type Route, route, text } from '../http.ts'
import type { Ledger } from '../ledger.ts'
import { tenDigits } from '../random.ts'
import { optional, type Reader, Refusal, read, string } from '../read.ts'
import type { Payment } from './payments.ts'

const DAY_MS = 86_400_000
/** The provider's day is Kigali's, all year round. */
const UTC_OFFSET = '+02:00'
const UTC_OFFSET_MS = 2 * 3_600_000
const MAX_PLANTED = 10_000
const FOREIGN_AMOUNT = '1150'
const FEE = { above: 4_000, perThousand: 5 }

const HEADING = 'transaction,reference,type,wallet,amount,currency,fee,settled_at'
const TYPES: Record<Payment['kind'], string> = {
  collect: 'COLLECTION',
  refund: 'REFUND',
  transfer: 'TRANSFER',
}

/** A row before it is printed; whole amounts, which is all that this wallet has. */
interface Row {
  transaction: string
  reference: string
  type: string
  wallet: string
  amount: string
  currency: string
  fee: number
  at: number
  /** Cut in the middle. */
  torn?: boolean
}

/** Errors that can be planted, and what each makes of the row of the reference it names. */
const FAULTS = {
  drop: () => [],
  duplicate: (row) => [row, row],
  amount: (row) => [{ ...row, amount: String(Number(row.amount) + 1) }],
  currency: (row) => [{ ...row, currency: row.currency === 'RWF' ? 'EUR' : 'RWF' }],
  fee: (row) => [{ ...row, fee: row.fee + 1 }],
  /** On the statement of the next day. */
  late: (row) => [row],
  garble: (row) => [{ ...row, torn: true }],
} satisfies Record<string, (row: Row) => Row[]>

type Fault = keyof typeof FAULTS
const NAMES = Object.keys(FAULTS) as Fault[]

/**
 * The provider's statement (an invented format: the real one is under contract): `GET /mtn/_statement.csv?day=2026-11-20`
 * lists what was settled on that day in Kigali, with a total of rows, amounts and fees for each currency.
 * `POST /mtn/_statement {drop|duplicate|amount|currency|fee|late|garble: reference or [references]}` plants errors,
 * `foreign` adds a collection of today that nobody asked for; a later error on a reference replaces the earlier.
 * `DELETE /mtn/_statement` takes them all away.
 */
export function statement(clock: Clock, ledger: Ledger<Payment>): Route[] {
  const planted = new Map<string, Fault>()
  const foreign: Row[] = []

  function plant(call: Call) {
    const readers = [...NAMES, 'foreign' as const].map((name) => [name, optional(references)] as const)
    const body = read(jsonBody(call), Object.fromEntries(readers))
    for (const name of NAMES) for (const reference of body[name] ?? []) planted.set(reference, name)
    for (const reference of body.foreign ?? []) foreign.push(stranger(reference, clock.now()))
    if (planted.size + foreign.length > MAX_PLANTED) throw new Refusal(400, `more than ${MAX_PLANTED} errors`)
    return json(200, { planted: Object.fromEntries(planted), foreign: foreign.map((row) => row.reference) })
  }

  function print(call: Call) {
    const day = call.query.get('day') ?? ''
    const from = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00${UTC_OFFSET}`) : Number.NaN
    if (Number.isNaN(from)) throw new Refusal(400, 'day must be a date such as 2026-11-20')
    const rows = [...ledger.list().flatMap(rowOf), ...foreign]
      .filter((row) => {
        const at = planted.get(row.reference) === 'late' ? row.at + DAY_MS : row.at
        return at >= from && at < from + DAY_MS
      })
      .flatMap((row) => {
        const fault = planted.get(row.reference)
        return fault ? FAULTS[fault](row) : [row]
      })
    const lines = [HEADING, ...rows.map(lineOf), ...totals(day, rows)]
    return text(200, `${lines.join('\r\n')}\r\n`, { 'content-type': 'text/csv; charset=utf-8' })
  }

  return [
    route('GET', '/mtn/_statement.csv', print),
    route('POST', '/mtn/_statement', plant),
    route('DELETE', '/mtn/_statement', () => {
      planted.clear()
      foreign.length = 0
      return { status: 204 }
    }),
  ]
}

const references: Reader<string[]> = (value, name) =>
  (Array.isArray(value) ? value : [value]).map((one) => string(64)(one, name).toLowerCase())

function rowOf(payment: Payment): Row[] {
  const { kind, reference, msisdn, amount, currency, status, settledAt, financialTransactionId } = payment
  if (status !== 'SUCCESSFUL' || settledAt === undefined || !financialTransactionId) return []
  const common = { reference, wallet: msisdn, amount, currency, at: settledAt }
  return [{ ...common, transaction: financialTransactionId, type: TYPES[kind], fee: feeOf(payment) }]
}

/** Half a per cent of receipts above RWF 4,000, as of MoMoPay merchants, to the nearest franc. */
function feeOf({ kind, amount, currency }: Payment) {
  const isCharged = kind === 'collect' && currency === 'RWF' && Number(amount) > FEE.above
  return isCharged ? Math.round((Number(amount) * FEE.perThousand) / 1000) : 0
}

const stranger = (reference: string, at: number): Row => ({
  transaction: String(tenDigits()),
  reference,
  type: TYPES.collect,
  wallet: '250788999999',
  amount: FOREIGN_AMOUNT,
  currency: 'RWF',
  fee: 0,
  at,
})

function lineOf({ transaction, reference, type, wallet, amount, currency, fee, at, torn }: Row): string {
  const settledAt = new Date(at + UTC_OFFSET_MS).toISOString().replace('Z', UTC_OFFSET)
  const line = [transaction, reference, type, wallet, amount, currency, fee, settledAt].join(',')
  return torn ? line.slice(0, line.length / 2) : line
}

/** A total for each currency; for francs even when there are no rows. */
function totals(day: string, rows: readonly Row[]): string[] {
  return [...new Set(['RWF', ...rows.map(({ currency }) => currency)])].map((currency) => {
    const own = rows.filter((row) => row.currency === currency)
    const amount = own.reduce((sum, row) => sum + Math.round(Number(row.amount) * 100), 0) / 100
    const fees = own.reduce((sum, row) => sum + row.fee, 0)
    return ['TOTAL', day, own.length, '', amount, currency, fees, ''].join(',')
  })
}
