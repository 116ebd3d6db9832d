import { type Extras, NO_EXTRAS, type SeatChoice } from '../../core/sell/extras.ts'
import {
  inEveryLanguage,
  LANGUAGES,
  type Language,
  type Phrase,
  phrase,
  type WordKey,
} from '../words/index.ts'
import { type Field, type Given, given } from './field.ts'
import { aside } from './freight-fields.ts'

type Said = Readonly<Record<Language, string>>
const BAGS: Said = {
  en: 'bags?|luggage',
  rw: 'imifuka|umufuka|imizigo|ivalisi',
  fr: 'bagages?|valises?|sacs?',
  sw: 'mabegi|begi|mizigo',
  ar: 'حقائب|حقيبة|شنط|شنطة',
  ur: 'بیگ|تھیلے|تھیلا',
}
const WINDOW: Said = {
  en: 'window(?: seats?)?',
  rw: '(?:ku )?idirishya',
  fr: '(?:cote )?(?:fenetre|fenêtre|hublot)',
  sw: 'dirishani|dirisha',
  ar: 'نافذة|النافذة|شباك',
  ur: 'کھڑکی',
}
const AISLE: Said = {
  en: 'aisle(?: seats?)?',
  rw: '(?:mu )?kayira',
  fr: '(?:cote )?couloir',
  sw: 'ujiani|ujia',
  ar: 'ممر|الممر',
  ur: 'راہداری',
}
const COVER: Said = {
  en: 'insur(?:ed|ance)',
  rw: 'ubwishingizi',
  fr: 'assur(?:ance|e|é)',
  sw: 'bima',
  ar: 'تأمين|تامين',
  ur: 'بیمہ|انشورنس',
}
const SEAT: Said = { en: 'seat', rw: 'umwanya', fr: 'siege|siège', sw: 'kiti', ar: 'مقعد', ur: 'نشست|سیٹ' }
const SEATS: Said = { en: 'seats', rw: 'imyanya', fr: 'sieges|sièges', sw: 'viti', ar: 'مقاعد', ur: 'نشستیں' }

