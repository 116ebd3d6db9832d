import { z } from 'zod'
import { LIMITS } from '../base/limits.ts'
import type { Inbound } from './channel.ts'
import type { Conversation } from './conversation.ts'

/** What a hop brings. */
export type News = Sessions & {
  /** The session begins. */
  readonly opens: boolean
  /** What is new, in the order in which it was keyed; nothing in a hop that was overtaken. */
  readonly said: readonly string[]
}

/** What is kept from now on, to read the next hop. */
type Sessions = Pick<Conversation, 'session' | 'earlier' | 'heard'>
type Remembered = Pick<Conversation, 'session' | 'earlier' | 'heard' | 'heardAt'>
/** What a hop brings to its session. */
type Heard = Pick<News, 'heard' | 'opens' | 'said'>

/** A session's name comes again one day: only lately it is the same session. */
const isSame = (before: Remembered, { session, at }: Inbound): boolean =>
  session === before.session && Math.abs(at - before.heardAt) < LIMITS.sessionMs

/** Of the session before, and no new one of that name. */
const isLate = ({ session, earlier, heardAt }: Remembered, { session: own, input, at }: Inbound): boolean =>
  own === earlier &&
  own !== session &&
  Math.abs(at - heardAt) < LIMITS.sessionMs &&
  !(input.kind === 'keyed' && input.opens)

/**
 * Finds what is new in a USSD hop that was not answered before.
 * A hop that comes late, after others of its session or when there is a newer one, says nothing: whoever keyed it has
 * seen a newer screen since.
 */
export function readHop(before: Remembered, inbound: Inbound): News {
  const { session, earlier, heard } = before
  if (isLate(before, inbound)) return { session, earlier, heard, opens: false, said: [] }
  const known = isSame(before, inbound) ? heard : null
  const next = known === null && session !== inbound.session ? session : earlier
  return { ...heardIn(known, inbound), session: inbound.session, earlier: next }
}

function heardIn(known: string | null, inbound: Inbound): Heard {
  const { input } = inbound
  if (input.kind === 'so_far') return readSoFar(known, input.text)
  if (input.kind !== 'keyed') return { heard: known ?? '', opens: known === null, said: [] }
  return input.turn === null ? readUnnumbered(known, inbound, input) : readNumbered(known, input, input.turn)
}

/** A `*` inside an answer cannot be told from a hop, so only what is new since the last hop is looked at. */
function readSoFar(known: string | null, text: string): Heard {
  if (known === null) return { heard: text, opens: true, said: keysOf(text) }
  if (known.startsWith(text)) return { heard: known, opens: false, said: [] }
  const news = text.startsWith(known) ? text.slice(known.length).replace(/^\*/, '') : ''
  return { heard: text, opens: false, said: news === '' ? [] : [news] }
}

type Keyed = Extract<Inbound['input'], { kind: 'keyed' }>

function readNumbered(known: string | null, input: Keyed, turn: number): Heard {
  if (known !== null && turn <= Number(known)) return { heard: known, opens: false, said: [] }
  return { heard: String(turn), ...told(known, input) }
}

function readUnnumbered(known: string | null, { messageId: id, at }: Inbound, input: Keyed): Heard {
  const { text, opens } = input
  const recent = recentOf(known).filter((one) => at - one.at < LIMITS.repeatMs)
  const heard = JSON.stringify([...recent, { id, at, text, opens }].slice(-LIMITS.recentHops))
  return { heard, ...told(opens ? null : known, input) }
}

/** A key answers only the screen that its own session was shown: in one that we do not know it answers nothing. */
const told = (known: string | null, { text, opens }: Keyed): Omit<Heard, 'heard'> =>
  known === null
    ? { opens: true, said: opens ? keysOf(text) : [] }
    : { opens: false, said: opens ? [] : [text] }

const keysOf = (dialled: string): string[] =>
  dialled === '' ? [] : dialled.split('*').slice(0, LIMITS.deepDialSteps)

const recentHops = z.array(z.object({ id: z.string(), at: z.number(), text: z.string(), opens: z.boolean() }))

function recentOf(known: string | null): z.infer<typeof recentHops> {
  if (known === null || !known.startsWith('[')) return []
  return recentHops.parse(JSON.parse(known))
}

/**
 * Where a gateway numbers nothing and sends only what is new, the same input within `LIMITS.repeatMs` is the same hop.
 * It is found in the conversation's row, which is read in any case and lives as long as what was answered.
 * @returns what tells, from the conversation before, the id under which that hop was answered; null for a new one
 */
export const repeatedBy =
  (inbound: Inbound) =>
  (before: Remembered): string | null => {
    const { input, at } = inbound
    if (input.kind !== 'keyed' || input.turn !== null || !isSame(before, inbound)) return null
    const isIt = (one: z.infer<typeof recentHops>[number]) =>
      one.text === input.text && one.opens === input.opens && Math.abs(at - one.at) < LIMITS.repeatMs
    return recentOf(before.heard).findLast(isIt)?.id ?? null
  }
