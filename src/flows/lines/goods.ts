import { isOrderable, readBasket } from '../../core/sell/basket.ts'
import type { WordKey } from '../words/index.ts'
import { type Field, type LookUp, once, place, withoutPrice } from './field.ts'

/** Something out of a catalogue; what stands for several opens them. */
export const choices = (id: string, say: WordKey, of: LookUp): Field => ({
  ...once(id, say),
  of,
  unknown: 'noProduct',
  options: [],
  other: 'text',
  parse(raw, found) {
    const option = found.find(({ value }) => value === raw)
    if (!option || raw.startsWith(SHELF)) return { kind: 'lookUp', text: raw }
    if (!isOrderable(readBasket(option.value) ?? [])) return { kind: 'wrong', why: 'tooManyPieces' }
    return { kind: 'ok', value: option.value, label: withoutPrice(option.label) }
  },
})

/** Begins the value of an option that stands for several. */
export const SHELF = '#'

/** How many of it: a number from 1. */
export const pieces = (id: string, say: WordKey, most: number): Field => ({
  ...once(id, say),
  of: null,
  options: [],
  other: 'digits',
  parse(raw) {
    const [, digits = ''] = /^\s*(\d{1,6})\s*$/.exec(raw) ?? []
    if (digits === '') return { kind: 'wrong', why: 'unclear' }
    const count = Number(digits)
    return count >= 1 && count <= most
      ? { kind: 'ok', value: String(count), label: String(count) }
      : { kind: 'wrong', why: 'tooManyPieces' }
  },
})

/** Where a shop is: known, or a place of its country. */
export const deliverTo = (id: string, say: WordKey): Field => ({ ...place(id, say), of: 'shops' })
