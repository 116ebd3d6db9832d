import { z } from 'zod'
import type { Miss } from '../../core/move/misses.ts'
import type { PlaceLessons } from '../../core/move/places.ts'
import { type Db, prepared } from './connect.ts'
import { nameRows } from './place-names.ts'

/** Names of places inside a transaction. */
export type LessonTx = { readonly lessons: PlaceLessons }

/** So many different people must have meant the same place by a name, and so large a part of all who typed it. */
export const BELIEVED = { people: 3, share: 2 / 3 } as const

// What is already a place's name there is never made another's.
const WHO_MEANS = `
select m.place, count(*)::int as people, sum(count(*)) over ()::int as all
from place_misses m join places p on p.id = m.place
where m.name = $1 and p.layer = (select layer from places where id = $2)
  and not exists (select from place_names n join places o on o.id = n.place where n.name = $1 and o.layer = p.layer)
group by m.place order by people desc, m.place`
const meantRow = z.object({ place: z.string(), people: z.int(), all: z.int() })

export function createLessonTx(trx: Db): LessonTx {
  const learn = async ({ name, place }: Miss, person: string, at: number): Promise<void> => {
    const [known] = await trx('places').where({ id: place }).select('id')
    if (!known) return
    await trx('place_misses').insert({ name, place, person, at }).onConflict().ignore()
    const [first] = await prepared(trx, 'who_means', WHO_MEANS, [name, place], (row) => meantRow.parse(row))
    if (!first || first.people < BELIEVED.people || first.people < first.all * BELIEVED.share) return
    const rows = nameRows(first.place, [name]).map((row) => ({ ...row, learned: true }))
    await trx('place_names').insert(rows).onConflict(['place', 'name']).ignore()
  }
  return {
    lessons: {
      async learn(misses, person, at) {
        for (const miss of misses) await learn(miss, person, at)
      },
    },
  }
}
