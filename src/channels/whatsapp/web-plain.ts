import { bodyOf, type Message, type Tap, tapsOf } from './message.ts'
import { keyOf } from './tap.ts'

export type Choices = readonly { readonly id: string; readonly label: string }[]

/** What WhatsApp Web can still send: words, or a poll of which one choice may be ticked. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'poll'
      readonly question: string
      readonly choices: Choices
    }

/** Poll limits of WhatsApp's own clients: choices, characters of the question and of one choice. */
const POLL = { minChoices: 2, maxChoices: 12, question: 255, choice: 100 } as const

/**
 * Buttons and rows without buttons and rows: numbered lines to be typed, or a poll to be tapped. A poll whose
 * texts would not fit, or would not differ, becomes numbers. A request for a pin becomes its words.
 */
export function plain(message: Message, how: 'numbers' | 'poll'): Content {
  const taps = tapsOf(message)
  const choices = taps.map((tap) => ({ id: tap.id, label: labelOf(tap) }))
  const question = bodyOf(message)
  if (how === 'poll' && fitsPoll(question, choices)) return { kind: 'poll', question, choices }
  const lines = choices.map(({ id, label }) => `${keyOf(id) ?? '-'} ${label}`)
  return { kind: 'text', text: [question, ...lines].join('\n') }
}

const fitsPoll = (question: string, choices: readonly { label: string }[]): boolean =>
  choices.length >= POLL.minChoices &&
  choices.length <= POLL.maxChoices &&
  question.length <= POLL.question &&
  choices.every(({ label }) => label.length <= POLL.choice) &&
  new Set(choices.map(({ label }) => label)).size === choices.length

/** A row whose title is only its number has the whole label below it. */
function labelOf({ id, title, description }: Tap): string {
  if (!description) return title
  return title === keyOf(id) ? description : `${title} · ${description}`
}
