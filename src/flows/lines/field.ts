import { type Msisdn, parsePhone } from '../../core/base/phone.ts'
import type { Said } from '../../core/people/habits.ts'
import { oneLine } from '../../core/talk/air.ts'
import type { Expects, Option } from '../../core/talk/prompt.ts'
import { inEveryLanguage, type Phrase, type WordKey } from '../words/index.ts'
import { KG } from './text.ts'

/** `known`: it was never asked, and going back passes over it. */
export type Answer = Said & { readonly known?: true }

/** Everything said, in the order it was said; going back drops the last. */
export type Given = readonly Answer[]

export const given = (said: Given, field: string): Answer | undefined =>
  said.findLast((answer) => answer.field === field)

/** What an answer means to a field. `lookUp`: only the world knows. */
export type Parsed =
  | { readonly kind: 'ok'; readonly value: string; readonly label: string }
  | { readonly kind: 'lookUp'; readonly text: string }
  | { readonly kind: 'wrong'; readonly why: WordKey }

/**
 * What can be looked up: places where somebody comes, towns that buses go between, any towns, what leaves when, days to
 * come, what is sold, where a shop is.
 */
export const LOOK_UPS = ['places', 'cities', 'towns', 'departures', 'days', 'products', 'shops'] as const
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
  /** Choices in the words of whoever is asked, each as good as typing it. */
  readonly worded?: readonly WordKey[]
  readonly say: Phrase
  /** What may be typed besides choosing. */
  readonly other: Expects | null
  /** @param owner whose it is: in the money of their country amounts are meant */
  parse(raw: string, found: readonly Option[], said: Given, owner: Msisdn): Parsed
}

/** Asked until it is answered. */
export const once = (id: string, say: WordKey) => ({
  id,
  when: (said: Given) => given(said, id) === undefined,
  say: { key: say, args: {} },
  unknown: 'unclear' as const,
  several: null,
})

const AREA = 'area:'
/** How an area travels as an answer: its places are offered next. */
export const areaValue = (area: string): string => AREA + area
/** The area of an answer; null where it is no area. */
export const areaIn = (value: string): string | null =>
  value.startsWith(AREA) ? value.slice(AREA.length) : null

/** A place by landmark, stage number or pin. `unlike` names a field whose place it may not be. */
export const place = (
  id: string,
  say: WordKey,
  unlike?: string,
  of: 'places' | 'cities' | 'towns' = 'places',
): Field => ({
  ...once(id, say),
  of,
  unknown: 'unknownPlace',
  several: 'whichPlace',
  options: [],
  other: 'place',
  parse(raw, found, said) {
    const option = found.find(({ value }) => value === raw)
    if (!option || areaIn(raw) !== null) return { kind: 'lookUp', text: raw }
    if (unlike && given(said, unlike)?.value === raw) return { kind: 'wrong', why: 'samePlace' }
    return { kind: 'ok', value: option.value, label: option.label }
  },
})

/** The price behind the comma is the price of that moment. */
export const withoutPrice = (label: string): string => label.split(',')[0] ?? label

/** What leaves by a timetable; typed, a day or an hour to look from. */
export const departure = (id: string, say: WordKey): Field => ({
  ...once(id, say),
  of: 'departures',
  unknown: 'noBus',
  options: [],
  other: 'date',
  parse(raw, found) {
    const option = found.find(({ value }) => value === raw)
    return option
      ? { kind: 'ok', value: option.value, label: withoutPrice(option.label) }
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
    const names = text.split(/\s?[,;&]\s?|\s(?:and|et|na)\s/i).filter((name) => name !== '')
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

/** `5,000 L`: a voice reads it as one number. */
const inUnits = (count: number, unit: string): string => `${count.toLocaleString('en')} ${unit}`

/** How much of it, booked as the next of the steps that covers it: `5,000` may be five or five thousand, and is asked again. */
export const measure = (
  id: string,
  say: WordKey,
  {
    steps,
    unit,
    written = unit,
    tooMuch,
  }: {
    readonly steps: readonly number[]
    readonly unit: string
    /** All that people write for the unit, with `|` between. */
    readonly written?: string
    readonly tooMuch: WordKey
  },
): Field => ({
  ...once(id, say),
  of: null,
  options: steps.map((step) => ({ value: String(step), label: inUnits(step, unit) })),
  other: 'digits',
  parse(raw) {
    const [, said = '', given = unit] = /^(\d{1,6}(?:[.,]\d{1,2})?)\s?(\p{L}+)?$/iu.exec(raw.trim()) ?? []
    if (said === '' || !new RegExp(`^(?:${written})$`, 'iu').test(given))
      return { kind: 'wrong', why: 'unclear' }
    const step = steps.find((most) => Number(said.replace(',', '.')) <= most)
    return step
      ? { kind: 'ok', value: String(step), label: inUnits(step, unit) }
      : { kind: 'wrong', why: tooMuch }
  },
})

/** A weight in kilograms. */
export const weight = (id: string, say: WordKey, steps: readonly number[]): Field =>
  measure(id, say, { steps, unit: 'kg', written: KG, tooMuch: 'tooHeavy' })

/** A few words of one's own, or some of those that are common. */
export const words = (
  id: string,
  say: WordKey,
  mostCharacters: number,
  worded: readonly WordKey[] = [],
): Field => ({
  ...once(id, say),
  of: null,
  options: [],
  worded,
  other: 'text',
  parse(raw) {
    const text = oneLine(raw, mostCharacters)
    return /\p{L}{2}/u.test(text)
      ? { kind: 'ok', value: text, label: text }
      : { kind: 'wrong', why: 'unclear' }
  },
})

/** A day to come, by the calendar of whoever is asked: `2026-11-30`. */
export const day = (id: string, say: WordKey): Field => ({
  ...once(id, say),
  of: 'days',
  unknown: 'badDay',
  options: [],
  other: 'date',
  parse(raw, found) {
    const option = found.find(({ value }) => value === raw)
    return option ? { kind: 'ok', value: option.value, label: option.label } : { kind: 'lookUp', text: raw }
  },
})

/** An option said with the same word in every language. */
export const choice = (value: string, key: WordKey, label: string, ...others: readonly string[]): Option => ({
  value,
  label,
  synonyms: [...inEveryLanguage(key), ...others],
})