const inAny = (said: Said): string => LANGUAGES.map((one) => said[one]).join('|')
/** A word of its own, and no part of a day or an hour. */
const alone = (pattern: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\d/:.])(?:${pattern})(?![\\p{L}\\d/:])`, 'giu')
const NUMBER = '\\d{1,3}'
const BAG_WORDS = alone(`(\\d{1,2})\\s?(?:${inAny(BAGS)})|(?:${inAny(BAGS)})(?:\\s(\\d{1,2}))?`)
const WINDOW_WORDS = alone(inAny(WINDOW))
const AISLE_WORDS = alone(inAny(AISLE))
const COVER_WORDS = alone(inAny(COVER))
// `seats 2` is how many, `2 seats` too.
const SEAT_WORDS = alone(
  `(?:(?:${inAny(SEAT)})\\s?|s)${NUMBER}|(?:${inAny(SEATS)})\\s?${NUMBER}(?:(?:\\s?[,&]\\s?|\\s)${NUMBER})+`,
)
const ALL = [BAG_WORDS, WINDOW_WORDS, AISLE_WORDS, COVER_WORDS, SEAT_WORDS]

/** What goes along, as it stands in a text about something else: the words of it, and the rest. */
export function extrasApart(text: string): { readonly extra: string; readonly rest: string } {
  const found = ALL.flatMap((words) => [...text.matchAll(words)].map(([all]) => all))
  const rest = found.reduce((left, words) => left.replace(words, ' '), text)
  return { extra: found.join(', '), rest: rest.replace(/\s+/g, ' ').trim() }
}

type Part = Partial<Extras>
const numbersIn = (text: string): number[] => [...new Set([...text.matchAll(/\d+/g)].map(Number))]

/** What is meant by such words; empty where nothing is. */
function partsIn(text: string): Part {
  const [, before, behind] = [...text.matchAll(BAG_WORDS)][0] ?? []
  const hasBags = text.search(BAG_WORDS) >= 0
  const numbers = [...text.matchAll(SEAT_WORDS)].flatMap(([words]) => numbersIn(words))
  const choice = choiceIn(text, numbers)
  return {
    ...(hasBags && { bags: Number(before ?? behind ?? 1) }),
    ...(choice && { choice }),
    ...(text.search(COVER_WORDS) >= 0 && { isInsured: true }),
  }
}

function choiceIn(text: string, numbers: readonly number[]): SeatChoice | null {
  if (numbers.length > 0) return numbers
  if (text.search(WINDOW_WORDS) >= 0) return 'window'
  return text.search(AISLE_WORDS) >= 0 ? 'aisle' : null
}

const NOTHING = 'none'
/** As an answer keeps it, and as a program may say it: `2 bags, window, insured`, `S12 S13`. */
export const tellExtras = ({ bags, choice, isInsured }: Extras): string =>
  [
    ...(bags > 0 ? [`${bags} bags`] : []),
    ...(choice === null ? [] : [typeof choice === 'string' ? choice : choice.map((n) => `S${n}`).join(' ')]),
    ...(isInsured ? ['insured'] : []),
  ].join(', ') || NOTHING

/** All that goes along; of what was said twice, the last. */
export const extrasIn = (said: Given): Extras =>
  Object.assign(
    { ...NO_EXTRAS },
    ...said.filter(({ field }) => field === 'extra').map(({ value }) => partsIn(value)),
  )

/** In the words of whoever reads it. */
export function tellAlong(said: Given): readonly Phrase[] {
  const { bags, choice, isInsured } = extrasIn(said)
  return [
    ...(bags > 0 ? [phrase('busBags', { bags: String(bags) })] : []),
    ...(choice === null ? [] : [tellChoice(choice)]),
    ...(isInsured ? [phrase('priceCover')] : []),
  ]
}
const tellChoice = (choice: SeatChoice): Phrase => {
  if (typeof choice !== 'string') return phrase('busSeat', { seats: choice.join(', ') })
  return phrase(choice === 'window' ? 'busByWindow' : 'busByAisle')
}

/** What is offered, and what each stands for. */
const OFFERED: readonly (readonly [WordKey, string])[] = [
  ['busOneBag', '1 bag'],
  ['busTwoBags', '2 bags'],
  ['busWindow', 'window'],
  ['busAisle', 'aisle'],
  ['busInsured', 'insured'],
]

/** Bags, insurance and where to sit: asked of whoever wants to be asked. */
export const extras: Field = {
  id: 'extra',
  when: (said) => said.findLastIndex(isMore) > said.findLastIndex(({ field }) => field === 'extra'),
  of: null,
  say: phrase('busExtras'),
  unknown: 'unclear',
  several: null,
  options: [],
  worded: OFFERED.map(([key]) => key),
  other: 'text',
  parse(raw) {
    const [, offered = raw] = OFFERED.find(([key]) => inEveryLanguage(key).includes(raw)) ?? []
    const text = /^[\d ,&]+$/.test(offered) ? seatsOf(offered) : offered
    const parts = { ...NO_EXTRAS, ...partsIn(text) }
    const value = tellExtras(parts)
    return value === NOTHING ? { kind: 'wrong', why: 'unclear' } : { kind: 'ok', value, label: value }
  },
}
const isMore = ({ field }: Given[number]): boolean => field === 'more'
const seatsOf = (text: string): string =>
  numbersIn(text)
    .map((n) => `S${n}`)
    .join(' ')

/** The same, said in advance. */
export const extrasAside: Field = {
  ...aside(extras),
  when: (said) => given(said, 'extra') === undefined,
}

/** All that was said, with other things along. */
export const withExtras = (said: Given, along: Extras): Given => {
  const value = tellExtras(along)
  const rest = said.filter((one) => one.field !== 'extra' && !isMore(one))
  return value === NOTHING ? rest : [{ field: 'extra', value, label: value }, ...rest]
}
