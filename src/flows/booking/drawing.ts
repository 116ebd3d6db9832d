import type { Option, Prompt } from '../../core/talk/prompt.ts'
import { choice } from '../lines/field.ts'
import { inEveryLanguage, render, say, type WordKey } from '../words/index.ts'
import type { BookingContext } from './model.ts'

/** A booking as one person reads it. */
export type Draw = (context: BookingContext, language: string) => Prompt

export const wait = (id: string, text: string, options: readonly Option[] = []): Prompt => ({
  kind: 'tell',
  id,
  say: text,
  next: 'wait',
  options,
})
export const end = (id: string, text: string): Prompt => ({ kind: 'tell', id, say: text, next: 'end' })

export const cancel = (language: string): Option =>
  choice('cancel', 'cancelTrip', say(language, 'cancelTrip'))
export const yes = (language: string): Option => ({
  ...{ value: 'yes', label: say(language, 'yes'), synonyms: [...inEveryLanguage('yes'), 'y', 'ok'] },
})
export const no = (language: string): Option => ({
  ...{ value: 'no', label: say(language, 'no'), synonyms: [...inEveryLanguage('no'), 'n'] },
})
/** What is meant by its own words, whoever reads them. */
export const inWords = (key: WordKey, language: string): Option => {
  const label = render({ key, args: {} }, language)
  return choice(label, key, label)
}
