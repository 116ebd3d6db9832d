import { fold } from '../core/talk/reading.ts'
import { LINES } from './lines/index.ts'
import type { ServiceLine } from './lines/line.ts'
import { keywords as ar } from './words/ar/keywords.ts'
import { keywords as en } from './words/en/keywords.ts'
import { keywords as fr } from './words/fr/keywords.ts'
import { LANGUAGES, type Language } from './words/index.ts'
import { keywords as rw } from './words/rw/keywords.ts'
import { keywords as sw } from './words/sw/keywords.ts'
import { keywords as ur } from './words/ur/keywords.ts'
import { type Keywords, VERBS, type Verb } from './words/verbs.ts'

/** All languages are understood at once. */
const KEYWORDS: Readonly<Record<Language, Keywords>> = { en, rw, fr, sw, ar, ur }

/** What a word begins: one of our verbs, a booking, or another language; and whose word it is. */
export type Meaning = { readonly language: Language } & (
  | { readonly verb: Verb }
  | { readonly line: ServiceLine }
  | { readonly speak: Language }
)

/** By the word as it is folded. Of two with the same word, the first language and the first in the list has it. */
export const MEANINGS = new Map<string, Meaning>()
const mean = (words: string, meaning: Meaning) => {
  for (const word of words.split(' ').map(fold)) if (!MEANINGS.has(word)) MEANINGS.set(word, meaning)
}
for (const language of LANGUAGES) {
  const { itself, ...verbs } = KEYWORDS[language]
  for (const line of LINES) mean(line.keywords[language], { line, language })
  for (const verb of VERBS) if (verbs[verb] !== undefined) mean(verbs[verb], { verb, language })
  mean(itself, { speak: language, language })
}
