import { fold } from '../../core/talk/reading.ts'
import { inEveryLanguage, type WordKey } from '../words/index.ts'
import { type Field, type Given, given, once } from './field.ts'
import type { LineWords, OtherVehicle, ServiceLine } from './line.ts'

const FIELD = 'by'

/** The vehicle that is wanted in place of the line's usual one; undefined where that is meant. */
export const otherOf = ({ other }: Pick<ServiceLine, 'other'>, said: Given): OtherVehicle | undefined =>
  other && given(said, FIELD)?.value === other.id ? other : undefined

/** The tariff it goes by. */
export const tariffOf = (line: ServiceLine, said: Given): string => otherOf(line, said)?.id ?? line.id

/** What a booking says of itself, as its vehicle words it. */
export const wordsOf = (line: ServiceLine, said: Given): LineWords => ({
  ...line.words,
  ...otherOf(line, said)?.words,
})

/** The other of the two vehicles: said before all else, so that whoever goes back does not come to it. */
export function toOther(line: ServiceLine, said: Given): Given {
  const rest = said.filter(({ field }) => field !== FIELD)
  if (!line.other || otherOf(line, said)) return rest
  return [{ field: FIELD, value: line.other.id, label: line.other.id }, ...rest]
}

/** The usual vehicle or the other one, by the words for them in any language; never asked. */
export const byVehicle = (
  say: WordKey,
  [usual, other]: readonly [usual: WordKey, other: WordKey],
): Field => ({
  ...once(FIELD, say),
  of: null,
  options: [],
  worded: [usual, other],
  other: null,
  parse(raw) {
    const text = fold(raw)
    const isOne = (value: string, key: WordKey) =>
      text === value || inEveryLanguage(key).some((word) => fold(word) === text)
    const value = isOne('car', other) ? 'car' : isOne('moto', usual) ? 'moto' : null
    return value === null ? { kind: 'wrong', why: 'unclear' } : { kind: 'ok', value, label: value }
  },
})
