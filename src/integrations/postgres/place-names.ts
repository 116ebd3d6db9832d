import { z } from 'zod'
import { isSure, likenessTo } from '../../core/move/likeness.ts'
import type { Place, Within } from '../../core/move/places.ts'
import { marksOf, namesIn, SOUND_RULES, soundOf } from '../../core/move/sound.ts'
import { fold } from '../../core/talk/reading.ts'
import { type Db, prepared } from './connect.ts'

export const placeRow = z.object({
  id: z.string(),
  name: z.string(),
  area: z.string(),
  stage: z.int().nullable(),
  lat: z.number(),
  lng: z.number(),
})
export const PLACE = 'id, name, area, stage, at[1] as lat, at[0] as lng'

/** Nobody's name is longer; what is typed beyond it is not looked at. */
const LONGEST_NAME = 60
/** So many of the nearest by plain edit distance are weighed slip by slip. */
const WEIGHED = 40
/** Beyond so many edits one name is as unlike as another. */
const MOST_EDITS = 8
/** Less like than this, a name is somebody else's: by its slips, and by its trigrams where it is part of a longer one. */
const LEAST = { likeness: 0.6, trigrams: 0.35 } as const

const NAMES = `
select ${PLACE.replace('name', 'p.name')}, rank, n.name as alias, n.sound from place_names n join places p on p.id = n.place
where layer = $4 and ($5::text is null or country = $5)`

/** Names that share a mark with what was typed ($1, its sound $2, its marks $3); without a close one, like trigrams too. */
const FIND = `
with near as materialized (${NAMES} and n.marks && $3::text[]),
far as (
  ${NAMES} and (n.name % $1 or $1 <% n.name)
  and not exists (select from near where sound = $2 or levenshtein_less_equal(alias, $1, 1) <= 1)
)
select *, similarity(alias, $1) as trigrams from (select * from near union select * from far) named
order by levenshtein_less_equal(sound, $2, ${MOST_EDITS}) + levenshtein_less_equal(alias, $1, ${MOST_EDITS})
  - ${MOST_EDITS} * similarity(alias, $1), rank
limit ${WEIGHED}`

const namedRow = placeRow.extend({
  rank: z.int(),
  alias: z.string(),
  sound: z.string(),
  trigrams: z.number(),
})

/** Places by a name as somebody typed it, best first, at most `limit`; `sure` when the first is plainly meant. */
export async function findNamed(
  db: Db,
  text: string,
  limit: number,
  { layer, country }: Within,
): Promise<{ places: Place[]; sure: boolean }> {
  const typed = fold(text).slice(0, LONGEST_NAME)
  const parts = namesIn(typed)
  const name = parts.at(-1) ?? typed
  const rows = await prepared(
    db,
    'find',
    FIND,
    [name, soundOf(name), parts.flatMap(marksOf), layer, country],
    (row) => namedRow.parse(row),
  )
  const likeness = likenessTo(typed)
  const best = new Map<string, Weighed>()
  for (const row of rows) {
    const weighed = weigh(row, likeness(row.alias, row.sound))
    if (weighed && weighed.like > (best.get(row.id)?.like ?? 0)) best.set(row.id, weighed)
  }
  const ranked = [...best.values()].sort((a, b) => b.like - a.like || a.rank - b.rank)
  return {
    places: ranked.slice(0, limit).map(({ place }) => place),
    sure: isSure(ranked.map(({ like }) => like)),
  }
}

type Weighed = { readonly place: Place; readonly rank: number; readonly like: number }

function weigh(
  { alias: _a, sound: _s, trigrams, rank, ...place }: z.infer<typeof namedRow>,
  like: number,
): Weighed | null {
  if (like < LEAST.likeness && trigrams < LEAST.trigrams) return null
  return { place, rank, like: Math.max(like, Math.min(trigrams, LEAST.likeness)) }
}

/** The rows of a place's names, which are folded. */
export const nameRows = (place: string, names: readonly string[]) =>
  names.map((name) => ({ place, name, sound: soundOf(name), marks: marksOf(name), rules: SOUND_RULES }))

const MARKED_AT_ONCE = 1_000

/** Marks the names that other rules marked, or none. Several processes may do it at once. */
export async function markNames(db: Db): Promise<void> {
  for (;;) {
    const names: { place: string; name: string }[] = await db('place_names')
      .whereNot('rules', SOUND_RULES)
      .select('place', 'name')
      .limit(MARKED_AT_ONCE)
    if (names.length === 0) return
    const rows = names.flatMap(({ place, name }) => nameRows(place, [name]))
    await db('place_names').insert(rows).onConflict(['place', 'name']).merge()
  }
}
