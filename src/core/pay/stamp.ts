import type { Instant } from '../base/clock.ts'

/** Kigali keeps UTC+2 the whole year. */
const AHEAD_MS = 2 * 3_600_000

const STAMP = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/

/** A moment as RRA writes it, in Kigali's time: `20260407040021`. */
export const stampOf = (at: Instant): string =>
  new Date(at + AHEAD_MS).toISOString().replace(/\D/g, '').slice(0, 14)

/** Reads `yyyyMMddHHmmss` of Kigali's time; undefined when there is no such moment. */
export function instantOf(stamp: string): Instant | undefined {
  const iso = stamp.replace(STAMP, '$1-$2-$3T$4:$5:$6Z')
  const at = Date.parse(iso) - AHEAD_MS
  return Number.isFinite(at) && stampOf(at) === stamp ? at : undefined
}
