import { formatMoney } from '../core/base/money.ts'
import type { Msisdn } from '../core/base/phone.ts'
import type { Usual } from '../core/people/habits.ts'
import type { Role } from '../core/run/flow.ts'
import type { Offering } from '../core/sell/loads.ts'
import { withinLine } from '../core/talk/air.ts'
import type { Option, Prompt } from '../core/talk/prompt.ts'
import type { Intent, Script } from '../core/talk/script.ts'
import { bidFor, lineOfLoad } from './booking/bidding.ts'
import { summaryOf } from './booking/confirm-screen.ts'
import { counterFor } from './booking/counter.ts'
import { explained } from './booking/explaining.ts'
import { costOf, isAboard, isReturned, receiverOf, trip } from './booking/facts.ts'
import { bookingContext } from './booking/model.ts'
import { readKeywords } from './grammar.ts'
import { choice } from './lines/field.ts'
import { LINES, lineOf } from './lines/index.ts'
import type { ServiceLine } from './lines/line.ts'
import { basketIn, order } from './lines/order.ts'
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

const item =
  (language: string) =>
  (value: string, key: WordKey): Option =>
    choice(value, key, render({ key, args: {} }, language))

/** What is sold, what they book most first. */
function lineItems(language: string, usual: Usual | null): Option[] {
  const rank = ({ id }: ServiceLine) => usual?.lines.indexOf(id) ?? -1
  const used = LINES.filter((line) => rank(line) >= 0).toSorted((a, b) => rank(a) - rank(b))
  return [...used, ...LINES.filter((line) => rank(line) < 0)].map(({ id, menu: key }) =>
    item(language)(`book ${id}`, key),
  )
}

/**
 * The first screen: the last journey again, what is sold, what is mine, and the other languages of the country, so that
 * choosing one costs no hop.
 */
function menu(language: string, as: Role, usual: Usual | null, spoken: readonly string[]): Prompt {
  const [lines, own] = [lineItems(language, usual), item(language)]
  const driver = [own('job', 'menuJob'), own('on', 'menuShiftOn'), own('off', 'menuShiftOff')]
  const others = LANGUAGES.filter((one) => one !== language && spoken.includes(one)).map((one) => ({
    value: one,
    label: say(one, 'languageName'),
  }))
  const loads = usual?.loads?.map(loadItem) ?? []
  const carrier = usual?.loads ? [...loads, own('job', 'menuJob')] : []
  const agent = as === 'agent' ? [own('serve', 'menuServe')] : []
  const last = as === 'traveller' ? again(language, usual) : []
  const options =
    as === 'driver'
      ? [...driver, ...lines, ...others]
      : [...carrier, ...agent, ...last, ...lines, own('trip', 'menuTrip'), own('help', 'menuHelp'), ...others]
  const title = loads.length > 0 ? 'menuLoads' : last.length > 0 ? 'menuKnown' : 'menu'
  return { kind: 'choose', id: 'menu', say: say(language, title), options }
}

const loadItem = ({ code, label }: Offering): Option => ({ value: `load ${code}`, label, synonyms: [code] })

/** What a carrier is asked of a load that they chose. */
const askBid = ({ label, currency }: Offering, language: string): Prompt => ({
  kind: 'ask',
  id: 'askBid',
  say: say(language, 'askBid', { load: label, currency }),
  expects: 'digits',
})

/** For whom an agent books, and then what. */
const counter = (customer: Msisdn | null, language: string): Prompt =>
  customer === null
    ? { kind: 'ask', id: 'serveWhom', say: say(language, 'serveWhom'), expects: 'phone' }
    : {
        kind: 'choose',
        id: 'serveWhat',
        say: say(language, 'serveWhat', { customer }),
        options: lineItems(language, null),
      }

