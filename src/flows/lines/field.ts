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

/** One question of a line's form. Pure. */
export interface Field {
  readonly id: string
  /** Is this the thing to ask now? */
  when(said: Given): boolean
  /** Choices only the world knows, fetched before the question is shown. */
  readonly of: 'places' | null
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
})

/** A place by landmark, stage number or pin. `unlike` names a field whose place it may not be. */
export const place = (id: string, say: WordKey, unlike?: string): Field => ({
  ...once(id, say),
  of: 'places',
  options: [],
  other: 'place',
  parse(raw, found, said) {
    const option = found.find(({ value }) => value === raw)
    if (!option) return { kind: 'lookUp', text: raw }
    if (unlike && given(said, unlike)?.value === raw) return { kind: 'wrong', why: 'samePlace' }
    return { kind: 'ok', value: option.value, label: option.label }
  },
})

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
