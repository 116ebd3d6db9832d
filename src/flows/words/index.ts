import { z } from 'zod'
import type { Chrome } from '../../core/talk/prompt.ts'
import { en, type WordKey, type Words } from './en.ts'
import { fr } from './fr.ts'
import { rw } from './rw.ts'

export type { WordKey }

/** What `{…}` a text wants filled in. */
type Slots<Text extends string> = Text extends `${string}{${infer Slot}}${infer Rest}`
  ? Slot | Slots<Rest>
  : never
export type Args<K extends WordKey> = Readonly<Record<Slots<(typeof en)[K]>, string>>

const TABLES = { en, rw, fr } as const satisfies Readonly<Record<string, Words>>

/** Where people call when the machine is not enough; printed in every confirmation. */
export const HELP_PHONE = '3847'

export type Language = keyof typeof TABLES
export const LANGUAGES = ['en', 'rw', 'fr'] as const satisfies readonly Language[]

export const isLanguage = (code: string): code is Language => Object.hasOwn(TABLES, code)

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

/** The text in a language; in English where we do not speak it. */
export function render({ key, args }: Phrase, language: string): string {
  const text = TABLES[isLanguage(language) ? language : 'en'][key]
  return text.includes('{') ? text.replace(/\{(\w+)\}/g, (_, slot: string) => args[slot] ?? '') : text
}

/** A phrase at once in a language. */
export const say = <K extends WordKey>(
  language: string,
  key: K,
  ...rest: Slots<(typeof en)[K]> extends never ? [] : [Args<K>]
): string => render(phrase(key, ...rest), language)

/** The same word in every language: whatever a person speaks, they may answer in any. */
export const inEveryLanguage = (key: WordKey): string[] => LANGUAGES.map((language) => TABLES[language][key])

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

const CHROMES: Readonly<Record<Language, Chrome>> = {
  en: chromeIn('en'),
  rw: chromeIn('rw'),
  fr: chromeIn('fr'),
}

/** What every channel adds to a prompt. */
export const chrome = (language: string): Chrome => CHROMES[isLanguage(language) ? language : 'en']
