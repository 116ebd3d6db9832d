import { clean, plainLetters } from '../talk/reading.ts'

/** A day as somebody said it: so many days from today, a day of the week (1 is Monday), or a date, perhaps with both. */
export type SaidDay =
  | { readonly kind: 'ahead'; readonly days: number }
  | { readonly kind: 'weekday'; readonly weekday: number }
  | {
      readonly kind: 'date'
      readonly day: number
      readonly month: number
      readonly year: number | null
      readonly weekday: number | null
    }
export type SaidTime = { readonly hour: number; readonly minute: number }

/** Nobody needs more to name a day and a time. */
const MAX_CHARACTERS = 60
/** A name may be cut down to so many letters, where only one begins so. */
const SHORTEST = 3

/** In every language, folded. Kinyarwanda and Urdu have one word for tomorrow and yesterday: nobody travels yesterday. */
const AHEAD: readonly (readonly string[])[] = [
  ['today', 'aujourd hui', 'aujourdhui', 'auj', 'uyu munsi', 'uyumunsi', 'leo', 'اليوم', 'اج'],
  ['tomorrow', 'tomorow', 'tommorow', 'tmrw', 'demain', 'ejo', 'ejo hazaza', 'kesho', 'غدا', 'غدوه', 'كل'],
  [
    ...['day after tomorrow', 'day after', 'overmorrow', 'apres demain', 'apresdemain'],
    ...['ejobundi', 'ejo bundi', 'kesho kutwa', 'keshokutwa', 'بعد غد', 'بعد غدوه', 'پرسوں'],
  ],
]
const WEEKDAYS: readonly (readonly string[])[] = [
  ['monday', 'lundi', 'mbere', 'jumatatu', 'الاثنين', 'اثنين', 'پير', 'سوموار'],
  ['tuesday', 'mardi', 'kabiri', 'jumanne', 'الثلاثاء', 'ثلاثاء', 'منگل'],
  ['wednesday', 'mercredi', 'gatatu', 'jumatano', 'الاربعاء', 'اربعاء', 'بده'],
  ['thursday', 'jeudi', 'kane', 'alhamisi', 'الخميس', 'خميس', 'جمعرات'],
  ['friday', 'vendredi', 'gatanu', 'ijumaa', 'الجمعه', 'جمعه'],
  ['saturday', 'samedi', 'gatandatu', 'jumamosi', 'السبت', 'سبت', 'هفته', 'سنيچر'],
  ['sunday', 'dimanche', 'cyumweru', 'jumapili', 'الاحد', 'احد', 'اتوار'],
]
const MONTHS: readonly (readonly string[])[] = [
  ['january', 'janvier', 'mutarama', 'januari', 'جانفي', 'يناير', 'جنوري'],
  ['february', 'fevrier', 'gashyantare', 'februari', 'فيفري', 'فبراير', 'فروري'],
  ['march', 'mars', 'werurwe', 'machi', 'مارس', 'مارچ'],
  ['april', 'avril', 'mata', 'aprili', 'افريل', 'ابريل', 'اپريل'],
  ['may', 'mai', 'gicurasi', 'mei', 'ماي', 'مايو', 'ميي'],
  ['june', 'juin', 'kamena', 'juni', 'جوان', 'يونيو', 'جون'],
  ['july', 'juillet', 'nyakanga', 'julai', 'جويليه', 'يوليو', 'جولايي'],
  ['august', 'aout', 'kanama', 'agosti', 'اوت', 'اغسطس', 'اگست'],
  ['september', 'septembre', 'nzeri', 'nzeli', 'septemba', 'سبتمبر', 'ستمبر'],
  ['october', 'octobre', 'ukwakira', 'oktoba', 'اكتوبر', 'اكتوبر'],
  ['november', 'novembre', 'ugushyingo', 'novemba', 'نوفمبر', 'نومبر'],
  ['december', 'decembre', 'ukuboza', 'desemba', 'ديسمبر', 'دسمبر'],
]

