import { dayIn } from '../../core/base/day-words.ts'
import { BEFORE, KG, placesIn, TONNES, type Wanted, wantedOf } from './text.ts'

const WEIGHT = new RegExp(`(?<![\\p{L}\\d])\\d{1,5}(?:[.,]\\d{1,3})?\\s?(?:${KG}|${TONNES})(?!\\p{L})`, 'iu')
/** What the shipper hopes to pay: an amount with its currency. */
const TARGET = /\b[A-Z]{3}\s?\d+(?:[,.' ]\d{3})*\b/
const RECEIVER = /\+?\d[\d -]{7,15}\d/
const SEALED = /(?<!\p{L})(?:sealed|ifunze|cachet[eé]|zifichwe|مخفية|چھپی)(?!\p{L})/iu

/** `10t cement Karachi to Lahore tomorrow`, the parts that have a form of their own in any order. */
export function loadIn(tail: string): Wanted[] {
  let rest = tail
  const take = (pattern: RegExp): string => {
    const found = pattern.exec(rest)
    if (found) rest = rest.replace(found[0], ' ')
    return found?.[0] ?? ''
  }
  const [target, receiver, weight, sealed] = [TARGET, RECEIVER, WEIGHT, SEALED].map(take)
  const words = rest.trim().split(/\s+/)
  const at = dayIn(words)
  const [way, when] = at < 0 ? [words, []] : [words.slice(0, at), words.slice(at)]
  const asides = { receiver: receiver ?? '', target: target ?? '', sealed: sealed ? 'sealed' : '' }
  return [
    ...whatAndWay(way.join(' ')),
    ...wantedOf({ vehicle: weight ?? '', when: when.join(' '), ...asides }),
  ]
}

/** Without a "from" the last word before "to" is the town, and all before it is what is sent. */
function whatAndWay(text: string): Wanted[] {
  const from = BEFORE.exec(text)
  if (from)
    return [
      { field: 'what', text: text.slice(0, from.index).trim() },
      ...placesIn(text.slice(from.index).trim()),
    ]
  return placesIn(text).flatMap(({ field, text: said }) => {
    if (field === 'to') return wantedOf({ to: said })
    const words = said.split(' ')
    return wantedOf({ what: words.slice(0, -1).join(' '), from: words.at(-1) ?? '' })
  })
}
