import { z } from 'zod'
import { fromDecimal, isCurrency, type Money, share } from '../../core/base/money.ts'
import {
  type Movement,
  StatementError,
  type StatementFormat,
  type StatementLine,
} from '../../core/pay/statement.ts'
import { type CsvLine, csvLines, malformed } from './csv.ts'

const HEADING = 'transaction,reference,type,wallet,amount,currency,fee,settled_at'
const CELLS = HEADING.split(',').length
const TOTAL = 'TOTAL'

const MOVEMENT: Readonly<Record<string, Movement>> = {
  COLLECTION: 'collection',
  REFUND: 'refund',
  TRANSFER: 'payout',
}

/** Receipts above RWF 4,000 cost half a per cent, smaller ones nothing. */
const FEE = { above: 4_000, basisPoints: 50 } as const

const printable = z.string().regex(/^[!-~]{1,64}$/)
const moment = z.iso.datetime({ offset: true })
const count = z.string().regex(/^\d{1,9}$/)

/**
 * MTN Mobile Money in Rwanda. MTN's real settlement file is under contract: this is the format of our simulator, a
 * line of names, a row a movement, and last `TOTAL,<day>,<rows>,,<amounts>,<currency>,<fees>,` for each currency. The fee is
 * that of MoMoPay merchants (newtimes.co.rw, "MTN to introduce charge on MoMo Pay merchants"); what collections over
 * the API cost is under contract too.
 */
export const mtnStatement: StatementFormat = {
  provider: 'mtn',
  utcOffset: '+02:00',
  feeOf: (kind, money) =>
    kind === 'collection' && money.currency === 'RWF' && money.amountMinor > FEE.above
      ? share(money, FEE.basisPoints, 'half_up').amountMinor
      : 0,
  async *read(bytes) {
    let isHeaded = false
    for await (const line of csvLines(bytes)) {
      if (!isHeaded && line.text.trim() !== HEADING)
        throw new StatementError(`not a statement of mtn: the first line should be ${HEADING}`)
      if (isHeaded) yield read(line)
      isHeaded = true
    }
    if (!isHeaded) throw new StatementError('the file is empty')
  },
}

function read(csv: CsvLine): StatementLine {
  const line = 'cells' in csv ? lineOf(csv.line, csv.cells) : csv.why
  return typeof line === 'string' ? { is: 'malformed', malformed: malformed(csv.line, csv.text, line) } : line
}

/** The line, or what is wrong with it. */
function lineOf(line: number, cells: readonly string[]): StatementLine | string {
  const [transaction = '', reference = '', type = '', , amount = '', currency = '', fee = '', settledAt] =
    cells
  if (cells.length !== CELLS) return `${cells.length} cells instead of ${CELLS}`
  const money = moneyOf(amount, currency)
  const feeMinor = moneyOf(fee, currency)?.amountMinor
  if (!money) return 'no amount'
  if (feeMinor === undefined) return 'no fee'
  if (transaction === TOTAL)
    return count.safeParse(type).success
      ? { is: 'total', total: { day: reference, rows: Number(type), money, feeMinor } }
      : 'no count of rows'
  const kind = Object.hasOwn(MOVEMENT, type) ? MOVEMENT[type] : undefined
  if (!kind) return 'no known type'
  if (money.amountMinor === 0) return 'an amount of nothing'
  if (!printable.safeParse(reference).success) return 'no reference'
  if (!printable.safeParse(transaction).success) return 'no transaction'
  const at = moment.safeParse(settledAt)
  if (!at.success) return 'no moment'
  return {
    is: 'row',
    row: { line, kind, reference, transaction, money, feeMinor, at: Date.parse(at.data) },
  }
}

const moneyOf = (text: string, currency: string): Money | undefined =>
  isCurrency(currency) ? fromDecimal(text, currency) : undefined
