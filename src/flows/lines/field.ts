import { parsePhone } from '../../core/base/phone.ts'
import type { Expects, Option } from '../../core/talk/prompt.ts'
import { inEveryLanguage, type Phrase, type WordKey } from '../words/index.ts'

/** One thing said: what is stored, and how it is shown. */
export type Answer = { readonly field: string; readonly value: string; readonly label: string }

/** Everything said, in the order it was said; going back drops the last. */
export type Given = readonly Answer[]

export const given = (said: Given, field: string): Answer | undefined =>
  said.findLast((answer) => answer.field === field)

/** What an answer means to a field. `lookUp`: only the world knows. */
export type Parsed =
  | { readonly kind: 'ok'; readonly value: string; readonly label: string }
  | { readonly kind: 'lookUp'; readonly text: string }
  | { readonly kind: 'wrong'; readonly why: WordKey }

/** What can be looked up: places where somebody comes, towns that are travelled between, what leaves when. */
export const LOOK_UPS = ['places', 'cities', 'departures'] as const
export type LookUp = (typeof LOOK_UPS)[number]

/** One question of a line's form. Pure. */
export interface Field {
  readonly id: string
  /** Is this the thing to ask now? */
  when(said: Given): boolean
  /** Choices only the world knows, fetched before the question is shown. */
  readonly of: LookUp | null
  /** Said when nothing fits what was typed, or several do. */
  readonly unknown: WordKey
  readonly several: WordKey | null
  /** Choices that are always the same. */
  readonly options: readonly Option[]
  readonly say: Phrase
  /** What may be typed besides choosing. */
  readonly other: Expects | null
  parse(raw: string, found: readonly Option[], said: Given): Parsed
}

/** Asked until it is answered. */
const once = (id: string, say: WordKey) => ({
  id,
  when: (said: Given) => given(said, id) === undefined,
  say: { key: say, args: {} },
  unknown: 'unclear' as const,
  several: null,
})

/** A place by landmark, stage number or pin. `unlike` names a field whose place it may not be. */
export const place = (
  id: string,
  say: WordKey,
  unlike?: string,
  of: 'places' | 'cities' = 'places',
): Field => ({
  ...once(id, say),
  of,
  unknown: 'unknownPlace',
  several: 'whichPlace',
  options: [],
  other: 'place',
  parse(raw, found, said) {
    const option = found.find(({ value }) => value === raw)
    if (!option) return { kind: 'lookUp', text: raw }
    if (unlike && given(said, unlike)?.value === raw) return { kind: 'wrong', why: 'samePlace' }
    return { kind: 'ok', value: option.value, label: option.label }
  },
})

/** What leaves by a timetable; typed, a day or an hour to look from. */
export const departure = (id: string, say: WordKey): Field => ({
  ...once(id, say),
  of: 'departures',
  unknown: 'noBus',
  options: [],
  other: 'date',
  parse(raw, found) {
    const option = found.find(({ value }) => value === raw)
    // The price behind the comma is the price of that moment.
    return option
      ? { kind: 'ok', value: option.value, label: option.label.split(',')[0] ?? option.label }
      : { kind: 'lookUp', text: raw }
  },
})

/** How many travel, or who: `3`, or names with commas between. */
export const travellers = (id: string, say: WordKey, most: number): Field => ({
  ...once(id, say),
  of: null,
  options: [],
  other: 'text',
  parse(raw) {
    const text = raw.trim()
    if (/^\d+$/.test(text)) {
      const count = Number(text)
      if (count < 1 || count > most) return { kind: 'wrong', why: 'tooManySeats' }
      return { kind: 'ok', value: String(count), label: String(count) }
    }
    const names = text.split(/\s*[,;&]\s*|\s+(?:and|et|na)\s+/i).filter((name) => name !== '')
    if (names.length > most) return { kind: 'wrong', why: 'tooManySeats' }
    if (names.length === 0 || !names.every((name) => NAME.test(name)))
      return { kind: 'wrong', why: 'unclear' }
    return { kind: 'ok', value: names.join(', '), label: String(names.length) }
  },
})

const NAME = /^\p{L}[\p{L}\p{M}'. -]{1,39}$/u

/** Somebody's phone number, as people of the country write it. */
export const phone = (id: string, say: WordKey): Field => ({
  ...once(id, say),
  of: null,
  options: [],
  other: 'phone',
  parse(raw) {
    const number = parsePhone(raw)
    return number ? { kind: 'ok', value: number, label: number } : { kind: 'wrong', why: 'wrongPhone' }
  },
})

/** A weight in kilograms, which is booked as the next of the steps that covers it. */
export const weight = (id: string, say: WordKey, stepsKg: readonly number[]): Field => ({
  ...once(id, say),
  of: null,
  options: stepsKg.map((kg) => ({ value: String(kg), label: `${kg} kg` })),
  other: 'digits',
  parse(raw) {
    const [, said = ''] = /^\s*(\d{1,4}(?:[.,]\d{1,3})?)\s*(?:kg)?\s*$/i.exec(raw) ?? []
    const step = stepsKg.find((kg) => Number(said.replace(',', '.')) <= kg)
    if (said === '') return { kind: 'wrong', why: 'unclear' }
    return step
      ? { kind: 'ok', value: String(step), label: `${step} kg` }
      : { kind: 'wrong', why: 'tooHeavy' }
  },
})

/** An option said with the same word in every language. */
export const choice = (value: string, key: WordKey, label: string, ...others: readonly string[]): Option => ({
  value,
  label,
  synonyms: [...inEveryLanguage(key), ...others],
})
