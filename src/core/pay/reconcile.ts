import type { Instant } from '../base/clock.ts'
import type { Money } from '../base/money.ts'
import type { Movement, Span, StatementFormat, StatementRow } from './statement.ts'

/** One movement as our ledger has it. */
export type Entry = {
  readonly kind: Movement
  readonly reference: string
  readonly money: Money
  /** When we came to know of it. */
  readonly at: Instant
  /** Whether the statement of another day has it, and of which side of this day. */
  readonly seen: 'earlier' | 'later' | null
}

/** What somebody must look into. */
export const MISMATCHES = [
  /** The provider moved money that we do not know of: a late success, or somebody else's. */
  'missing_ours',
  /** We count on money that the provider's statements of two days do not have. */
  'missing_theirs',
  'currency',
  'amount',
  'fee',
  /** The same movement once more, on this statement or after an earlier one had it. */
  'duplicate',
] as const
export type Mismatch = (typeof MISMATCHES)[number]

export type Finding = {
  /** `timing`: not on the statement of its own day, and so expected on the next one; no error yet. */
  readonly found: Mismatch | 'matched' | 'timing'
  readonly kind: Movement
  readonly reference: string
  /** Which one of those with this kind and reference, from 1. */
  readonly ordinal: number
  readonly ours: Entry | null
  readonly theirs: StatementRow | null
}

type Named = { readonly kind: Movement; readonly reference: string }
type Items<T> = AsyncIterable<T> | Iterable<T>

/** The order both sides must come in: by reference, then by kind, as PostgreSQL's collation "C" has it for ASCII. */
export function byName(one: Named, other: Named): number {
  if (one.reference !== other.reference) return one.reference < other.reference ? -1 : 1
  return one.kind < other.kind ? -1 : one.kind > other.kind ? 1 : 0
}

/**
 * Holds our entries against the rows of one day's statement, each side in the order of `byName`, of which no more
 * than one item a side is in memory. Every row and every entry that is due leads to one finding; of several things
 * wrong with a pair the gravest is told (currency, amount, fee).
 * @param ours entries of the day and of the day before it, and whatever else the statement names
 * @param day of the statement: our entries from before it are overdue, those after it not due yet
 * @throws RangeError when a side is out of order
 */
export async function* reconcile(sides: {
  readonly ours: Items<Entry>
  readonly theirs: Items<StatementRow>
  readonly day: Span
  readonly feeOf: StatementFormat['feeOf']
}): AsyncGenerator<Finding, void, undefined> {
  const ours = await open('ours', sides.ours)
  const theirs = await open('theirs', sides.theirs)
  let last: Named | undefined
  let ordinal = 0
  for (;;) {
    const order = ours.head && theirs.head ? byName(ours.head, theirs.head) : ours.head ? -1 : 1
    const entry = order <= 0 ? ours.head : undefined
    const row = order >= 0 ? theirs.head : undefined
    const one = entry ?? row
    if (!one) return
    ordinal = last && byName(last, one) === 0 ? ordinal + 1 : 1
    last = one
    const found = ordinal > 1 ? 'duplicate' : judge(entry, row, sides)
    const { kind, reference } = one
    if (found) yield { found, kind, reference, ordinal, ours: entry ?? null, theirs: row ?? null }
    if (entry) await ours.next()
    if (row) await theirs.next()
  }
}

/** Nothing when an entry is on another day's statement, or not due. */
function judge(
  entry: Entry | undefined,
  row: StatementRow | undefined,
  { day, feeOf }: { readonly day: Span; readonly feeOf: StatementFormat['feeOf'] },
): Finding['found'] | undefined {
  if (!entry) return 'missing_ours'
  if (!row) {
    if (entry.seen || entry.at >= day.to) return undefined
    return entry.at < day.from ? 'missing_theirs' : 'timing'
  }
  if (entry.seen === 'earlier') return 'duplicate'
  if (entry.money.currency !== row.money.currency) return 'currency'
  if (entry.money.amountMinor !== row.money.amountMinor) return 'amount'
  const feeMinor = feeOf(entry.kind, entry.money)
  return feeMinor === null || feeMinor === row.feeMinor ? 'matched' : 'fee'
}

type Side<T> = { readonly head: T | undefined; next(): Promise<void> }

async function open<T extends Named>(name: string, items: Items<T>): Promise<Side<T>> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  let head: T | undefined
  const next = async () => {
    const { done, value } = await iterator.next()
    if (!done && head && byName(head, value) > 0)
      throw new RangeError(`${name} are not in order: ${value.reference} comes after ${head.reference}`)
    head = done ? undefined : value
  }
  await next()
  return {
    get head() {
      return head
    },
    next,
  }
}
