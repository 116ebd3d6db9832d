import { type Currency, formatMoney, type Money } from '../base/money.ts'
import {
  type Malformed,
  type Span,
  StatementError,
  type StatementLine,
  type StatementRow,
  type StatementTotal,
} from './statement.ts'

/** What is wrong with a file as a file. `key` names it among the faults of one file. */
export type FileFault = {
  readonly found: 'malformed' | 'total'
  readonly key: string
  readonly line: number | null
  readonly why: string
}

/** A file with more lines than this that cannot be read is something else. */
const MAX_MALFORMED = 1_000

type Sum = { rows: number; amountMinor: number; feeMinor: number }

/**
 * Adds up a statement of `day` while it is read, to hold it against its own total lines.
 * @param span of that day, for a file that has no totals: all its rows lie within
 */
export function createTally(
  day: string,
  span?: Span,
): {
  /** @throws StatementError when the file is of another day, or hardly any of it can be read */
  add(line: StatementLine): void
  /** After the last line: every malformed line, and every total that is not what the lines add up to. */
  faults(): FileFault[]
  rows(): number
} {
  const sums = new Map<Currency, Sum>()
  const totals: StatementTotal[] = []
  const malformed: Malformed[] = []
  let rows = 0

  const addRow = ({ line, money, feeMinor, at }: StatementRow) => {
    if (span && (at < span.from || at >= span.to)) throw new StatementError(`line ${line} is not of ${day}`)
    const sum = sums.get(money.currency) ?? { rows: 0, amountMinor: 0, feeMinor: 0 }
    sums.set(money.currency, sum)
    sum.rows += 1
    sum.amountMinor += money.amountMinor
    sum.feeMinor += feeMinor
    rows += 1
  }

  return {
    rows: () => rows,
    add(line) {
      if (line.is === 'row') return addRow(line.row)
      if (line.is === 'total') {
        if (line.total.day !== day) throw new StatementError(`this is the statement of ${line.total.day}`)
        totals.push(line.total)
        return
      }
      malformed.push(line.malformed)
      if (malformed.length > MAX_MALFORMED)
        throw new StatementError(`more than ${MAX_MALFORMED} lines cannot be read: ${line.malformed.why}`)
    },
    faults: () => [
      ...malformed.map(({ line, text, why }) => ({
        found: 'malformed' as const,
        key: `line ${line} ${text}`,
        line,
        why: `${why}: ${text}`,
      })),
      ...(span ? [] : totalFaults(sums, totals, malformed.length)).map((why) => ({
        found: 'total' as const,
        key: why,
        line: null,
        why,
      })),
    ],
  }
}

function totalFaults(
  sums: ReadonlyMap<Currency, Sum>,
  totals: readonly StatementTotal[],
  unread: number,
): string[] {
  if (totals.length === 0) return ['there is no total: the file may be cut off']
  const printed = totals.reduce((sum, { rows }) => sum + rows, 0)
  const counted = [...sums.values()].reduce((sum, { rows }) => sum + rows, unread)
  const faults = printed === counted ? [] : [`${printed} rows are announced and ${counted} are there`]
  // What a malformed line would have added is not known, and the line itself is a fault already.
  if (unread > 0) return faults
  const named = new Set(totals.map(({ money }) => money.currency))
  const unnamed = [...sums.keys()].filter((currency) => !named.has(currency))
  return [
    ...faults,
    ...unnamed.map((currency) => `there is no total of ${currency}`),
    ...totals.flatMap(({ money, feeMinor }) => {
      const { currency } = money
      const sum = sums.get(currency) ?? { amountMinor: 0, feeMinor: 0 }
      return [
        differs('amounts', money, { amountMinor: sum.amountMinor, currency }),
        differs('fees', { amountMinor: feeMinor, currency }, { amountMinor: sum.feeMinor, currency }),
      ].flat()
    }),
  ]
}

const differs = (what: string, printed: Money, added: Money): string[] =>
  printed.amountMinor === added.amountMinor
    ? []
    : [`${what} are said to be ${formatMoney(printed)} and add up to ${formatMoney(added)}`]
