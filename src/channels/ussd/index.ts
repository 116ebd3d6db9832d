import { createHash } from 'node:crypto'
import type { Clock } from '../../core/base/clock.ts'
import { type Hook, type HookAnswer, NOT_FOUND, sameSecret } from '../../core/base/hook.ts'
import { type Log, traceOf } from '../../core/base/log.ts'
import { type Msisdn, maskPhone, maskPhones, parsePhone } from '../../core/base/phone.ts'
import type { Channel, Doors, Inbound } from '../../core/talk/channel.ts'
import type { View } from '../../core/talk/prompt.ts'
import { ussdCodec } from './codec.ts'
import { beyond, type Gateway, type Hop, type Screen } from './gateway.ts'

const DAY_MS = 86_400_000
/** Longer is no session of anybody's. */
const SESSION_CHARACTERS = 80
/** As much as a session can have said: twenty answers of the longest. */
const SAID_CHARACTERS = 3_200
/** What is longer is kept by its hash: PostgreSQL indexes no long texts. */
const ID_CHARACTERS = 120

const end = (text: string): Screen => ({ text, isOpen: false })
const UNREADABLE = end('Sorry, your phone number could not be read.')
const NOT_OURS = end('This code is not in use.')

type Options = {
  readonly gateways: readonly Gateway[]
  readonly secret: string
  /** Ours, e.g. `*384*77#`; a call for another is refused politely. */
  readonly serviceCodes: readonly string[]
  /** Ends the session when a hop fails, since a gateway shows nobody an error of ours. */
  readonly sorry: View
  readonly clock: Clock
  readonly log: Log
}

/**
 * USSD through any number of aggregators. What they differ in is in their files; here is what they share. It keeps no
 * memory. A hop is known by its gateway, session, person and day (names of sessions come again), and by what the
 * aggregator tells hops apart with: all that was said so far, or the number of the turn. Where it has neither, the
 * moment makes it unique, and the core finds out whether it is the hop before once more.
 */
export function ussd(options: Options): Channel {
  return {
    name: 'ussd',
    codec: ussdCodec,
    answers: 'inline',
    hooks: (doors) => options.gateways.flatMap((gateway) => hooksOf(gateway, options, doors)),
    start: async () => {},
    stop: async () => {},
    deliver: async () => ({ status: 'failed', fault: 'unreachable', retryable: false }),
  }
}

const hooksOf = (gateway: Gateway, options: Options, doors: Doors): Hook[] =>
  gateway.doors.map(({ methods, path }) => ({
    methods,
    path: `/hooks/ussd/${gateway.name}/:secret${path}`,
    async answer(request): Promise<HookAnswer> {
      if (!sameSecret(request.params.secret, options.secret)) return NOT_FOUND
      const { hop, write, send } = gateway.read(request)
      if (hop === 'noted') return write(null)
      const screen = hop ? await screenFor(gateway.name, hop, options, doors) : UNREADABLE
      if (screen && hop && send) await send(screen)
      return write(screen)
    },
  }))

async function screenFor(
  gateway: string,
  { session: named, phone, said }: Hop,
  { serviceCodes, clock, log, sorry }: Options,
  doors: Doors,
): Promise<Screen | null> {
  const person = parsePhone(phone)
  const session = `${gateway}:${named}`
  if (!person || named === '' || named.length > SESSION_CHARACTERS) return UNREADABLE
  try {
    if (said.kind === 'over') {
      await doors.ended({ person, session, completed: said.completed })
      return null
    }
    const input = inputOf(said, serviceCodes)
    if (input === null) return NOT_OURS
    if (input.text.length > SAID_CHARACTERS) return UNREADABLE
    const at = clock.now()
    const inbound = { channel: 'ussd', person, session, input, at } as const
    return screenOf(await doors.receive({ ...inbound, messageId: idOf(inbound) }))
  } catch (error) {
    log.error(
      { session: maskPhones(session), person: maskPhone(person), error: traceOf(error) },
      'ussd.failed',
    )
    return screenOf(ussdCodec.encode(sorry))
  }
}

type Keyed = Extract<Inbound['input'], { kind: 'so_far' | 'keyed' }>

/** What was said to us; null when it was for another code. */
function inputOf(said: Exclude<Hop['said'], { kind: 'over' }>, codes: readonly string[]): Keyed | null {
  if (said.kind === 'input') return { kind: 'keyed', text: said.text, opens: false, turn: said.turn }
  const text = said.dialled === null ? '' : beyond(said.dialled, codes)
  if (text === null) return null
  return said.kind === 'so_far'
    ? { kind: 'so_far', text }
    : { kind: 'keyed', text, opens: true, turn: said.turn }
}

function idOf(hop: { person: Msisdn; session: string; input: Keyed; at: number }): string {
  const { person, session, input, at } = hop
  const own = input.kind === 'so_far' ? input.text : (input.turn ?? `${at}:${input.text}`)
  const id = `ussd:${session}:${Math.floor(at / DAY_MS)}:${person}:${own}`
  return id.length <= ID_CHARACTERS + session.length ? id : `ussd:${session}:${digest(id)}`
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** The codec's bytes, which are what is stored, as what they mean. */
const screenOf = (body: string): Screen => ({
  text: body.slice('CON '.length),
  isOpen: body.startsWith('CON '),
})
