import { DateTime } from 'luxon'
import { isTimeZone, localTime } from './calendar.ts'
import type { Instant } from './clock.ts'
import { readWords, type SaidDay } from './day-words.ts'

/** Nothing is sold longer ahead. */
export const MAX_DAYS_AHEAD = 90
/** Days that may be gone through at once. */
const MAX_DAYS = 400
const MINUTE_MS = 60_000
const LATE_REMINDER_MS = 2 * 3_600_000

/**
 * The beginning of what people mean by a day, in every language at once: its midnight or the time said
 * with it, and never before now. A date without a year is the coming one; a day of the week the next from today on. A
 * time that a change of clocks leaves out moves forward; of one that comes twice it is the first still to come.
 * Null, never a guess, when it is not understood, no such day exists, it is past, or lies more than 90 days ahead.
 * @param zone IANA, as `Africa/Kigali` @throws RangeError when there is no such zone
 */
export function readDay(
  text: string,
  { now, zone }: { readonly now: Instant; readonly zone: string },
): { readonly from: Instant } | null {
  const today = dateOf(now, zone)
  const said = readWords(text)
  const day = said && dayFrom(today, said.day)
  if (!day) return null
  const moments = momentsOn(day, said.time ?? { hour: 0, minute: 0 }, zone)
  const minute = said.time ? Math.floor(now / MINUTE_MS) * MINUTE_MS : Number.NEGATIVE_INFINITY
  const from = moments.find((at) => at >= minute)
  return from === undefined ? null : { from: Math.max(from, now) }
}

/** When to remind of a departure, in order: at its local time the day before, and two hours before it. */
export function reminders(leavesAt: Instant, zone: string): readonly [Instant, Instant] {
  const dayBefore = dateTime(leavesAt, zone).minus({ days: 1 })
  return [dayBefore.toMillis(), leavesAt - LATE_REMINDER_MS]
}

/** `22/11 07:30` by the clocks of a zone: the same in all languages, and `readDay` reads it back. */
export const tellDay = (at: Instant, zone: string): string => localTime(checked(zone), 'dd/LL HH:mm')(at)

/** `2026-11-22`, the day of a moment by the calendar of a zone. @throws RangeError when there is no such zone */
export const dayOf = (at: Instant, zone: string): string => dateOf(at, zone).toFormat('yyyy-MM-dd')

/** A day of the calendar, wherever it is: `2026-11-22`, and its place in the week from Monday, 1. */
export type Day = { readonly date: string; readonly weekday: number }

/**
 * Every day of a zone that some of the time from one moment up to another lies in, in order.
 * @throws RangeError when there is no such zone, or when they are more than 400 days
 */
export function daysBetween(from: Instant, until: Instant, zone: string): readonly Day[] {
  if (until <= from) return []
  const [first, last] = [dateOf(from, zone), dateOf(until - 1, zone)]
  const days = last.diff(first, 'days').days + 1
  if (days > MAX_DAYS) throw new RangeError(`more than ${MAX_DAYS} days: ${days}`)
  return Array.from({ length: days }, (_, n) => {
    const day = first.plus({ days: n })
    return { date: day.toFormat('yyyy-MM-dd'), weekday: day.weekday }
  })
}

/**
 * The moment of a local time, the first where clocks show it twice, moved forward where they leave it out.
 * @throws RangeError when there is no such day, time or zone
 */
export function momentOf(
  { date }: Day,
  time: { readonly hour: number; readonly minute: number },
  zone: string,
): Instant {
  const day = DateTime.fromISO(date, { zone: 'utc' })
  const [at] = day.isValid ? momentsOn(day, time, checked(zone)) : []
  if (at === undefined) throw new RangeError(`no such day or time: ${date}`)
  return at
}

function dayFrom(today: DateTime, said: SaidDay): DateTime | undefined {
  if (said.kind === 'ahead') return today.plus({ days: said.days })
  if (said.kind === 'weekday') return today.plus({ days: (said.weekday - today.weekday + 7) % 7 })
  const years = said.year === null ? [today.year, today.year + 1] : [said.year]
  const last = today.plus({ days: MAX_DAYS_AHEAD })
  const day = years
    .map((year) => DateTime.utc(year, said.month, said.day))
    .find((one) => one.isValid && one >= today && one <= last)
  return said.weekday === null || said.weekday === day?.weekday ? day : undefined
}

// Luxon resolves a time that comes twice by the offset of the day it is run on: all are asked for instead.
const momentsOn = (
  { year, month, day }: DateTime,
  time: { readonly hour: number; readonly minute: number },
  zone: string,
): readonly Instant[] => {
  const local = DateTime.fromObject({ year, month, day, ...time }, { zone })
  if (!local.isValid) return []
  return local
    .getPossibleOffsets()
    .map((one) => one.toMillis())
    .sort((a, b) => a - b)
}

/** A date has no clocks that could change: days are counted in UTC. */
function dateOf(at: Instant, zone: string): DateTime {
  const { year, month, day } = dateTime(at, zone)
  return DateTime.utc(year, month, day)
}

const dateTime = (at: Instant, zone: string) => DateTime.fromMillis(at, { zone: checked(zone) })

function checked(zone: string): string {
  if (!isTimeZone(zone)) throw new RangeError(`not a time zone: ${zone}`)
  return zone
}
