import { LANGUAGES, type Language } from '../../src/core/base/languages.ts'
import { lineOf } from '../../src/flows/lines/index.ts'
import { textOf, type WordKey } from '../../src/flows/words/index.ts'
import type { Step, Talk } from './talk.ts'

/** Lines of which every cell must be filled; another is added here once its talks are written. */
export const DEMANDED = ['ride', 'parcel', 'bus', 'freight', 'order'] as const

/** A talk by the name of its file. */
export type Named = { readonly name: string; readonly talk: Talk }

const CHANNELS = ['ussd', 'sms', 'whatsapp', 'voice', 'rest'] as const

/** A text as somebody hears it, whatever fills its slots. */
const heardAs = (text: string): RegExp =>
  new RegExp(
    text
      .split(/\{\w+\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+'),
  )
export const inAny = (key: WordKey): RegExp[] => LANGUAGES.map((language) => heardAs(textOf(language, key)))
const textsOf = ({ out, sms = [], whatsapp = [] }: Step): string[] => [
  ...(out ? [out] : []),
  ...sms,
  ...whatsapp,
]
export const hears = (steps: readonly Step[], what: readonly RegExp[]): boolean =>
  steps.some((step) => textsOf(step).some((text) => what.some((one) => one.test(text))))

/** What only whoever travels does and hears. */
const own = ({ talk }: Named): readonly Step[] => talk.steps.filter(({ rider }) => rider === undefined)

/** What is heard once it is bought, and how many of the traveller's own steps that takes; -1 when it never is. */
const confirmed = (line: string): readonly WordKey[] => {
  const { paid, cash } = lineOf(line).words
  return cash ? [paid, cash] : [paid]
}
const bought = (line: string, named: Named): number =>
  own(named).findIndex((step) => hears([step], confirmed(line).flatMap(inAny)))

type Channel = (typeof CHANNELS)[number]

/** Where something was done; null where somebody only listened. */
function doneOn(step: Step, { talk }: Named): Channel | null {
  if (step.dial !== undefined) return 'ussd'
  if (step.ring) return 'voice'
  if (step.ask !== undefined) return 'rest'
  const isDone = [step.in, step.tap, step.pin, step.choose].some((deed) => deed !== undefined)
  return isDone ? (step.on ?? talk.channel) : null
}

type Asks = (line: string, named: Named) => boolean

const onChannel =
  (channel: Channel): Asks =>
  (line, named) => {
    const before = own(named).slice(0, bought(line, named) + 1)
    return before.map((step) => doneOn(step, named)).findLast((one) => one !== null) === channel
  }
const inLanguage =
  (language: Language): Asks =>
  (line, named) =>
    hears(
      own(named),
      confirmed(line).map((key) => heardAs(textOf(language, key))),
    )
/** Left in the middle, and bought all the same, elsewhere. */
const isResumed: Asks = (line, named) => {
  const before = own(named).slice(0, bought(line, named) + 1)
  const cut = before.findIndex(({ hangUp }) => hangUp === true)
  const on = (steps: readonly Step[]) =>
    steps.map((step) => doneOn(step, named)).filter((one) => one !== null)
  const [from, to] = [on(before.slice(0, cut + 1)).at(-1), on(before.slice(cut + 1)).at(-1)]
  return cut >= 0 && to !== undefined && from !== to
}
const isPaidBack: Asks = (line, named) =>
  bought(line, named) >= 0 &&
  hears(own(named), inAny('cancelledRefund')) &&
  hears(own(named), inAny('refunded'))
const isAgents: Asks = (line, named) =>
  bought(line, named) >= 0 && hears(named.talk.steps, inAny('customerAgreed'))

/** On which lines each language must be heard: where the demo sells the line in a country that speaks it. */
const SPOKEN: Readonly<Record<Language, readonly (typeof DEMANDED)[number][]>> = {
  ...{ en: DEMANDED, rw: DEMANDED, fr: DEMANDED },
  ...{ sw: ['ride'], ar: ['bus'], ur: ['freight'] },
}

/** What there must be a talk of, on every line or on those that are named. */
export const ASKED: readonly (readonly [what: string, asks: Asks, lines?: readonly string[]])[] = [
  ...CHANNELS.map((channel) => [`bought on ${channel}`, onChannel(channel)] as const),
  ...LANGUAGES.map((language) => [`bought in ${language}`, inLanguage(language), SPOKEN[language]] as const),
  ['cut off, and bought on another channel', isResumed],
  ['cancelled, and the money sent back', isPaidBack],
  ['filled in by an agent', isAgents],
]

/** The talk of a cell that has the shortest name, which is the plainest; undefined where there is none. */
export const cell = (line: string, asks: Asks, talks: readonly Named[]): string | undefined =>
  talks
    .filter((named) => bought(line, named) >= 0 && asks(line, named))
    .map(({ name }) => name)
    .sort((a, b) => a.length - b.length || isForeign(a) - isForeign(b) || (a < b ? -1 : 1))[0]

/** Whoever reads the page reads English. */
const isForeign = (name: string): number => (/-en-/.test(name) ? 0 : 1)

const HEAD = `# Which talk shows what

Conversations are files: \`test/conversations/*.json\`, held word for word with the real parts. For every line below
there is at least one of each kind, in Swahili, Arabic and Urdu on what the demo sells where they are spoken;
\`test/conversations/grid.test.ts\` reads out of the talks themselves what they show, fails where one is missing, and
keeps this page: \`UPDATE=1 npx mocha test/conversations/grid.test.ts\` writes it.
`

/** The page, with the plainest talk of each cell. */
export function printed(talks: readonly Named[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rows = ASKED.map(([what, asks]) =>
    row([
      what,
      ...DEMANDED.map((line) => {
        const name = cell(line, asks, talks)
        return name === undefined ? '' : `[${name}](../test/conversations/${name}.json)`
      }),
    ]),
  )
  return [HEAD, row(['', ...DEMANDED]), row(['---', ...DEMANDED.map(() => '---')]), ...rows, ''].join('\n')
}