/** The last journey once more, where its line can be booked so. */
function again(language: string, usual: Usual | null): Option[] {
  const line = LINES.find(({ id }) => id === usual?.again?.line)
  if (!usual?.again || !line?.again) return []
  const args = Object.fromEntries(usual.again.journey.map(({ field, label }) => [field, label]))
  const phrase = { key: line.again.say, args }
  const synonyms = LANGUAGES.map((spoken) => render(phrase, spoken))
  return [{ value: againOf(usual.again), label: render(phrase, language), synonyms }]
}

/** Names the journey: an old menu's choice never books another. */
const againOf = ({ line, journey }: NonNullable<Usual['again']>): string =>
  ['again', line, ...journey.map(({ value }) => value)].join(' ')

const CHOSEN: Readonly<Record<string, Intent>> = {
  serve: { name: 'serve', customer: null },
  trip: { name: 'track', code: null },
  job: { name: 'myJob' },
  help: { name: 'tell', key: 'help' },
  on: { name: 'shift', on: true, place: null },
  off: { name: 'shift', on: false, place: null },
}

function chosen(value: string, usual: Usual | null): Intent {
  if (usual?.again && (value === 'again' || value === againOf(usual.again)))
    return { name: 'book', line: usual.again.line, wanted: [], given: usual.again.journey }
  if (value.startsWith('book ')) return { name: 'book', line: value.slice('book '.length), wanted: [] }
  const load = usual?.loads?.find(({ code }) => value === `load ${code}`)
  if (load) return { name: 'offer', load }
  if (isLanguage(value)) return { name: 'language', language: value }
  return CHOSEN[value] ?? { name: 'menu' }
}

/** @param dial the code to dial, as help names it */
export function createScript(dial: string, defaultLanguage: Language): Script {
  return {
    defaultLanguage,
    languages: LANGUAGES.map((code) => ({ code, name: say(code, 'languageName') })),
    menu,
    counter,
    askBid,
    badAmount: (language) => say(language, 'badAmount'),
    chosen,
    read: readKeywords,
    draft(flow, { state, context }, language) {
      if (flow.name !== 'booking' || (state !== 'asking' && state !== 'confirming')) return null
      const draft = bookingContext.parse(context)
      // Whoever is asked to confirm what another filled in has nothing to go on with or to begin again.
      if (draft.agent && state === 'confirming') return null
      // What carriers were asked about is no draft any more.
      if (draft.bids !== null) return null
      return draft.given.length > 0 ? { summary: summaryOf(draft, language) } : 'empty'
    },
    isForLater(flow, { state, context }) {
      if (flow.name !== 'booking') return false
      const { bids, carrier } = bookingContext.parse(context)
      return (
        state === 'waiting' ||
        (state === 'booked' && carrier?.passage !== undefined) ||
        (state === 'quoting' && bids !== null)
      )
    },
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
    ordered({ context }) {
      const { line, given } = bookingContext.parse(context)
      const basket = line === order.id ? basketIn(given) : []
      return basket.length > 0 ? basket : null
    },
    explained({ context }, language) {
      const booking = bookingContext.parse(context)
      if (booking.quote === null) return null
      const lines = explained(booking, language)
      return lines === null
        ? { key: 'priceWhole', args: trip(booking) }
        : { key: 'priceWhy', args: { ...trip(booking), lines, price: formatMoney(costOf(booking)) } }
    },
    unclear: (language) => say(language, 'unclear'),
    unreadable: (language) => say(language, 'unreadable'),
    wrongPhone: (language) => say(language, 'wrongPhone'),
    chrome,
    bidFor,
    counterFor,
    listed: (loads) => loads.map(lineOfLoad).map(withinLine).join('\n'),
    driverSays(verb, proof, driver) {
      if (verb === 'yes') return { type: 'ACCEPT', driver }
      if (verb === 'no') return { type: 'DECLINE', driver }
      if (verb === 'drop') return { type: 'DROP', driver }
      if (verb === 'return') return { type: 'RETURN', driver }
      return { type: 'PASS', driver, milestone: verb, code: proof }
    },
  }
}
