import { z } from 'zod'
import { silent } from '../src/core/base/log.ts'
import { connectPostgres, type Db, prepared } from '../src/integrations/postgres/connect.ts'
import { misspeltNames, rwandaNames } from '../test/core/places/benchmark.ts'
import { type Find, fillPlaces, ours, recall, TRIGRAMS } from '../test/core/places/recall.ts'
import { interleaved } from './measure.ts'
import { median, quantile, spread, table, whole } from './numbers.ts'
import type { Rig } from './rig.ts'

export type PlacesPlan = { readonly rounds: number; readonly places: number; readonly searches: number }

const SUBJECTS = {
  ours: 'places as we find them',
  bare: 'order by trigram similarity, same index',
} as const
const NAMES = ['ours', 'bare'] as const

/**
 * Misspelt names of Rwanda looked for among so many places, one after the other, by us and by the least that
 * PostgreSQL does for it, in turns.
 * @returns markdown
 */
export async function places(rig: Rig, plan: PlacesPlan): Promise<string> {
  const db = connectPostgres(await rig.database('places'), silent)
  try {
    // Only these: the demo's own names would be found among them.
    await db.raw('truncate place_names')
    await fillPlaces(db, townsOf(rwandaNames(), plan.places))
    const finds: Readonly<Record<(typeof NAMES)[number], Find>> = { ours: ours(db), bare: bare(db) }
    const misspelt = misspeltNames()
    const spaced = misspelt.filter((_, n) => n % Math.ceil(misspelt.length / plan.searches) === 0)
    const taken = await interleaved(NAMES, plan.rounds, (name) => timed(finds[name], spaced))
    const rows = await Promise.all(
      NAMES.map(async (name) => {
        const { first, firstThree } = await recall(finds[name], misspelt)
        const ms = (share: number) => median(taken(name).map((all) => quantile(all, share))).toFixed(2)
        return [SUBJECTS[name], ms(0.5), ms(0.95), percent(first), percent(firstThree)]
      }),
    )
    const ratio = (share: number) =>
      spread(taken('ours').map((all, n) => quantile(all, share) / quantile(taken('bare')[n] ?? [], share)))
    return [
      table([`${whole(plan.places)} places`, 'p50 ms', 'p95 ms', 'first', 'first three'], rows),
      '',
      `ours ÷ bare: p50 ${ratio(0.5)} · p95 ${ratio(0.95)} (median, lowest–highest round)`,
    ].join('\n')
  } finally {
    await db.destroy()
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

const named = z.object({ name: z.string() })
const bare =
  (db: Db): Find =>
  async (typed) => ({
    names: await prepared(db, 'trigrams', TRIGRAMS, [typed], (row) => named.parse(row).name),
    sure: false,
  })

/** How long each took, ms, ascending. */
async function timed(find: Find, misspelt: readonly { readonly typed: string }[]): Promise<Float64Array> {
  const taken = new Float64Array(misspelt.length)
  for (const [n, { typed }] of misspelt.entries()) {
    const began = performance.now()
    await find(typed)
    taken[n] = performance.now() - began
  }
  return taken.sort()
}

const SYLLABLES = { least: 3, more: 3 } as const

/** The names, and others made of their syllables, as often as they come in them, until there are so many; always the same. */
function townsOf(names: readonly string[], count: number): string[] {
  const syllables = names.flatMap((name) => name.replaceAll(' ', '').match(/[^aeiou]*[aeiou]/g) ?? [])
  const towns = new Set(names)
  let state = 1
  // A linear congruence of 32 bits (Numerical Recipes); its high bits are the good ones.
  const below = (bound: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
  while (towns.size < count) {
    const length = SYLLABLES.least + below(SYLLABLES.more)
    towns.add(Array.from({ length }, () => syllables[below(syllables.length)]).join(''))
  }
  return [...towns]
}
