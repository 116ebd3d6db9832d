import type { UssdOps } from '../../core/base/carrier.ts'
import type { Clock, Instant } from '../../core/base/clock.ts'
import { type Log, traceOf } from '../../core/base/log.ts'
import { type Msisdn, maskPhone, parsePhone } from '../../core/base/phone.ts'
import type { Channel, Doors } from '../../core/talk/channel.ts'
import type { Codec, Input, View } from '../../core/talk/prompt.ts'
import type { Numbering, Unnumbered } from '../../core/talk/unnumbered.ts'
import { internationalDigits, type ShortMessage, TAG } from './bodies.ts'
import type { Link, Listener } from './link.ts'
import { STATUS } from './pdu.ts'
import { decodeText, encodeText } from './text.ts'
import { answeredIn, sessionOf } from './ussd-session.ts'

export type UssdOptions = {
  readonly link: Link
  /** Draws `CON …` or `END …`. */
  readonly codec: Codec
  /** What was keyed behind a code of ours, of the address that was dialled and the text; null where it is none of ours. */
  readonly beyondCode: (address: string, text: string) => string | null
  readonly ops: UssdOps
  /** The tag of the parameter that names a session; null where only the phone does. */
  readonly sessionTag: number | null
  readonly sorry: View
  readonly numbering: Numbering
  readonly clock: Clock
  readonly log: Log
}

/**
 * USSD straight to a carrier: each hop a `deliver_sm` whose parameter says what it is, each screen a `submit_sm`. A hop
 * is acknowledged at once, before it is answered: the network must not take our thinking for a loss and bring it again.
 * Source: SMPP 3.4, §5.3.2.44; carriers' own parameters are settings.
 */
export function ussdSmpp(options: UssdOptions): Channel {
  let listener: Listener | undefined
  return {
    name: 'ussd',
    codec: options.codec,
    answers: 'inline',
    hooks: () => [],
    async start(doors) {
      listener = listening(options, doors)
      options.link.join(listener)
    },
    async stop() {
      if (listener) await options.link.leave(listener)
    },
    deliver: async () => ({ status: 'failed', fault: 'unreachable', retryable: false }),
  }
}

/** One hop: who is where in which session, and what they keyed. */
type Hop = {
  readonly message: ShortMessage
  readonly person: Msisdn
  readonly session: string
  readonly op: number
  readonly text: string
}

function listening(options: UssdOptions, doors: Doors): Listener {
  const { ops, numbering, log } = options
  return {
    hears: ({ tlvs }) => tlvs.has(TAG.ussdServiceOp),
    async hear(message) {
      const hop = hopIn(options, message)
      if (!hop) log.warn({ from: maskPhone(message.source.digits) }, 'ussd.dropped')
      else if (hop.op === ops.abort) await ended(doors, hop)
      else if (hop.op === ops.begin || hop.op === ops.answer) await take(options, doors, hop)
      else log.warn({ op: hop.op }, 'ussd.unknown_op')
      return STATUS.ok
    },
    async unthanked(message) {
      const hop = hopIn(options, message)
      if (hop)
        await numbering
          .expect(saidIn(hop, options.clock))
          .catch((error: unknown) => log.error({ error: traceOf(error) }, 'ussd.not_expected'))
    },
  }
}

function hopIn({ sessionTag }: UssdOptions, message: ShortMessage): Hop | null {
  const person = parsePhone(internationalDigits(message.source))
  const [op] = message.tlvs.get(TAG.ussdServiceOp) ?? []
  if (!person || op === undefined) return null
  const text = decodeText(message.dataCoding, message.octets) ?? ''
  return { message, person, session: `smpp:${sessionOf(message, sessionTag)}`, op, text }
}

const ended = (doors: Doors, { person, session }: Hop): Promise<void> =>
  doors.ended({ person, session, completed: false })

const saidIn = ({ person, session, op, text }: Hop, clock: Clock): Unnumbered => ({
  ...{ channel: 'ussd', person, to: session, text: `${op} ${text}` },
  at: clock.now(),
})

/** Nobody can key twice before they see what we answer, so only what is known to come again is the same. */
const SAME_MS = 0

async function take(options: UssdOptions, doors: Doors, hop: Hop): Promise<void> {
  const { numbering, clock, codec, sorry, log } = options
  const failed = (error: unknown): string => {
    log.error({ person: maskPhone(hop.person), error: traceOf(error) }, 'ussd.failed')
    return codec.encode(sorry)
  }
  const at = clock.now()
  const input = inputIn(options, hop, at)
  if (!input) return void show(options, hop, 'END This code is not in use.')
  const id = await numbering.idOf(saidIn(hop, clock), SAME_MS).catch((error: unknown) => void failed(error))
  if (id === undefined) return void show(options, hop, codec.encode(sorry))
  const { person, session } = hop
  const inbound = { channel: 'ussd', person, session, messageId: `smpp:${id}`, input, at } as const
  void doors
    .receive(inbound)
    .catch(failed)
    .then((body) => show(options, hop, body))
    .catch(failed)
}

/** The network numbers no hops, but they come one after the other. Null where another service was dialled. */
function inputIn({ ops, beyondCode }: UssdOptions, { op, text, message }: Hop, at: Instant): Input | null {
  if (op !== ops.begin) return { kind: 'keyed', text, opens: false, turn: at }
  const keys = beyondCode(message.destination.digits, text)
  return keys === null ? null : { kind: 'keyed', text: keys, opens: true, turn: null }
}

async function show(options: UssdOptions, { message, person }: Hop, body: string): Promise<void> {
  const { ops, sessionTag, link, log } = options
  const isOpen = body.startsWith('CON ')
  const { dataCoding, parts } = encodeText(body.slice('CON '.length), () => 0)
  const op = isOpen ? ops.ask : ops.end
  const submission = await link.submit(
    {
      ...{
        serviceType: message.serviceType || 'USSD',
        source: message.destination,
        destination: message.source,
      },
      ...{ esmClass: 0, registeredDelivery: 0, dataCoding, octets: parts[0] ?? Buffer.alloc(0) },
      tlvs: new Map([[TAG.ussdServiceOp, Buffer.from([op])], ...answeredIn(message, sessionTag, !isOpen)]),
    },
    true,
  )
  if (submission.kind !== 'taken') log.warn({ person: maskPhone(person), why: submission }, 'ussd.not_shown')
}
