/** Movements as both sides have them, and statements of them as they are printed. */
import { type Currency, toDecimal } from '../../src/core/base/money.ts'
import { byName, type Entry, type Finding, reconcile } from '../../src/core/pay/reconcile.ts'
import {
  type Movement,
  type StatementFormat,
  type StatementLine,
  type StatementRow,
  spanOf,
} from '../../src/core/pay/statement.ts'
import { mtnStatement } from '../../src/integrations/statements/mtn.ts'

export const DAY = '2026-11-20'
export const day = spanOf(DAY, mtnStatement)
const HOUR_MS = 3_600_000
const NOON = day.from + 12 * HOUR_MS
export const { feeOf } = mtnStatement
export const HEADING = 'transaction,reference,type,wallet,amount,currency,fee,settled_at'
const TYPE: Readonly<Record<Movement, string>> = {
  collection: 'COLLECTION',
  refund: 'REFUND',
  payout: 'TRANSFER',
}

export const entry = (reference: string, more: Partial<Entry> = {}): Entry => ({
  kind: 'collection',
  reference,
  money: { amountMinor: 10_000, currency: 'RWF' },
  at: NOON,
  seen: null,
  ...more,
})

let lines = 1
export const rowFor = (
  { kind, reference, money, at }: Entry,
  more: Partial<StatementRow> = {},
): StatementRow => {
  const line = ++lines
  return {
    line,
    kind,
    reference,
    transaction: `t${line}`,
    money,
    feeMinor: feeOf(kind, money) ?? 0,
    at,
    ...more,
  }
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

export async function findings(ours: readonly Entry[], theirs: readonly StatementRow[]): Promise<Finding[]> {
  const sides = { ours: ours.toSorted(byName), theirs: theirs.toSorted(byName) }
  return all(reconcile({ ...sides, day, feeOf }))
}
export const told = (found: readonly Finding[]) =>
  found.map((one) => `${one.found} ${one.kind} ${one.reference}`).sort()

/** How a movement can come about: its entries, its rows, and what must be found of it, when anything. */
export type Fate = (one: Entry) => {
  readonly ours: readonly Entry[]
  readonly theirs: readonly StatementRow[]
  readonly found: readonly Finding['found'][]
}
const other = (currency: Currency): Currency => (currency === 'RWF' ? 'EUR' : 'RWF')
const more = ({ money }: Entry, by: number) => ({ ...money, amountMinor: money.amountMinor + by })

export const FATES: Readonly<Record<string, Fate>> = {
  'the same on both sides': (one) => ({ ours: [one], theirs: [rowFor(one)], found: ['matched'] }),
  'money we do not know of': (one) => ({ ours: [], theirs: [rowFor(one)], found: ['missing_ours'] }),
  'not on the statement of its day': (one) => ({ ours: [one], theirs: [], found: ['timing'] }),
  'of the day before, and on neither statement': (one) => ({
    ours: [{ ...one, at: day.from - 1 }],
    theirs: [],
    found: ['missing_theirs'],
  }),
  'of the day before, and on this statement': (one) => ({
    ours: [{ ...one, at: day.from - 1 }],
    theirs: [rowFor(one)],
    found: ['matched'],
  }),
  'of the day before, which had it': (one) => ({
    ours: [{ ...one, at: day.from - 1, seen: 'earlier' }],
    theirs: [],
    found: [],
  }),
  'told us only after midnight': (one) => ({
    ours: [{ ...one, at: day.to }],
    theirs: [rowFor(one)],
    found: ['matched'],
  }),
  'not due yet': (one) => ({ ours: [{ ...one, at: day.to }], theirs: [], found: [] }),
  'on the next statement, which came first': (one) => ({
    ours: [{ ...one, seen: 'later' }],
    theirs: [],
    found: [],
  }),
  'on this statement and on the next, which came first': (one) => ({
    ours: [{ ...one, seen: 'later' }],
    theirs: [rowFor(one)],
    found: ['matched'],
  }),
  'another amount': (one) => ({
    ours: [one],
    theirs: [rowFor(one, { money: more(one, 1) })],
    found: ['amount'],
  }),
  'another currency': (one) => ({
    ours: [one],
    theirs: [rowFor(one, { money: { ...one.money, currency: other(one.money.currency) } })],
    found: ['currency'],
  }),
  'another fee': (one) => {
    const row = rowFor(one)
    return { ours: [one], theirs: [{ ...row, feeMinor: row.feeMinor + 1 }], found: ['fee'] }
  },
  'three times on the statement': (one) => ({
    ours: [one],
    theirs: [rowFor(one), rowFor(one), rowFor(one)],
    found: ['matched', 'duplicate', 'duplicate'],
  }),
  'on an earlier statement and on this one': (one) => ({
    ours: [{ ...one, at: day.from - 1, seen: 'earlier' }],
    theirs: [rowFor(one)],
    found: ['duplicate'],
  }),
  'twice in our ledger': (one) => ({
    ours: [one, one],
    theirs: [rowFor(one)],
    found: ['matched', 'duplicate'],
  }),
}
/** A row as a line of the file. */
export function printed({ transaction, reference, kind, money, feeMinor, at }: StatementRow): string {
  const fee = toDecimal({ ...money, amountMinor: feeMinor })
  const cells = [transaction, reference, TYPE[kind], '250788000001', toDecimal(money), money.currency, fee]
  return [...cells, new Date(at).toISOString()].join(',')
}

/** The last line, of francs. */
export function totalOf(rows: readonly StatementRow[], of = DAY): string {
  const sum = (value: (row: StatementRow) => number) => rows.reduce((sum, row) => sum + value(row), 0)
  return `TOTAL,${of},${rows.length},,${sum(({ money }) => money.amountMinor)},RWF,${sum((row) => row.feeMinor)},`
}

/** A file in chunks that end wherever they do. */
async function* bytesOf(text: string, chunkBytes = 65_536): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let from = 0; from < bytes.length; from += chunkBytes) yield bytes.subarray(from, from + chunkBytes)
}
export const readLines = (
  text: string,
  chunkBytes?: number,
  { read }: Pick<StatementFormat, 'read'> = mtnStatement,
): Promise<StatementLine[]> => all(read(bytesOf(text, chunkBytes)))
