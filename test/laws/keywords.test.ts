import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import { codeOf } from '../../src/core/base/code.ts'
import { ticketDigits } from '../../src/core/sell/ticket.ts'
import type { Intent, Reading } from '../../src/core/talk/script.ts'
import { readKeywords } from '../../src/flows/grammar.ts'
import { MEANINGS, type Meaning } from '../../src/flows/keywords.ts'
import { VERBS, type Verb } from '../../src/flows/words/verbs.ts'
import { typosOf } from './typos.ts'

const CODE = codeOf(482)
const ALONE = ['']
const OF_ONE = ['', CODE]
const JOB = [CODE, `${CODE} 7306`]

/** What people write behind each word. */
const BEHIND: Readonly<Record<Verb, readonly string[]>> = {
  boarded: [ticketDigits(CODE, '0381')],
  for: ['0788123456 RIDE Remera to Kacyiru'],
  loads: ['', 'Karachi'],
  bid: [`${CODE} 450000`, `${CODE} 450000 until 18:00`],
  counter: [`${CODE} 1 400000`],
  rate: [`${CODE} 5`],
  change: ['', CODE, `${CODE} 25/12 14:30`],
  save: ['home Remera', 'weekly 12x3 45x2'],
  on: ['', 'Remera', '101'],
  thanks: ['', 'very much'],
  start: ['', ...JOB],
  ...{ track: OF_ONE, cancel: OF_ONE, pay: OF_ONE, why: OF_ONE, withdraw: [CODE] },
  yes: ['', ...JOB],
  no: ['', ...JOB],
  ...{ here: JOB, collected: JOB, done: JOB, drop: JOB, return: JOB, returned: JOB },
  ...{ help: ALONE, menu: ALONE, stop: ALONE, off: ALONE, again: ALONE },
}
const WAYS: Readonly<Record<string, readonly string[]>> = {
  ride: ['', 'Remera to Kacyiru', '101 > 103'],
  parcel: ['', 'Remera to Kacyiru 0788123456 12kg'],
  bus: ['', 'Kigali to Huye tomorrow'],
  freight: ['', '10t cement Karachi to Lahore tomorrow'],
  order: ['', '12x3 45x2'],
}

const said = (meaning: Meaning): readonly string[] => {
  if ('verb' in meaning) return BEHIND[meaning.verb]
  return 'line' in meaning ? (WAYS[meaning.line.id] ?? ALONE) : ALONE
}

/**
 * Slips by which one word becomes another, and which stay because both words are needed, with what comes of them:
 * a form, which ends with a yes, or a list that anybody may see. ON for a bare NO offers to work, which counts only of
 * drivers, and changes nothing of one who works; NO for ON declines a job of which nobody was asked.
 */
const ALIKE: Readonly<Record<string, Intent['name']>> = {
  ...{ 'loads load': 'book', 'frets fret': 'book', 'mizigo mzigo': 'book', 'لوڈز لوڈ': 'book' },
  ...{ 'imizigo mizigo': 'loads', 'سواري سوار': 'tell' },
  ...{ 'no on': 'shift', 'non on': 'shift', 'on no': 'job', 'on n': 'job' },
}

const isAlike = (words: string, tail: string, { name }: Intent): boolean =>
  ALIKE[words] === name && (name !== 'shift' || tail === '')

type Read = (text: string) => Reading | null

/** Every word with every slip of it that is read as something else, and as what. */
function misread(read: Read): string[] {
  const found = new Set<string>()
  for (const [word, meaning] of MEANINGS)
    for (const tail of said(meaning)) {
      const meant = read(`${word} ${tail}`)?.intent
      for (const typo of typosOf(word)) {
        const intent = read(`${typo} ${tail}`)?.intent
        if (intent && !isDeepStrictEqual(intent, meant) && !isAlike(`${word} ${typo}`, tail, intent))
          found.add(`${word} ${tail}, as ${typo}, is ${JSON.stringify(intent)}`)
      }
    }
  return [...found]
}

/** Words are many, slips more. */
const TIMEOUT_MS = 20_000

describe('a keyword with a slip', function () {
  this.timeout(TIMEOUT_MS)

  it('is every word of every language, each with what is written behind it', () => {
    for (const [word, meaning] of MEANINGS) {
      const isAnswer = 'verb' in meaning && (meaning.verb === 'yes' || meaning.verb === 'no')
      for (const tail of said(meaning))
        assert.ok(read(word, tail) || (isAnswer && tail === ''), `${word} ${tail}`)
    }
    for (const verb of VERBS)
      assert.ok([...MEANINGS.values()].some((one) => 'verb' in one && one.verb === verb))
  })

  it('means the same, or nothing, so that we ask again; never something else', () =>
    assert.deepEqual(misread(readKeywords), []))

  describe('would mean something else in a house that', () => {
    const withWord = (word: string, verb: Verb) => () => {
      MEANINGS.set(word, { verb, language: 'en' })
      const found = misread(readKeywords)
      MEANINGS.delete(word)
      return found
    }
    const houses: readonly (readonly [string, () => string[], RegExp])[] = [
      ['says HERE as well as WHERE', withWord('here', 'here'), /^where 4823, as here/],
      ['has a word for yes beside one for where', withWord('ايه', 'yes'), /as ايه/],
      ['guesses the nearest word', () => misread(guessing), /is \{/],
      ['takes a code for a place', () => misread(anyPlace), /^no 4823, as on/],
    ]
    for (const [does, found, what] of houses) it(does, () => assert.ok(found().some((one) => what.test(one))))
  })
})

const read = (word: string, tail: string): Reading | null => readKeywords(`${word} ${tail}`.trim())

/** The first word that a slip might have made of it. */
const guessing: Read = (text) => {
  const [first = '', ...rest] = text.split(' ')
  const near = MEANINGS.has(first) ? first : [...MEANINGS.keys()].find((word) => NEAR.get(word)?.has(first))
  return readKeywords([near ?? first, ...rest].join(' '))
}
const NEAR = new Map([...MEANINGS.keys()].map((word) => [word, new Set(typosOf(word))]))

const anyPlace: Read = (text) => {
  const [, place] = /^on (\d+)$/.exec(text) ?? []
  return place === undefined
    ? readKeywords(text)
    : { intent: { name: 'shift', on: true, place }, language: 'en' }
}