const BEFORE = /^(?:(?:on|the|this|le|ce|ku|kuwa|wa|i?tariki|ya|tarehe|siku|يوم|في|بتاريخ) )+/
// A full stop between digits parts a date or a time; any other ends a short form.
const plain = (text: string): string =>
  plainLetters(clean(text))
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/['’`,]|\.(?!\d)/g, ' ')
    .replace(/ +/g, ' ')
    .trim()

const TIME =
  /^(.+?) (?:at |a |الساعه )?(\d{1,2})(?:[:.](\d\d)| ?h(?:rs?|eures?)?(?: ?(\d\d))?|(?= ?[ap] ?m))(?: ?([ap]) ?m)?$/

/**
 * The words of a day, with or without a time of day behind it; null when they are none. Whether there is such a day is
 * for a calendar to say. A date is day before month, or year first. `saa` is not read: its hours are counted from six.
 */
export function readWords(text: string): { readonly day: SaidDay; readonly time: SaidTime | null } | null {
  const said = plain(text)
  if (said.length > MAX_CHARACTERS) return null
  const [, before, hour, minute, past, half] = TIME.exec(said) ?? []
  if (before === undefined) return withTime(readDate(said), null)
  const time = timeOf(Number(hour), Number(minute ?? past ?? 0), half)
  return time && withTime(readDate(before), time)
}

/** More words than a day and its hour are ever said in: what stands before them is not read again from each. */
const MOST_WORDS = 14

/** Where in these words the day begins that they end with, never at the first; -1 where they end with none. */
export function dayIn(words: readonly string[]): number {
  const from = Math.max(1, words.length - MOST_WORDS)
  const at = words.slice(from).findIndex((_, n) => readWords(words.slice(from + n).join(' ')) !== null)
  return at < 0 ? -1 : from + at
}

const withTime = (day: SaidDay | null, time: SaidTime | null) => day && { day, time }

function timeOf(hour: number, minute: number, half: string | undefined): SaidTime | null {
  if (minute > 59) return null
  if (half === undefined) return hour > 23 ? null : { hour, minute }
  if (hour < 1 || hour > 12) return null
  return { hour: (hour % 12) + (half === 'p' ? 12 : 0), minute }
}

function readDate(text: string): SaidDay | null {
  const said = text.replace(BEFORE, '')
  const words = said.replaceAll('-', ' ')
  const days = AHEAD.findIndex((names) => names.includes(words))
  if (days >= 0) return { kind: 'ahead', days }
  const date = inNumbers(said) ?? inWords(words)
  if (date) return date
  const [first = '', ...rest] = said.split(' ')
  const weekday = numberOf(WEEKDAYS, first)
  if (weekday === null) return null
  if (rest.length === 0) return { kind: 'weekday', weekday }
  const behind = rest.join(' ').replace(BEFORE, '')
  const dated = inNumbers(behind) ?? inWords(behind.replaceAll('-', ' '))
  return dated && { ...dated, weekday }
}

type SaidDate = Extract<SaidDay, { kind: 'date' }>

const dateOf = (day?: string, month?: number | string | null, year?: string): SaidDate => ({
  kind: 'date',
  day: Number(day),
  month: Number(month),
  year: year === undefined ? null : Number(year.length === 2 ? `20${year}` : year),
  weekday: null,
})

function inNumbers(text: string): SaidDate | null {
  const first = /^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})$/.exec(text)
  if (first) return dateOf(first[4], first[3], first[1])
  const last = /^(\d{1,2})([/. -])(\d{1,2})(?:\2(\d{4}|\d\d))?$/.exec(text)
  return last && dateOf(last[1], last[3], last[4])
}

function inWords(text: string): SaidDate | null {
  const last = /^(\d{1,2})(?:er|st|nd|rd|th)? ?(\p{L}+)(?: (\d{4}|\d\d))?$/u.exec(text)
  if (last) return inMonth(last[1], last[2], last[3])
  const first = /^(\p{L}+) ?(\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}|\d\d))?$/u.exec(text)
  // `mar 24` may be a Tuesday as well as a day of March.
  if (!first || numberOf(WEEKDAYS, first[1] ?? '') !== null) return null
  return inMonth(first[2], first[1], first[3])
}

function inMonth(day: string | undefined, name = '', year?: string): SaidDate | null {
  const month = numberOf(MONTHS, name)
  return month === null ? null : dateOf(day, month, year)
}

/** Which of them, from 1, has that name or alone begins with it. */
function numberOf(names: readonly (readonly string[])[], word: string): number | null {
  const which = (isIt: (name: string) => boolean) =>
    names.flatMap((row, index) => (row.some(isIt) ? [index + 1] : []))
  const whole = which((name) => name === word)
  const found = whole.length > 0 || word.length < SHORTEST ? whole : which((name) => name.startsWith(word))
  return found.length === 1 ? (found[0] ?? null) : null
}
