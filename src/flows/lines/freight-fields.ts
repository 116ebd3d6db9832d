import { marketOf } from '../../core/base/markets.ts'
import { formatMoney } from '../../core/base/money.ts'
import { readAmount } from '../../core/sell/bids.ts'
import { inEveryLanguage, type WordKey } from '../words/index.ts'
import { type Field, once } from './field.ts'
import { KG, TONNES } from './text.ts'

const WEIGHT = new RegExp(`^(\\d{1,5}(?:[.,]\\d{1,3})?)\\s?(?:(${KG})|${TONNES})?$`, 'iu')

/** A vehicle by its name or by what it carries: typed, a weight means the smallest that carries it. */
export const vehicle = (
  id: string,
  say: WordKey,
  kinds: readonly { readonly name: string; readonly kg: number }[],
): Field => ({
  ...once(id, say),
  of: null,
  options: kinds.map(({ name, kg }) => ({
    value: String(kg),
    label: `${name} ${kg / 1000} t`,
    synonyms: [name],
  })),
  other: 'text',
  parse(raw) {
    const text = raw.trim()
    const named = kinds.find(
      ({ name, kg }) => text === String(kg) || text.toLowerCase() === name.toLowerCase(),
    )
    const [, said = '', inKg] = WEIGHT.exec(text) ?? []
    const kg = Number(said.replace(',', '.')) * (inKg === undefined ? 1000 : 1)
    const kind = named ?? (kg > 0 ? kinds.find((one) => one.kg >= kg) : undefined)
    if (kind) return { kind: 'ok', value: String(kind.kg), label: `${kind.name} ${kind.kg / 1000} t` }
    return { kind: 'wrong', why: said === '' ? 'unclear' : 'noVehicleSoLarge' }
  },
})

/** An amount in whole units. */
export const amount = (id: string, say: WordKey): Field => ({
  ...once(id, say),
  of: null,
  options: [],
  other: 'digits',
  parse(raw, _found, _said, owner) {
    const { currency } = marketOf(owner)
    const amountMinor = readAmount(raw, currency)
    if (amountMinor === undefined) return { kind: 'wrong', why: 'badAmount' }
    return { kind: 'ok', value: raw, label: formatMoney({ amountMinor, currency }) }
  },
})

/** What may be said in advance: nobody is asked for it but who said something that was not understood. */
export const aside = (field: Field): Field => ({
  ...field,
  worded: [...(field.worded ?? []), 'goWithout'],
  parse: (raw, found, said, owner) =>
    inEveryLanguage('goWithout').includes(raw)
      ? { kind: 'ok', value: '', label: '' }
      : field.parse(raw, found, said, owner),
})

/** Nobody sees an offer before all are in. */
export const sealed: Field = {
  ...once('sealed', 'freightSealed'),
  of: null,
  options: [],
  worded: ['sealed'],
  other: null,
  parse: (raw) =>
    ['true', 'sealed', ...inEveryLanguage('sealed')].includes(raw.trim())
      ? { kind: 'ok', value: 'sealed', label: raw.trim() }
      : { kind: 'wrong', why: 'unclear' },
}
