import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { daysAfter } from '../../core/base/calendar.ts'
import { momentOf } from '../../core/base/day.ts'
import type { Shown } from '../../core/move/licences.ts'

/** A list of more bytes is not read. */
export const MOST_BYTES = 5_000_000

export type LicenceLine = { readonly line: number } & (
  | { readonly licence: string; readonly shown: Shown }
  | { readonly why: string }
)

const cells = z.object({
  licence: z.string().min(1).max(64),
  status: z.enum(['valid', 'expired', 'suspended']),
  until: z.string(),
})
const record = z.object({ record: z.unknown(), info: z.object({ lines: z.int() }) })
const HEAD = ['licence', 'status', 'until']

/**
 * A regulator's list: comma-separated (RFC 4180), its head `licence,status,until`, a day as `2027-03-31`, which is the
 * last on which it is valid. A line that cannot be read says why, and spoils no other.
 * @param zone IANA, by whose clocks a day ends @throws Error when it has no such head, or is no such file at all
 */
export function readLicences(text: string, zone: string): readonly LicenceLine[] {
  const rows = z.array(record).parse(
    parse(text, {
      bom: true,
      columns: headed,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }),
  )
  return rows.map(({ record: row, info: { lines: line } }) => {
    const read = cells.safeParse(row)
    if (!read.success)
      return { line, why: read.error.issues.map(({ path, message }) => `${path}: ${message}`).join('; ') }
    const { licence, status, until } = read.data
    if (status !== 'valid') return { line, licence, shown: { status, until: null } }
    const ends = endOf(until, zone)
    return ends === null
      ? { line, why: 'until: no such day' }
      : { line, licence, shown: { status, until: ends } }
  })
}

/** When the day of that date is over; null when there is none. */
export function endOf(date: string, zone: string): number | null {
  if (!z.iso.date().safeParse(date).success) return null
  const begins = momentOf({ date, weekday: 1 }, { hour: 0, minute: 0 }, zone)
  return daysAfter(begins, { days: 1, hour: 0, zone }).at
}

function headed(head: readonly string[]): string[] {
  const names = head.map((name) => name.toLowerCase())
  if (!HEAD.every((name) => names.includes(name))) throw new Error(`the first line must be ${HEAD.join(',')}`)
  return names
}
