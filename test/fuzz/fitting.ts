/** Values that a JSON Schema of ours lets through, or nearly. */
import { z } from 'zod'
import type { Random } from '../../simulators/random.ts'
import { mutated, pick } from './mutate.ts'
import { TYPED } from './samples.ts'

type Json = Readonly<Record<string, unknown>>

const shape = z.looseObject({
  type: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  oneOf: z.array(z.record(z.string(), z.unknown())).optional(),
  anyOf: z.array(z.record(z.string(), z.unknown())).optional(),
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  required: z.array(z.string()).default([]),
  items: z.record(z.string(), z.unknown()).optional(),
  pattern: z.string().optional(),
})

const MOST_ITEMS = 3
const NUMBERS = [0, 1, -1, 5, 100, 450_000, 1e15, 0.5, 1_796_000_000_000] as const
/** What ids, codes, days and the like look like. */
export const NAMES: readonly string[] = [
  ...['bk_0193f0c0a0e07000a000000000000000', 'in_1', '7730', 'RW', 'RWF', '2026-W48', '2026-11-30'],
  ...['042137', '18:00', '+250788000001', 'Remera', 'Kacyiru', 'yes', 'back', '5'],
]
/** Where one of these may stand, something else does. */
const STRANGE = [null, true, [], {}, 'x'.repeat(5_000), -0, { __proto__: null }] as const

/** One in so many values is something else altogether. */
const ODDS = 12

/** A value that fits, but for what is changed on the way. @param names what ids and the like are taken from */
export function fitting(schema: Json, random: Random, names = NAMES): unknown {
  const read = shape.safeParse(schema)
  if (!read.success || random.between(1, ODDS) === 1) return pick(random, STRANGE)
  const { type, enum: all, oneOf, anyOf, properties = {}, required, items, pattern } = read.data
  if ('const' in schema) return read.data.const
  if (all) return pick(random, all)
  const several = oneOf ?? anyOf
  if (several) return fitting(pick(random, several), random, names)
  switch (type) {
    case 'object': {
      const given = Object.entries(properties).filter(
        ([name]) => random.between(0, 5) > (required.includes(name) ? 0 : 2),
      )
      const fields = given.map(([name, own]) => [mutatedName(name, random), fitting(own, random, names)])
      return Object.fromEntries(fields)
    }
    case 'array':
      return Array.from({ length: random.between(0, MOST_ITEMS) }, () => fitting(items ?? {}, random, names))
    case 'integer':
    case 'number':
      return pick(random, NUMBERS)
    case 'boolean':
      return random.between(0, 1) === 1
    default:
      return random.between(0, 2) > 0
        ? pick(random, named(names, pattern))
        : mutated(pick(random, TYPED), random)
  }
}

/** Names that have this form; all where none has. */
function named(names: readonly string[], pattern: string | undefined): readonly string[] {
  const fit = pattern === undefined ? [] : names.filter((name) => new RegExp(pattern, 'u').test(name))
  return fit.length > 0 ? fit : names
}

const mutatedName = (name: string, random: Random): string =>
  random.between(1, ODDS * 2) === 1 ? mutated(name, random) : name
