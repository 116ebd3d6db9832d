import type { Option, Prompt } from '../core/talk/prompt.ts'
import type { Intent, Script } from '../core/talk/script.ts'
import { isAboard, isReturned, receiverOf, trip } from './booking/changes.ts'
import { bookingContext } from './booking/model.ts'
import { summaryOf } from './booking/screens.ts'
import { readKeywords } from './grammar.ts'
import { choice } from './lines/field.ts'
import { LINES, lineOf } from './lines/index.ts'
import {
  chrome,
  HELP_PHONE,
  inEveryLanguage,
  isLanguage,
  LANGUAGES,
  type Language,
  render,
  say,
  type WordKey,
  wordKeyOf,
} from './words/index.ts'

/** The first screen: what is sold, what is mine, and the other languages, so that choosing one costs no hop. */
function menu(language: string, isDriver: boolean): Prompt {
  const lines = LINES.map((line) =>
    choice(`book ${line.id}`, line.menu, render({ key: line.menu, args: {} }, language)),
  )
  const item = (value: string, key: WordKey): Option =>
    choice(value, key, render({ key, args: {} }, language))
  const driver = [item('job', 'menuJob'), item('on', 'menuShiftOn'), item('off', 'menuShiftOff')]
  const others = LANGUAGES.filter((one) => one !== language).map((one) => ({
    value: one,
    label: say(one, 'languageName'),
  }))
  const options = isDriver
    ? [...driver, ...lines, ...others]
    : [...lines, item('trip', 'menuTrip'), item('help', 'menuHelp'), ...others]
  return { kind: 'choose', id: 'menu', say: say(language, 'menu'), options }
}

const CHOSEN: Readonly<Record<string, Intent>> = {
  trip: { name: 'track', code: null },
  job: { name: 'myJob' },
  help: { name: 'tell', key: 'help' },
  on: { name: 'shift', on: true, place: null },
  off: { name: 'shift', on: false, place: null },
}

function chosen(value: string): Intent {
  if (value.startsWith('book ')) return { name: 'book', line: value.slice('book '.length), wanted: [] }
  if (isLanguage(value)) return { name: 'language', language: value }
  return CHOSEN[value] ?? { name: 'menu' }
}

/** @param dial the code to dial, as help names it */
export function createScript(dial: string, defaultLanguage: Language): Script {
  return {
    defaultLanguage,
    menu,
    chosen,
    read: readKeywords,
    draft(flow, { state, context }, language) {
      if (flow.name !== 'booking' || (state !== 'asking' && state !== 'confirming')) return null
      const draft = bookingContext.parse(context)
      return draft.given.length > 0 ? { summary: summaryOf(draft, language) } : 'empty'
    },
    isForLater: (flow, { state, context }) =>
      flow.name === 'booking' &&
      state === 'booked' &&
      bookingContext.parse(context).carrier?.passage !== undefined,
    resume: (summary, language) => ({
      kind: 'choose',
      id: 'resume',
      say: say(language, 'resume', { summary }),
      options: [
        { value: 'yes', label: say(language, 'yes'), synonyms: [...inEveryLanguage('yes'), 'y'] },
        {
          value: 'again',
          label: say(language, 'startAgain'),
          synonyms: [...inEveryLanguage('startAgain'), ...inEveryLanguage('no')],
        },
      ],
    }),
    told: (key, args, language) => ({
      kind: 'tell',
      id: key,
      say: render({ key: wordKeyOf(key) ?? 'later', args: { dial, phone: HELP_PHONE, ...args } }, language),
      next: 'end',
    }),
    followed(booking, person) {
      const context = bookingContext.parse(booking.context)
      if (receiverOf(context) !== person || context.carrier === null) return null
      const { underway, handed } = lineOf(context.line).words
      if (!isAboard(context) || isReturned(context)) return null
      return { key: booking.state === 'booked' ? underway : (handed ?? underway), args: trip(context) }
    },
    unclear: (language) => say(language, 'unclear'),
    chrome,
    driverSays(verb, proof, driver) {
      if (verb === 'yes') return { type: 'ACCEPT', driver }
      if (verb === 'no') return { type: 'DECLINE', driver }
      if (verb === 'drop') return { type: 'DROP', driver }
      if (verb === 'return') return { type: 'RETURN', driver }
      return { type: 'PASS', driver, milestone: verb, code: proof }
    },
  }
}
