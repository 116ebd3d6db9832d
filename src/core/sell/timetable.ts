import type { Instant } from '../base/clock.ts'
import { daysBetween, momentOf } from '../base/day.ts'
import type { Msisdn } from '../base/phone.ts'

export type Bus = { readonly plate: string; readonly conductor: Msisdn; readonly seats: number }

/** What leaves the first stop of a route in any week, by the clocks there. */
export type Timetable = {
  readonly route: string
  readonly runs: readonly {
    /** `07:30` */
    readonly time: string
    /** 1 is Monday, 7 is Sunday. */
    readonly weekdays: readonly number[]
    readonly bus: Bus
  }[]
}

/** Its id is its route, local day and time: the same bus of the same day whenever it is worked out. */
export type Run = Bus & { readonly id: string; readonly route: string; readonly leavesAt: Instant }

const DAY_MS = 24 * 3_600_000

/**
 * What leaves by a timetable from one moment on and before another, day by day as the timetable has it. A time that a
 * change of clocks leaves out moves forward; one that comes twice leaves the first time.
 * @throws RangeError when there is no such zone or time, or when they are more than 400 days
 */
export function departuresBetween(
  { route, runs }: Timetable,
  from: Instant,
  until: Instant,
  zone: string,
): readonly Run[] {
  // A bus of the evening before may be moved past midnight.
  return daysBetween(from - DAY_MS, until, zone).flatMap((day) =>
    runs
      .filter(({ weekdays }) => weekdays.includes(day.weekday))
      .map(({ time, bus }) => ({
        id: `${route}-${day.date.replaceAll('-', '')}-${time.replace(':', '')}`,
        route,
        leavesAt: momentOf(day, timeOf(time), zone),
        ...bus,
      }))
      .filter(({ leavesAt }) => leavesAt >= from && leavesAt < until),
  )
}

function timeOf(text: string): { readonly hour: number; readonly minute: number } {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  if (hour === undefined) throw new RangeError(`not a time of day, as 07:30: ${text}`)
  return { hour: Number(hour), minute: Number(minute) }
}
