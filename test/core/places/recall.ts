import type { Db } from '../../../src/integrations/postgres/connect.ts'
import { findNamed, nameRows } from '../../../src/integrations/postgres/place-names.ts'
import type { Misspelt } from './misspell.ts'

export const WITHIN = { layer: 'stage', country: 'RW' } as const
const CHUNK = 1_000

/** A place for each name, named only so. */
export async function fillPlaces(db: Db, names: readonly string[]): Promise<void> {
  const at = db.raw('point(30, -2)')
  const rows = names.map((name, rank) => ({ id: `town ${name}`, name, area: '', rank, ...WITHIN, at }))
  await db.batchInsert('places', rows, CHUNK)
  await db.batchInsert(
    'place_names',
    names.flatMap((name) => nameRows(`town ${name}`, [name])),
    CHUNK,
  )
  await db.raw('analyze places, place_names')
}

/** The names found, best first, and whether the first would be taken without asking. */
export type Find = (typed: string) => Promise<{ readonly names: readonly string[]; readonly sure: boolean }>

export const ours =
  (db: Db): Find =>
  async (typed) => {
    const { places, sure } = await findNamed(db, typed, 3, WITHIN)
    return { names: places.map(({ name }) => name), sure }
  }

/** The least that PostgreSQL does for it: the most alike by trigrams, with the same index. */
export const TRIGRAMS =
  'select name from place_names where name % $1 order by similarity(name, $1) desc, name limit 3'

/** Shares of the misspelt names, 0 to 1; `wrong` is the share of the sure ones that were another place. */
export type Recall = {
  readonly first: number
  readonly firstThree: number
  readonly sure: number
  readonly wrong: number
}

export async function recall(find: Find, misspelt: readonly Misspelt[]): Promise<Recall> {
  const count = { first: 0, firstThree: 0, sure: 0, wrong: 0 }
  for (const { typed, name } of misspelt) {
    const { names, sure } = await find(typed)
    if (names[0] === name) count.first += 1
    if (names.slice(0, 3).includes(name)) count.firstThree += 1
    if (sure) count.sure += 1
    if (sure && names[0] !== name) count.wrong += 1
  }
  const share = (some: number, all: number) => some / Math.max(1, all)
  return {
    first: share(count.first, misspelt.length),
    firstThree: share(count.firstThree, misspelt.length),
    sure: share(count.sure, misspelt.length),
    wrong: share(count.wrong, count.sure),
  }
}
