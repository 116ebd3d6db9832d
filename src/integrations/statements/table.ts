import { z } from 'zod'
import { fromDecimal, isCurrency, type Money } from '../../core/base/money.ts'
import {
  type Movement,
  StatementError,
  type StatementFormat,
  type StatementLine,
  type StatementRow,
  type StatementTotal,
} from '../../core/pay/statement.ts'
import { type CsvLine, csvLines, malformed } from './csv.ts'

/** What a line says; null when it is of no interest to us, words when it cannot be taken. */
export type Said =
  | { readonly is: 'row'; readonly row: Omit<StatementRow, 'line'> }
  | { readonly is: 'total'; readonly total: StatementTotal }
  | string
  | null

/** A line's cells by the names of their columns. */
export type Cells<Column extends string> = Readonly<Record<Column, string>>

/**
 * Reads a file whose first line names its columns, these and no others; above it there may be so many lines of other
 * things.
 * @param say of one line what it says
 */
export function table<const Column extends string>(
  provider: string,
  columns: readonly Column[],
  say: (cells: Cells<Column>) => Said,
  mayPrecede = 0,
): StatementFormat['read'] {
  const heading = columns.join(',')
  return async function* (bytes) {
    let above = 0
    let isHeaded = false
    for await (const line of csvLines(bytes)) {
      if (isHeaded) {
        const read = lineOf(line, columns, say)
        if (read) yield read
        continue
      }
      isHeaded = 'cells' in line && line.cells.join(',') === heading
      above += 1
      if (!isHeaded && above > mayPrecede)
        throw new StatementError(`not a statement of ${provider}: the first line should be ${heading}`)
    }
    if (!isHeaded) throw new StatementError(above === 0 ? 'the file is empty' : `no line is ${heading}`)
  }
}

function lineOf<Column extends string>(
  csv: CsvLine,
  columns: readonly Column[],
  say: (cells: Cells<Column>) => Said,
): StatementLine | null {
  const said = 'cells' in csv ? saidBy(csv.cells, columns, say) : csv.why
  if (said === null) return null
  if (typeof said === 'string') return { is: 'malformed', malformed: malformed(csv.line, csv.text, said) }
  return said.is === 'row' ? { is: 'row', row: { line: csv.line, ...said.row } } : said
}

function saidBy<Column extends string>(
  cells: readonly string[],
  columns: readonly Column[],
  say: (cells: Cells<Column>) => Said,
): Said {
  if (cells.length !== columns.length) return `${cells.length} cells instead of ${columns.length}`
  // As many as there are names, which are distinct.
  return say(Object.fromEntries(columns.map((name, n) => [name, cells[n] ?? ''])) as Cells<Column>)
}

const printable = z.string().regex(/^[!-~]{1,64}$/)
const moment = z.iso.datetime({ offset: true })
const count = z.string().regex(/^\d{1,9}$/)

export const moneyOf = (text: string, currency: string): Money | undefined =>
  isCurrency(currency) ? fromDecimal(text, currency) : undefined

/** A moment with its offset (ISO 8601); undefined when it is none. */
export function momentOf(text: string): number | undefined {
  const { data } = moment.safeParse(text)
  return data === undefined ? undefined : Date.parse(data)
}

/** The movement that a word of the file stands for. */
export const known = (kinds: Readonly<Record<string, Movement>>, word: string): Movement | undefined =>
  Object.hasOwn(kinds, word) ? kinds[word] : undefined

/** A movement, when everything that makes one is there. */
export function rowOf(row: {
  readonly kind: Movement | undefined
  readonly reference: string
  readonly transaction: string
  readonly money: Money | undefined
  readonly feeMinor: number | undefined
  readonly at: number | undefined
}): Said {
  const { kind, reference, transaction, money, feeMinor, at } = row
  if (!money) return 'no amount'
  if (feeMinor === undefined) return 'no fee'
  if (!kind) return 'no known type'
  if (money.amountMinor === 0) return 'an amount of nothing'
  if (!printable.safeParse(reference).success) return 'no reference'
  if (!printable.safeParse(transaction).success) return 'no transaction'
  if (at === undefined) return 'no moment'
  return { is: 'row', row: { kind, reference, transaction, money, feeMinor, at } }
}

/** The word that marks a total, in the formats of our simulators. */
export const TOTAL = 'TOTAL'

/** `TOTAL,<day>,<rows>,,<amounts>,<currency>,<fees>,`, one for each currency. */
export function totalOf(total: {
  readonly day: string
  readonly rows: string
  readonly money: Money | undefined
  readonly feeMinor: number | undefined
}): Said {
  const { day, rows, money, feeMinor } = total
  if (!money) return 'no amount'
  if (feeMinor === undefined) return 'no fee'
  if (!count.safeParse(rows).success) return 'no count of rows'
  return { is: 'total', total: { day, rows: Number(rows), money, feeMinor } }
}
