import type { Instant } from '../base/clock.ts'
import type { Money } from '../base/money.ts'

const DAY_MS = 24 * 3_600_000

/** Which way money went, seen from us: in, back to who paid it, or out to somebody we owe. */
export const MOVEMENTS = ['collection', 'refund', 'payout'] as const
export type Movement = (typeof MOVEMENTS)[number]

/** One movement as the provider's statement has it. */
export type StatementRow = {
  /** Of the file, from 1. */
  readonly line: number
  readonly kind: Movement
  /** Ours, which the provider was given with the request, or what else its file knows it by (`Name`). */
  readonly reference: string
  /** The provider's own number of it. */
  readonly transaction: string
  /** What moved, always above nought. */
  readonly money: Money
  readonly feeMinor: number
  readonly at: Instant
}

/** What the file says it holds in one currency: all amounts added as they are printed, whichever way they went. */
export type StatementTotal = {
  readonly day: string
  readonly rows: number
  readonly money: Money
  readonly feeMinor: number
}

/** A line that is no row and no total; `text` is its beginning, with phone numbers hidden. */
export type Malformed = { readonly line: number; readonly text: string; readonly why: string }

export type StatementLine =
  | { readonly is: 'row'; readonly row: StatementRow }
  | { readonly is: 'total'; readonly total: StatementTotal }
  | { readonly is: 'malformed'; readonly malformed: Malformed }

/**
 * What a file may know a movement by when it does not bear our reference: the account that was paid to, which is the
 * end of the reference; the provider's name of the payment, or of what went back; the receipt of a payment that went
 * back whole.
 */
export type Name = 'account' | 'handle' | 'refundHandle' | 'receipt'

/** How a provider writes its statements, and what it may take for its service. */
export type StatementFormat = {
  readonly provider: string
  /** Where the provider's day begins. */
  readonly utcOffset: `${'+' | '-'}${number}:${number}`
  /** Whether the file says what it adds up to; without that it must be of one day to the last row. */
  readonly hasTotals: boolean
  /** What the file knows movements by where that is not our reference; a movement without that name has our reference. */
  readonly names: Readonly<Partial<Record<Exclude<Movement, 'payout'>, Name>>>
  /**
   * Every line of the file that holds anything, in order.
   * @throws StatementError when the file is no statement of this provider
   */
  read(bytes: AsyncIterable<Uint8Array>): AsyncIterable<StatementLine>
  /** The fee agreed for a movement, in minor units of its currency; null when nothing is agreed. */
  feeOf(kind: Movement, money: Money): number | null
}

/** What the files of a provider have of a movement, by the name they know it by; undefined when it is on none. */
export type Filed = (
  provider: string,
  kind: Movement,
  name: string,
) => Promise<{ readonly transaction: string; readonly money: Money } | undefined>

/** The file as a whole cannot be taken: nothing of it is kept. */
export class StatementError extends Error {}

/** A time from one instant up to, and without, another. */
export type Span = { readonly from: Instant; readonly to: Instant }

/** A provider's day. @throws StatementError when `day` is no date such as 2026-11-20 */
export function spanOf(day: string, { utcOffset }: Pick<StatementFormat, 'utcOffset'>): Span {
  const midnight = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  // February 30 would be read as March 2.
  if (Number.isNaN(midnight) || dateOf(midnight) !== day) throw new StatementError(`${day} is not a day`)
  const from = Date.parse(`${day}T00:00:00${utcOffset}`)
  return { from, to: from + DAY_MS }
}

/** The date so many days later, or earlier. */
export const dayAfter = (day: string, days: number): string =>
  dateOf(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS)

const dateOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10)
