import { isCode } from '../core/base/code.ts'
import { readWords } from '../core/base/day-words.ts'
import { parsePhone } from '../core/base/phone.ts'
import { readBasket } from '../core/sell/basket.ts'
import { readTicket } from '../core/sell/ticket.ts'
import { clean, fold, MAX_SAID_CHARACTERS } from '../core/talk/reading.ts'
import type { Intent, Reading } from '../core/talk/script.ts'
import { bidIn, counterIn } from './bid-words.ts'
import { MEANINGS } from './keywords.ts'
import { ownPlaceIn, SPOKEN } from './lines/text.ts'
import type { Language } from './words/index.ts'
import type { Verb } from './words/verbs.ts'

/** What stands before the first word, that word, and the signs after it that begin no place. */
const VERB = /^[^\p{L}\p{N}]*[\p{L}\p{N}\p{M}]*[^\p{L}\p{N}@(>→]*/u

/**
 * Reads a keyword message: the verb first, then what it needs, in any language and letter case; null when it is none,
 * so that it can answer the open question instead. A bare YES or NO is always an answer to a question.
 */
export function readKeywords(text: string): Reading | null {
  if (text.length > MAX_SAID_CHARACTERS) return null
  const said = clean(text)
  // One sign may stand for eighteen letters.
  if (said.length > MAX_SAID_CHARACTERS) return null
  const [first = '', ...rest] = fold(said).split(' ')
  const found = MEANINGS.get(first)
  if (!found) return null
  if ('speak' in found)
    return rest.length > 0
      ? null
      : { intent: { name: 'language', language: found.speak }, language: found.speak }
  const tail = said.replace(VERB, '')
  if ('verb' in found && found.verb === 'for') return readFor(tail, found.language)
  const intent: Intent | null =
    'line' in found
      ? { name: 'book', line: found.line.id, wanted: found.line.read(tail) }
      : intentOf(found.verb, rest, tail)
  const language = SPOKEN.find(([, between]) => intent?.name === 'book' && between.test(said))?.[0]
  return intent && { intent, language: language ?? found.language }
}

const CUSTOMER = /^\d[\d -]{7,15}\d(?!\d)/

/** `FOR 0788123456 RIDE Remera to Kacyiru`: whom an agent books for, and what. Without a number it is something else. */
function readFor(tail: string, language: Language): Reading | null {
  const [number = ''] = CUSTOMER.exec(tail) ?? []
  const customer = parsePhone(number) ?? null
  if (customer === null && tail !== '') return null
  const what = readKeywords(tail.slice(number.length))
  if (customer !== null && what?.intent.name === 'book')
    return { ...what, intent: { ...what.intent, for: customer } }
  return { intent: { name: 'serve', customer }, language }
}

const codeIn = (words: readonly string[]): string | null => words.find(isCode) ?? null

/** The other code, behind the job's. */
const proofIn = (words: readonly string[], code: string): string | null =>
  words.slice(words.indexOf(code) + 1).find((word) => /^\d{4,6}$/.test(word)) ?? null

function intentOf(verb: Verb, words: readonly string[], tail: string): Intent | null {
  const code = codeIn(words)
  const alone = words.length === 0
  switch (verb) {
    case 'loads':
      return { name: 'loads', place: tail === '' ? null : tail }
    case 'bid':
      return bidIn(tail)
    case 'counter':
      return counterIn(tail)
    case 'withdraw':
      return code ? { name: 'withdraw', code } : null
    case 'boarded': {
      const ticket = readTicket(tail)
      return ticket ? { name: 'job', verb, ...ticket } : { name: 'tell', key: 'badTicket' }
    }
    case 'track':
      return alone || code ? { name: 'track', code } : null
    case 'cancel':
      return alone || code ? { name: 'cancel', code } : null
    case 'change': {
      // A code stands first: behind it 1300 is an hour.
      const [code = null] = words.slice(0, 1).filter(isCode)
      const text = code === null ? tail : tail.replace(/^\S+\s*/, '')
      // "Change time" is what the screen calls it, and answers that.
      if (code === null && !alone && readWords(text) === null) return null
      return { name: 'change', code, text: text === '' ? null : text }
    }
    case 'pay':
      return alone || code ? { name: 'pay', code } : null
    case 'why':
      return alone || code ? { name: 'why', code } : null
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
      return isNoPlace(tail) ? null : { name: 'shift', on: true, place: tail === '' ? null : tail }
    case 'save': {
      const own = ownPlaceIn(tail)
      if (own) return own.rest === '' ? null : { name: 'save', as: own.name, place: own.rest }
      return basketNamed(tail)
    }
    case 'thanks':
      return words.length <= MAX_THANKS ? single(verb) : null
    default:
      return alone ? single(verb) : null
  }
}

/** Numbers of stages are no longer. */
const STAGE_DIGITS = 3

/** Behind the code of a booking: "on 4821" is "no 4821" with its letters swapped. */
function isNoPlace(tail: string): boolean {
  const [first = ''] = tail.split(' ')
  return first.length > STAGE_DIGITS && isCode(first)
}

const BASKET_NAME = /^(\p{L}[\p{L}\p{N}-]{0,19})(?:\s(.+))?$/u

/** `weekly`, or `weekly 12x3 45x2`: a basket's name, and what is in it where that is said; nothing, where that is none. */
function basketNamed(text: string): Intent | null {
  const [, as, items = null] = BASKET_NAME.exec(text) ?? []
  // Without a number it is about something else.
  if (as === undefined || (items !== null && !/\d/.test(items))) return null
  return { name: 'saveBasket', as, basket: items === null ? null : (readBasket(items) ?? []) }
}

/** "Thank you very much" is thanks; a longer text is something else. */
const MAX_THANKS = 3

function single(verb: Verb): Intent | null {
  if (verb === 'help') return { name: 'tell', key: 'help' }
  if (verb === 'thanks') return { name: 'tell', key: 'youAreWelcome' }
  if (verb === 'menu') return { name: 'menu' }
  if (verb === 'stop') return { name: 'news', wanted: false }
  if (verb === 'again') return { name: 'again' }
  return verb === 'off' ? { name: 'shift', on: false, place: null } : null
}
