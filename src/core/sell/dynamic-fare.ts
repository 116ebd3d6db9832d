import { z } from 'zod'
import type { Fare, FareLine } from './fare.ts'

/** Hundredths of a percent in the whole. */
const ALL_BP = 10_000
const part = z.int().min(-ALL_BP).max(ALL_BP)

/** How a fare moves below what the regulator allows; all parts are of the regulated fare, in hundredths of a percent. */
export const dynamicRules = z.object({
  /** Whose clocks the hours are of, IANA. */
  zone: z.string(),
  /** At any time. */
  usualBp: part,
  /** From one hour of the day to before another, where it is driven; of several that hold, the first. */
  hours: z.array(z.object({ from: z.int().min(0).max(23), until: z.int().min(1).max(24), addBp: part })),
  /** Once so many of those at work are taken; of several that hold, the busiest. */
  demand: z.array(z.object({ busyBp: z.int().min(0).max(ALL_BP), addBp: part })),
  /** Never less than this: a driver must live. */
  leastBp: z.int().min(0).max(ALL_BP),
})
export type DynamicRules = z.infer<typeof dynamicRules>

/** The moment a fare is asked for: the hour of the day there, and how many of those at work are taken. */
export type Moment = { readonly hour: number; readonly busyBp: number }

/**
 * The regulated fare as the rules move it, line by line. The regulated fare is the cap: whatever the rules say, nobody
 * pays more, and the line `cap` says what was cut off, or added so that it is not too little.
 * @param roundToMinor the step that fares have; rounded down, so that the cap is kept
 */
export function movedFare(
  regulated: Fare,
  rules: DynamicRules,
  roundToMinor: number,
  { hour, busyBp }: Moment,
): Fare {
  const capMinor = regulated.amountMinor
  const partOf = (bp: number) => Math.round((capMinor * bp) / ALL_BP)
  const now = rules.hours.find(({ from, until }) => from <= hour && hour < until)
  const busiest = rules.demand
    .filter((step) => busyBp >= step.busyBp)
    .toSorted((a, b) => b.busyBp - a.busyBp)[0]
  const moves: readonly FareLine[] = [
    { what: 'usual', amountMinor: partOf(rules.usualBp) },
    { what: 'hour', amountMinor: partOf(now?.addBp ?? 0) },
    { what: 'demand', amountMinor: partOf(busiest?.addBp ?? 0) },
  ]
  const wanted = moves.reduce((sum, { amountMinor }) => sum + amountMinor, capMinor)
  const within = Math.min(capMinor, Math.max(partOf(rules.leastBp), wanted))
  const amountMinor = Math.floor(within / roundToMinor) * roundToMinor
  const isRounding = ({ what }: FareLine) => what === 'rounding'
  const roundedMinor = regulated.lines.find(isRounding)?.amountMinor ?? 0
  const lines: readonly FareLine[] = [
    ...regulated.lines.filter((line) => !isRounding(line)),
    ...moves,
    { what: 'cap', amountMinor: within - wanted },
    { what: 'rounding', amountMinor: roundedMinor + amountMinor - within },
  ]
  return { ...regulated, amountMinor, lines: lines.filter((line) => line.amountMinor !== 0) }
}
