import { DateTime, IANAZone } from 'luxon'
import type { Instant } from './clock.ts'

/** Whether the IANA knows a zone of that name. */
export const isTimeZone = (name: string): boolean => IANAZone.isValidZone(name)

/** A week by the calendar of ISO 8601, Monday to Sunday where the operator is: `2026-W47`. */
export type Week = { readonly name: string; readonly from: Instant; readonly until: Instant }

const weekFrom = (monday: DateTime): Week => ({
  name: monday.toFormat("kkkk-'W'WW"),
  from: monday.toMillis(),
  until: monday.plus({ weeks: 1 }).toMillis(),
})

/** The week of that name. @param zone IANA, as `Africa/Kigali` @throws RangeError when there is no such week or zone */
export function weekOf(name: string, zone: string): Week {
  const monday = DateTime.fromISO(name, { zone })
  if (!/^\d{4}-W\d\d$/.test(name) || !monday.isValid) throw new RangeError(`not a week, as 2026-W47: ${name}`)
  return weekFrom(monday)
}

/** The last week that was over at that moment. @throws RangeError when there is no such zone */
export function lastWeek(now: Instant, zone: string): Week {
  const today = DateTime.fromMillis(now, { zone })
  if (!today.isValid) throw new RangeError(`not a time zone: ${zone}`)
  return weekFrom(today.startOf('week').minus({ weeks: 1 }))
}

/** Writes moments as the clocks of a zone show them, in English. @param format of Luxon, as `d LLL yyyy HH:mm` */
export const localTime =
  (zone: string, format: string) =>
  (at: Instant): string =>
    DateTime.fromMillis(at, { zone }).toFormat(format, { locale: 'en' })

/** A moment so many days after another, at that hour where the operator is, and the name of its day: `2026-12-21`. */
export function daysAfter(
  at: Instant,
  { days, hour, zone }: { readonly days: number; readonly hour: number; readonly zone: string },
): { readonly at: Instant; readonly day: string } {
  const then = DateTime.fromMillis(at, { zone })
    .plus({ days })
    .set({ hour, minute: 0, second: 0, millisecond: 0 })
  if (!then.isValid) throw new RangeError(`not a time zone: ${zone}`)
  return { at: then.toMillis(), day: then.toFormat('yyyy-MM-dd') }
}
