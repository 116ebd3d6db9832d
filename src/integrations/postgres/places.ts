import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Place, Places, Within } from '../../core/move/places.ts'
import { type Tariffs, tariffRules } from '../../core/sell/fare.ts'
import { type Db, prepared } from './connect.ts'
import { findNamed, PLACE, placeRow } from './place-names.ts'

const WITHIN = 'layer = $2 and ($3::text is null or country = $3)'
const AREAS = `select area from places where ${WITHIN} group by area order by min(rank) limit $1`
const IN_AREA = `select ${PLACE} from places where ${WITHIN} and area = $4 order by rank, id limit $1`
const areaRow = z.object({ area: z.string() })

/** Places and tariffs change from day to day, not from hop to hop: a reading serves for a minute. */
const REMEMBERED = { max: 10_000, ttl: 60_000 } as const

/** The gazetteer: by stage number, by name however it is spelt, and by position. */
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
    async find(text, limit, within) {
      if (within.layer === 'city' || !/^\d{1,5}$/.test(text.trim())) return findNamed(db, text, limit, within)
      const places = await byStage(Number(text))
      return { places, sure: places.length === 1 }
    },
    popular: async (limit, within) =>
      (await popular.fetch(`${limit} ${within.layer} ${within.country}`, { context: { limit, within } })) ??
      [],
    areas: (limit, { layer, country }) =>
      prepared(db, 'areas', AREAS, [limit, layer, country], (row) => areaRow.parse(row).area),
    inArea: (area, limit, { layer, country }) => read('in_area', IN_AREA, [limit, layer, country, area]),
    byId: async (id) => (await known.fetch(id)) ?? null,
    nearest: async ({ lat, lng }, { layer }) =>
      (await read('nearest', nearest, [lat, lng, layer]))[0] ?? null,
  }
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
