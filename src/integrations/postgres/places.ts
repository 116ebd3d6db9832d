import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Place, Places, Within } from '../../core/move/places.ts'
import { type Tariffs, tariffRules } from '../../core/sell/fare.ts'
import { fold } from '../../core/talk/reading.ts'
import { type Db, prepared } from './connect.ts'

const placeRow = z.object({
  id: z.string(),
  name: z.string(),
  area: z.string(),
  stage: z.int().nullable(),
  lat: z.number(),
  lng: z.number(),
})
const WITHIN = 'layer = $2 and ($3::text is null or country = $3)'
const PLACE = 'id, name, area, stage, at[1] as lat, at[0] as lng'

/** Below this likeness (0 to 1) a name is somebody else's. */
const LEAST_LIKE = 0.35
/** The best must be this like, and this far ahead of the second, to be taken without asking. */
const SURE = { like: 0.75, ahead: 0.2 } as const

const FIND = `
select ${PLACE}, $1 = any(aliases) as exact, (select max(similarity(alias, $1)) from unnest(aliases) alias) as likeness
from places where (alias_text % $1 or $1 <% alias_text) and layer = $3 and ($4::text is null or country = $4)
order by exact desc, likeness desc, rank limit greatest($2, 2)`

/** Places and tariffs change from day to day, not from hop to hop: a reading serves for a minute. */
const REMEMBERED = { max: 10_000, ttl: 60_000 } as const

/** The gazetteer: exact names and stage numbers first, then the most alike by trigrams. */
export function createPlaces(db: Db): Places {
  const read = (name: string, text: string, values: readonly unknown[]) =>
    prepared(db, name, text, values, (row) => placeRow.parse(row))
  const popular = new LRUCache<string, readonly Place[], { limit: number; within: Within }>({
    ...REMEMBERED,
    fetchMethod: (_key, _old, { context: { limit, within } }) =>
      read('popular', `select ${PLACE} from places where ${WITHIN} order by rank, id limit $1`, [
        limit,
        within.layer,
        within.country,
      ]),
  })
  const known = new LRUCache<string, Place>({
    ...REMEMBERED,
    fetchMethod: async (id) => (await read('place', `select ${PLACE} from places where id = $1`, [id]))[0],
  })
  const byStage = (stage: number) => read('by_stage', `select ${PLACE} from places where stage = $1`, [stage])
  const nearest = `select ${PLACE} from places where layer = $3 order by at <-> point($2, $1) limit 1`
  return {
    async find(text, limit, { layer, country }) {
      if (layer === 'stage' && /^\d{1,5}$/.test(text.trim())) {
        const places = await byStage(Number(text))
        return { places, sure: places.length === 1 }
      }
      const rows = (
        await prepared(db, 'find', FIND, [fold(text), limit, layer, country], (row) => scoredRow.parse(row))
      ).filter((row) => row.exact || row.likeness >= LEAST_LIKE)
      return {
        places: rows.slice(0, limit).map(({ exact: _e, likeness: _l, ...place }) => place),
        sure: isSure(rows),
      }
    },
    popular: async (limit, within) =>
      (await popular.fetch(`${limit} ${within.layer} ${within.country}`, { context: { limit, within } })) ??
      [],
    byId: async (id) => (await known.fetch(id)) ?? null,
    nearest: async ({ lat, lng }, { layer }) =>
      (await read('nearest', nearest, [lat, lng, layer]))[0] ?? null,
  }
}

const scoredRow = placeRow.extend({ exact: z.boolean(), likeness: z.number() })

/** Whether the first is plainly what was meant. */
function isSure([first, second]: readonly z.infer<typeof scoredRow>[]): boolean {
  if (!first) return false
  if (first.exact && !second?.exact) return true
  return first.likeness >= SURE.like && first.likeness - (second?.likeness ?? 0) >= SURE.ahead
}

const tariffRow = z.object({ valid_from: z.number(), rules: tariffRules })

export function createTariffs(db: Db): Tariffs {
  const text = 'select valid_from, rules from tariffs where line = $1 order by valid_from desc'
  const dated = new LRUCache<string, z.infer<typeof tariffRow>[]>({
    ...REMEMBERED,
    fetchMethod: (line) => prepared(db, 'tariffs', text, [line], (row) => tariffRow.parse(row)),
  })
  return {
    async inForce(line, at) {
      const tariffs = (await dated.fetch(line)) ?? []
      return tariffs.find(({ valid_from }) => valid_from <= at)?.rules ?? null
    },
  }
}
