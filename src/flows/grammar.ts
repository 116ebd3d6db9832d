import { isCode } from '../core/base/code.ts'
import { readWords } from '../core/base/day-words.ts'
import { readTicket } from '../core/sell/ticket.ts'
import { clean, fold } from '../core/talk/reading.ts'
import type { Intent, Reading } from '../core/talk/script.ts'
import { VERBS, type Verb } from './keywords.ts'
import type { Language } from './words/index.ts'

/** Between the two places of a ride, in every language; it tells the language better than "moto" does. */
const BETWEEN = /\s+(?:to|kugera|kugeza|ujya|a|à|vers)\s+|\s*(?:[\p{Pd}=]{0,3}>|→)\s*/iu
/** What stands before the first word, that word, and the signs after it that begin no place. */
const VERB = /^[^\p{L}\p{N}]*[\p{L}\p{N}\p{M}]*[^\p{L}\p{N}@(>→]*/u
const SPOKEN: readonly (readonly [Language, RegExp])[] = [
  ['en', /\sto\s/i],
  ['rw', /\s(?:kugera|kugeza|ujya)\s/i],
  ['fr', /\s(?:a|à|vers)\s/i],
]

/**
 * Reads a keyword message: the verb first, then what it needs, in any language and letter case; null when it is none,
 * so that it can answer the open question instead. A bare YES or NO is always an answer to a question.
 */
export function readKeywords(text: string): Reading | null {
  const said = clean(text)
  const [first = '', ...rest] = fold(said).split(' ')
  const found = VERBS.get(first)
  if (!found) return null
  const intent = intentOf(found.verb, rest, said.replace(VERB, ''))
  const language = SPOKEN.find(([, between]) => intent?.name === 'book' && between.test(said))?.[0]
  return intent && { intent, language: language ?? found.language }
}

const codeIn = (words: readonly string[]): string | null => words.find(isCode) ?? null

/** The other code, behind the job's. */
const proofIn = (words: readonly string[], code: string): string | null =>
  words.slice(words.indexOf(code) + 1).find((word) => /^\d{4,6}$/.test(word)) ?? null

function intentOf(verb: Verb, words: readonly string[], tail: string): Intent | null {
  const code = codeIn(words)
  const alone = words.length === 0
  switch (verb) {
    case 'ride':
      return { name: 'book', line: 'ride', wanted: placesIn(tail) }
    case 'parcel':
      return { name: 'book', line: 'parcel', wanted: goodsIn(tail) }
    case 'bus':
      return { name: 'book', line: 'bus', wanted: passageIn(tail) }
    case 'boarded': {
      const ticket = readTicket(tail)
      return ticket ? { name: 'job', verb, ...ticket } : { name: 'tell', key: 'badTicket' }
    }
    case 'track':
      return alone || code ? { name: 'track', code } : null
    case 'cancel':
      return alone || code ? { name: 'cancel', code } : null
    case 'pay':
      return alone || code ? { name: 'pay', code } : null
    case 'rate': {
      const stars = words.find((word) => /^[1-5]$/.test(word))
      return code && stars ? { name: 'rate', code, stars } : null
    }
    case 'yes':
    case 'no':
    case 'here':
    case 'collected':
    case 'done':
    case 'drop':
    case 'return':
    case 'returned':
      return code ? { name: 'job', verb, code, proof: proofIn(words, code) } : null
    case 'start':
      if (alone) return { name: 'news', wanted: true }
      return code
        ? {
            name: 'job',
            verb: 'aboard',
            code,
            proof: proofIn(words, code),
          }
        : null
    case 'on':
      return { name: 'shift', on: true, place: tail === '' ? null : tail }
    case 'thanks':
      return words.length <= MAX_THANKS ? single(verb) : null
    default:
      return alone ? single(verb) : null
  }
}

/** "Thank you very much" is thanks; a longer text is something else. */
const MAX_THANKS = 3

function single(verb: Verb): Intent | null {
  if (verb === 'en' || verb === 'rw' || verb === 'fr') return { name: 'language', language: verb }
  if (verb === 'help') return { name: 'tell', key: 'help' }
  if (verb === 'thanks') return { name: 'tell', key: 'youAreWelcome' }
  if (verb === 'menu') return { name: 'menu' }
  if (verb === 'stop') return { name: 'news', wanted: false }
  return verb === 'off' ? { name: 'shift', on: false, place: null } : null
}

const RECEIVER = /\+?\d[\d -]{7,15}\d/
const WEIGHT = /\b\d{1,3}(?:[.,]\d+)?\s*kg\b/i

/** The places of a parcel, and in any order whom it is for and its weight. */
function goodsIn(tail: string): { readonly field: string; readonly text: string }[] {
  const [weight = ''] = WEIGHT.exec(tail) ?? []
  const [receiver = ''] = RECEIVER.exec(tail.replace(weight, ' ')) ?? []
  const places = placesIn(tail.replace(weight, ' ').replace(receiver, ' '))
  const more = [
    { field: 'receiver', text: receiver },
    { field: 'weight', text: weight },
  ].filter(({ text }) => text !== '')
  return [...places, ...more]
}

/** The towns of a passage, and behind them a day or an hour. */
function passageIn(tail: string): { readonly field: string; readonly text: string }[] {
  const words = tail.split(/\s+/)
  const at = words.findIndex((_, n) => n > 0 && readWords(words.slice(n).join(' ')) !== null)
  if (at < 0) return placesIn(tail)
  return [...placesIn(words.slice(0, at).join(' ')), { field: 'departure', text: words.slice(at).join(' ') }]
}

function placesIn(tail: string): { readonly field: string; readonly text: string }[] {
  const [from = '', to = ''] = tail.replace(/^(?:from|de|kuva)\s+/i, '').split(BETWEEN)
  return [
    { field: 'from', text: from.trim() },
    { field: 'to', text: to.trim() },
  ].filter(({ text }) => text !== '')
}
