import { z } from 'zod'
import type { Place, Places } from '../../core/move/places.ts'
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
const PLACE = 'id, name, area, stage, at[1] as lat, at[0] as lng'

/** Below this likeness (0 to 1) a name is somebody else's. */
const LEAST_LIKE = 0.35
/** The best must be this like, and this far ahead of the second, to be taken without asking. */
const SURE = { like: 0.75, ahead: 0.2 } as const

const FIND = `
select ${PLACE}, $1 = any(aliases) as exact, (select max(similarity(alias, $1)) from unnest(aliases) alias) as likeness
from places where alias_text % $1 or $1 <% alias_text
order by exact desc, likeness desc, rank limit greatest($2, 2)`

/** The gazetteer: exact names and stage numbers first, then the most alike by trigrams. */
export function createPlaces(db: Db): Places {
  const read = (name: string, text: string, values: readonly unknown[]) =>
    prepared(db, name, text, values, (row) => placeRow.parse(row))
  let popular: {
    readonly limit: number
    readonly until: number
    readonly places: Promise<readonly Place[]>
  } | null = null
  return {
    async find(text, limit) {
      if (/^\d{1,5}$/.test(text.trim())) {
        const places = await read('by_stage', `select ${PLACE} from places where stage = $1`, [Number(text)])
        return { places, sure: places.length === 1 }
      }
      const scored = placeRow.extend({ exact: z.boolean(), likeness: z.number() })
      const rows = (await prepared(db, 'find', FIND, [fold(text), limit], (row) => scored.parse(row))).filter(
        (row) => row.exact || row.likeness >= LEAST_LIKE,
      )
      const [first, second] = rows
      const ahead = (first?.likeness ?? 0) - (second?.likeness ?? 0) >= SURE.ahead
      const sure =
        first !== undefined && ((first.exact && !second?.exact) || (first.likeness >= SURE.like && ahead))
      return { places: rows.slice(0, limit).map(({ exact: _e, likeness: _l, ...place }) => place), sure }
    },
    popular(limit) {
      const now = performance.now()
      if (!popular || popular.limit !== limit || popular.until < now) {
        const places = read('popular', `select ${PLACE} from places order by rank limit $1`, [limit])
        popular = { limit, until: now + POPULAR_MS, places }
        places.catch(() => {
          popular = null
        })
      }
      return popular.places
    },
    byId: async (id) => (await read('place', `select ${PLACE} from places where id = $1`, [id]))[0] ?? null,
    nearest: async ({ lat, lng }) =>
      (
        await read('nearest', `select ${PLACE} from places order by at <-> point($2, $1) limit 1`, [lat, lng])
      )[0] ?? null,
  }
}

/** The most asked-for places change from day to day, not from hop to hop. */
const POPULAR_MS = 60_000

export function createTariffs(db: Db): Tariffs {
  const text =
    'select rules from tariffs where line = $1 and valid_from <= $2 order by valid_from desc limit 1'
  return {
    async inForce(line, at) {
      const rows = await prepared(
        db,
        'tariff',
        text,
        [line, at],
        (row) => z.object({ rules: tariffRules }).parse(row).rules,
      )
      return rows[0] ?? null
    },
  }
}
