import { z } from 'zod'
import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'
import { offering } from '../sell/loads.ts'

/** One thing that was said about a booking: what is stored, and how it is shown. */
export const said = z.object({ field: z.string(), value: z.string(), label: z.string() })
export type Said = z.infer<typeof said>

/** What makes a journey of a line the same journey again. */
export type Journey = readonly Said[]

/** Different journeys of a line that are remembered. */
export const JOURNEYS_KEPT = 3

/** What a person books of one line: how often, and the last different journeys, newest first. */
export type Habit = {
  readonly line: string
  readonly count: number
  readonly journeys: readonly Journey[]
  readonly lastAt: Instant
}

/** Places that people name by what they are to them. */
export const OWN_PLACES = ['home', 'work'] as const
export type OwnPlace = (typeof OWN_PLACES)[number]

/** What people do again and again. */
export interface Habits {
  of(person: Msisdn): Promise<readonly Habit[]>
  /** Ids of the places that a person has named. */
  placesOf(person: Msisdn): Promise<Readonly<Partial<Record<OwnPlace, string>>>>
  /** That is where it is from now on. */
  save(person: Msisdn, as: OwnPlace, place: string): Promise<void>
}

/** Habits inside the transaction that a journey ends in. */
export interface HabitNotes {
  /** Nothing where that booking was a former holder's of the number. */
  add(person: Msisdn, line: string, journey: Journey, at: Instant, booking: string): Promise<void>
}

/** What a menu needs of what a person does, kept with it so that its keys mean what it showed. */
export const usual = z.object({
  /** Lines they have booked, most often first. */
  lines: z.array(z.string()),
  /** Their last journey; null when there is none. */
  again: z.object({ line: z.string(), journey: z.array(said) }).nullable(),
  /** Loads that they could carry; said to carriers only. */
  loads: z.array(offering).exactOptional(),
})
export type Usual = z.infer<typeof usual>

/** Most used first, and the newest of all journeys. */
export function usualOf(habits: readonly Habit[]): Usual {
  const [newest] = habits
    .filter(({ journeys }) => journeys.length > 0)
    .toSorted((a, b) => b.lastAt - a.lastAt)
  return {
    lines: habits.toSorted((a, b) => b.count - a.count || b.lastAt - a.lastAt).map(({ line }) => line),
    again: newest ? { line: newest.line, journey: [...(newest.journeys[0] ?? [])] } : null,
  }
}
