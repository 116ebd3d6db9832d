import type { OwnPlace } from '../../core/people/habits.ts'
import { fold, plainLetters } from '../../core/talk/reading.ts'
import { LANGUAGES, type Language } from '../words/index.ts'

/** Something said before it was asked for: the field it is for, and the words. */
export type Wanted = { readonly field: string; readonly text: string }

/** Between two places. Whatever is read has been cleaned: no two spaces follow each other. */
const TO: Readonly<Record<Language, string>> = {
  en: 'to',
  rw: 'kugera|kugeza|ujya',
  fr: 'a|à|vers',
  sw: 'kwenda|hadi|mpaka',
  ar: 'إلى|الى|الي|نحو',
  ur: 'سے',
}
/** In front of the first of them. */
const FROM: Readonly<Record<Language, string>> = {
  en: 'from',
  rw: 'kuva',
  fr: 'de',
  sw: 'kutoka|toka',
  ar: 'من',
  ur: 'از',
}
const inAny = (words: Readonly<Record<Language, string>>): string =>
  LANGUAGES.map((one) => words[one]).join('|')

/** What stands between two places tells the language better than "moto" does. */
export const SPOKEN: readonly (readonly [Language, RegExp])[] = LANGUAGES.map((one) => [
  one,
  new RegExp(`\\s(?:${TO[one]})\\s`, 'iu'),
])
export const BETWEEN = new RegExp(`\\s(?:${inAny(TO)})\\s|\\s?(?:[\\p{Pd}=]{0,3}>|→)\\s?`, 'iu')
/** The word before the first place, wherever it stands. */
export const BEFORE = new RegExp(`(?:^|\\s)(?:${inAny(FROM)})\\s`, 'iu')
/** Urdu says `from` behind the first place and `to` behind the second. */
const BEHIND = /\sتک$/u
const BEGINS = new RegExp(`^(?:${inAny(FROM)})\\s`, 'iu')

/** What was said of each field, without what is empty. */
export const wantedOf = (said: Readonly<Record<string, string>>): Wanted[] =>
  Object.entries(said)
    .map(([field, text]) => ({ field, text: text.trim() }))
    .filter(({ text }) => text !== '')

/** The places of a way, as in `from Remera to Kacyiru`. */
export function placesIn(tail: string): Wanted[] {
  const [from = '', to = ''] = tail.replace(BEGINS, '').split(BETWEEN)
  return wantedOf({ from, to: to.replace(BEHIND, '') })
}

/** Kilograms, and tonnes, as people write them. */
export const KG = 'kgs?|kilos?|كغ|كلغ|كيلو|کلو|كلو'
export const TONNES = 't|tonn?e?s?|toni|tani|طن|ٹن'

/** What people call the places that are their own. */
const OWN: Readonly<Record<OwnPlace, Readonly<Record<Language, string>>>> = {
  home: {
    en: '(?:my )?(?:home|house)',
    rw: 'mu rugo|murugo|rugo|iwanjye',
    fr: '(?:la )?maison|chez moi|domicile',
    sw: 'nyumbani|kwangu',
    ar: 'البيت|بيتي|المنزل|الدار',
    ur: '(?:میرا )?گھر',
  },
  work: {
    en: '(?:my )?(?:work|office)',
    rw: 'ku kazi|kukazi|akazi',
    fr: '(?:le )?travail|(?:le )?bureau',
    sw: 'kazini|ofisini',
    ar: 'العمل|عملي|الخدمه|المكتب',
    ur: '(?:میرا )?دفتر',
  },
}
const OWN_PLACES: readonly (readonly [OwnPlace, RegExp])[] = (['home', 'work'] as const).map((name) => [
  name,
  new RegExp(`^(?:${plainLetters(inAny(OWN[name]))})(?: |$)`, 'u'),
])

/** The own place that a text begins with, and what follows; null when it begins with none. */
export function ownPlaceIn(text: string): { readonly name: OwnPlace; readonly rest: string } | null {
  const said = fold(text)
  for (const [name, word] of OWN_PLACES) {
    const [found] = word.exec(said) ?? []
    if (found !== undefined) return { name, rest: said.slice(found.length).trim() }
  }
  return null
}
