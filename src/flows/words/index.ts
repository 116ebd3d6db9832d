import { z } from 'zod'
import { isLanguage, LANGUAGES, type Language } from '../../core/base/languages.ts'
import { withinLine } from '../../core/talk/air.ts'
import type { Chrome } from '../../core/talk/prompt.ts'
import { ar } from './ar/index.ts'
import { en, type WordKey, type Words } from './en/index.ts'
import { fr } from './fr/index.ts'
import { rw } from './rw/index.ts'
import { sw } from './sw/index.ts'
import { ur } from './ur/index.ts'

export { isLanguage, LANGUAGES, type Language, type WordKey }

/** What `{…}` a text wants filled in. */
type Slots<Text extends string> = Text extends `${string}{${infer Slot}}${infer Rest}`
  ? Slot | Slots<Rest>
  : never
export type Args<K extends WordKey> = Readonly<Record<Slots<(typeof en)[K]>, string>>

const TABLES: Readonly<Record<Language, Words>> = { en, rw, fr, sw, ar, ur }

/** Where people call when the machine is not enough; printed in every confirmation. */
export const HELP_PHONE = '3847'

/** The key, if it is one of ours. */
export const wordKeyOf = (key: string): WordKey | undefined => (isWordKey(key) ? key : undefined)
export const isWordKey = (key: string): key is WordKey => Object.hasOwn(en, key)

/** A text not yet in any language, as an effect carries it. */
export type Phrase = { readonly key: WordKey; readonly args: Readonly<Record<string, string>> }

export const phraseSchema = z.object({
  key: z.custom<WordKey>((key) => typeof key === 'string' && isWordKey(key)),
  args: z.record(z.string(), z.string()),
})

/** A text with its slots filled; forgetting one does not compile. */
export const phrase = <K extends WordKey>(
  key: K,
  ...[args]: Slots<(typeof en)[K]> extends never ? [] : [Args<K>]
): Phrase => ({ key, args: args ?? {} })

/** The text with its slots still open. */
export const textOf = (language: Language, key: WordKey): string => TABLES[language][key]

/** The text in a language; in English where we do not speak it. */
export function render({ key, args }: Phrase, language: string): string {
  const text = TABLES[isLanguage(language) ? language : 'en'][key]
  return text.includes('{')
    ? text.replace(/\{(\w+)\}/g, (_, slot: string) => filling(slot, args[slot] ?? ''))
    : text
}

/** What is made of several lines, each of which was rendered here. */
const OF_LINES: ReadonlySet<string> = new Set(['lines', 'list', 'question', 'summary'])
/** What fills a slot is often somebody's name, and ends no line. */
const filling = (slot: string, text: string): string => (OF_LINES.has(slot) ? text : withinLine(text))

/** A phrase at once in a language. */
export const say = <K extends WordKey>(
  language: string,
  key: K,
  ...rest: Slots<(typeof en)[K]> extends never ? [] : [Args<K>]
): string => render(phrase(key, ...rest), language)

/** The same word in every language: whatever a person speaks, they may answer in any. */
export const inEveryLanguage = (key: WordKey): string[] => LANGUAGES.map((language) => textOf(language, key))

const chromeIn = (language: Language): Chrome => ({
  more: say(language, 'more'),
  back: say(language, 'back'),
  home: say(language, 'home'),
  notHeard: say(language, 'notHeard'),
  press: (label, key) => say(language, 'press', { label, key }),
  choose: say(language, 'choose'),
  sendPin: say(language, 'sendPin'),
  goodbye: say(language, 'goodbye'),
})

const CHROMES = new Map<string, Chrome>(LANGUAGES.map((language) => [language, chromeIn(language)]))
const ENGLISH = chromeIn('en')

/** What every channel adds to a prompt. */
export const chrome = (language: string): Chrome => CHROMES.get(language) ?? ENGLISH
