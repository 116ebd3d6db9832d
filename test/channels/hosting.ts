import type { Hook, HookAnswer } from '../../src/core/base/hook.ts'
import type { Log } from '../../src/core/base/log.ts'
import { type Msisdn, parsePhone } from '../../src/core/base/phone.ts'
import type { Doors, Inbound, Receipt } from '../../src/core/talk/channel.ts'
import type { Chrome, Option, Prompt, View } from '../../src/core/talk/prompt.ts'

type Ended = Parameters<Doors['ended']>[0]
type Missed = Parameters<Doors['missedCall']>[0]

/** What came through the doors, in order. */
export type Recording = Doors & {
  readonly heard: Inbound[]
  readonly receipts: Receipt[]
  readonly ends: Ended[]
  readonly missed: Missed[]
  readonly optOuts: string[]
}

/** Doors that write down what comes through them, and answer with `body` the same for the same message. */
export function recording(body: (inbound: Inbound) => string = () => ''): Recording {
  const answers = new Map<string, string>()
  const [heard, receipts, ends, missed]: [Inbound[], Receipt[], Ended[], Missed[]] = [[], [], [], []]
  const optOuts: string[] = []
  return {
    heard,
    receipts,
    ends,
    missed,
    optOuts,
    async receive(inbound) {
      heard.push(inbound)
      const answer = answers.get(inbound.messageId) ?? body(inbound)
      answers.set(inbound.messageId, answer)
      return answer
    },
    ended: async (end) => void ends.push(end),
    delivered: async (receipt) => void receipts.push(receipt),
    introduce: async () => null,
    acquainted: async () => {},
    optedOut: async ({ person }) => void optOuts.push(person),
    missedCall: async (call) => void missed.push(call),
  }
}

/** A log that keeps each line as its event and its fields. */
export function noting(lines: string[]): Log {
  const note = (fields: object, event: string) => void lines.push(`${event} ${JSON.stringify(fields)}`)
  return { info: note, warn: note, error: note }
}

/** Posts raw bytes to a hook, as the server would. */
export const post = (
  hook: Hook | undefined,
  secret: string,
  body: string,
  query = {},
): Promise<HookAnswer> => {
  if (!hook) throw new Error('no such hook')
  return hook.answer({ method: 'POST', params: { secret }, query, headers: {}, body: Buffer.from(body) })
}

export const phone = (text: string): Msisdn => {
  const parsed = parsePhone(text)
  if (!parsed) throw new Error(`${text} is not a phone number`)
  return parsed
}

export const CHROME: Chrome = {
  more: 'More',
  back: 'Back',
  home: 'Home',
  notHeard: 'We did not hear you. Goodbye.',
  press: (label, key) => `For ${label}, press ${key}.`,
  choose: 'Choose',
  sendPin: 'Send your place',
  goodbye: 'Goodbye',
}

export const view = (prompt: Prompt, more: Partial<View> = {}): View => ({
  prompt,
  page: 0,
  error: null,
  chrome: CHROME,
  language: 'en',
  canGoBack: false,
  ...more,
})

/** What is said when we fail. */
export const SORRY = view({ kind: 'tell', id: 'failed', say: 'Sorry, something went wrong.', next: 'end' })

/** `count` options whose values tell nothing about their numbers. */
export const options = (
  count: number,
  label = (n: number) => `Stage ${String.fromCharCode(64 + n)}`,
): Option[] =>
  Array.from({ length: count }, (_, index) => ({ value: `stage-${count - index}`, label: label(index + 1) }))

const unasked = (): Promise<never> => Promise.reject(new Error('nothing comes without a number here'))
/** What a carrier's wire needs, where there is none. */
export const unnumbering = {
  numbering: { idOf: unasked, expect: unasked },
  parts: { keep: unasked, overdue: unasked, heard: unasked },
}
