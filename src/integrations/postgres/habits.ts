import { z } from 'zod'
import type { Msisdn } from '../../core/base/phone.ts'
import {
  type Habit,
  type HabitNotes,
  type Habits,
  JOURNEYS_KEPT,
  OWN_PLACES,
  said,
} from '../../core/people/habits.ts'
import { createBatch } from './batch.ts'
import { type Db, prepared } from './connect.ts'
import { phone } from './read.ts'

/** Habits inside a transaction. */
export type HabitTx = { readonly habits: HabitNotes }

// The journey made now comes first; the same of an earlier day is not kept twice.
const ADD = `
insert into habits as h (person, line, count, journeys, last_at)
select $1, $2, 1, jsonb_build_array($3::jsonb), $4 where is_held($1, $5)
on conflict (person, line) do update set
  count = h.count + 1,
  last_at = $4,
  journeys = (select jsonb_agg(journey order by n) from (
    select journey, n from jsonb_array_elements(jsonb_build_array($3::jsonb) || h.journeys) with ordinality as all_of(journey, n)
    where n = 1 or journey <> $3::jsonb order by n limit ${JOURNEYS_KEPT}) kept)`

export const createHabitTx = (trx: Db): HabitTx => ({
  habits: {
    async add(person, line, journey, at, booking) {
      const values = [person, line, JSON.stringify(journey), at, booking]
      await prepared(trx, 'habit', ADD, values, (row) => row)
    },
  },
})

const habitRow = z.object({
  person: phone,
  line: z.string(),
  count: z.int(),
  journeys: z.array(z.array(said)),
  lastAt: z.number(),
})
const HABITS = 'select person, line, count, journeys, last_at as "lastAt" from habits where person = any($1)'
const SAVE = `
insert into own_places (person, name, place) values ($1, $2, $3)
on conflict (person, name) do update set place = excluded.place`

const ownPlaceRow = z.object({ name: z.enum(OWN_PLACES), place: z.string() })

/** Read by key when a menu or a first question is drawn; people who ask at once share a trip. */
export function createHabits(db: Db): Habits {
  const of = createBatch<Msisdn, readonly Habit[]>({
    most: 100,
    inFlight: 2,
    keysOf: () => [],
    async run(people) {
      const rows = await prepared(db, 'habits', HABITS, [people], (row) => habitRow.parse(row))
      return people.map((one) => rows.filter(({ person }) => person === one))
    },
  })
  return {
    of,
    async placesOf(person) {
      const text = 'select name, place from own_places where person = $1'
      const rows = await prepared(db, 'own_places', text, [person], (row) => ownPlaceRow.parse(row))
      return Object.fromEntries(rows.map(({ name, place }) => [name, place]))
    },
    async save(person, as, place) {
      await prepared(db, 'save_place', SAVE, [person, as, place], (row) => row)
    },
  }
}
