import type { Expects, Option } from '../../core/talk/prompt.ts'
import { inEveryLanguage, type Phrase, phrase, type WordKey } from '../words/index.ts'

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
  readonly say: Phrase
  /** What may be typed besides choosing. */
  readonly other: Expects | null
  parse(raw: string, found: readonly Option[], said: Given): Parsed
}

/** A place by landmark, stage number or pin. `unlike` names a field whose place it may not be. */
export const place = (id: string, say: 'rideFrom' | 'rideTo', unlike?: string): Field => ({
  id,
  when: (said) => given(said, id) === undefined,
  of: 'places',
  say: phrase(say),
  other: 'place',
  parse(raw, found, said) {
    const option = found.find(({ value }) => value === raw)
    if (!option) return { kind: 'lookUp', text: raw }
    if (unlike && given(said, unlike)?.value === raw) return { kind: 'wrong', why: 'samePlace' }
    return { kind: 'ok', value: option.value, label: option.label }
  },
})

/** An option said with the same word in every language. */
export const choice = (value: string, key: WordKey, label: string, ...others: readonly string[]): Option => ({
  value,
  label,
  synonyms: [...inEveryLanguage(key), ...others],
})
