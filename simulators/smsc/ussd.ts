import { setTimeout as startTimer } from 'node:timers'
import { Refusal } from '../read.ts'
import { decode, encode } from './alphabet.ts'
import type { Brought } from './bringing.ts'
import type { Short } from './pdu.ts'

/** How a carrier does USSD over SMPP. */
export interface Profile {
  /** `ussd_service_op` of the last screen: 0x11 by the standard, 0x17 at some. */
  end: number
  /** The tag of the session's name; 0 where only the phone names it. */
  sessionTag: number
  /** Whether the code that was dialled is the text, or the address. */
  code: 'text' | 'address'
}

export const STANDARD: Profile = { end: 0x11, sessionTag: 0x1383, code: 'text' }

export interface Screen {
  sessionId: string
  kind: 'CON' | 'END'
  text: string
}

const OP = 0x0501
const BEGIN = 0x01
const ANSWER = 0x12
const ABORT = 0x81
const ASK = 0x02
const ITS_SESSION_INFO = 0x1383
const ANSWER_WITHIN_MS = 10_000
const OPERATOR_ERROR = 'Connection problem or invalid MMI code.'
const MAX_SESSIONS = 10_000

interface Session {
  id: string
  /** Two octets; the last bit is the flag of its end. */
  name: Buffer
  phone: string
  to: string
  isOver: boolean
  show?: ((screen: Screen) => void) | undefined
}

/** Phones that dial; screens come back as messages with the session's name. `bring` hands a hop to the application. */
export function createDialling(bring: (short: Short) => Brought, profile: Profile) {
  const sessions = new Map<string, Session>()
  let counter = 0

  function hop(session: Session, op: number, words: string): Promise<Screen> {
    const { dataCoding, octets } = encode(words)
    const name: [number, Buffer][] = profile.sessionTag === 0 ? [] : [[profile.sessionTag, session.name]]
    const screen = new Promise<Screen>((show) => {
      const timer = startTimer(() => close(session, OPERATOR_ERROR), ANSWER_WITHIN_MS)
      session.show = (shown) => {
        clearTimeout(timer)
        session.show = undefined
        show(shown)
      }
    })
    bring({
      ...{ serviceType: 'USSD', from: session.phone.slice(1), to: session.to, esmClass: 0, registered: 0 },
      ...{ dataCoding, text: octets, tlvs: new Map([[OP, Buffer.from([op])], ...name]) },
    })
    return screen
  }

  function close(session: Session, text: string) {
    session.isOver = true
    session.show?.({ sessionId: session.id, kind: 'END', text })
  }

  const named = ({ to, tlvs }: Short): Session | undefined => {
    const open = [...sessions.values()].filter((one) => !one.isOver && one.phone === `+${to}`)
    const name = tlvs.get(profile.sessionTag)
    if (profile.sessionTag === 0) return open.at(-1)
    return (
      name && open.find((one) => one.name.readUInt16BE(0) === (name.readUInt16BE(0) & ~flagMask(profile)))
    )
  }

  /** A screen from the application. What does not fit the session closes it, as a network does. */
  function heard(short: Short) {
    const session = named(short)
    if (!session) return
    const [op] = short.tlvs.get(OP) ?? []
    const isEnd = op === profile.end
    const flag = (short.tlvs.get(ITS_SESSION_INFO)?.[1] ?? 0) & 1
    const isSound = op === ASK || isEnd
    if (!isSound || (profile.sessionTag === ITS_SESSION_INFO && flag !== Number(isEnd)))
      return close(session, OPERATOR_ERROR)
    if (isEnd) return close(session, decode(short.dataCoding, short.text))
    session.show?.({ sessionId: session.id, kind: 'CON', text: decode(short.dataCoding, short.text) })
  }

  function find(id: string): Session {
    const session = sessions.get(id)
    if (!session) throw new Refusal(404, `no session ${id}`)
    return session
  }

  return {
    heard,
    dial(phone: string, code: string): Promise<Screen> {
      const oldest = sessions.size >= MAX_SESSIONS ? sessions.keys().next().value : undefined
      if (oldest !== undefined) sessions.delete(oldest)
      counter = (counter + 2) % 0x1_00_00
      const name = Buffer.alloc(2)
      name.writeUInt16BE(counter)
      const address = code.replace(/^\*|#$/g, '')
      const session = { id: `smsc-${sessions.size}-${counter}`, name, phone, isOver: false }
      const isText = profile.code === 'text'
      const open: Session = { ...session, to: isText ? (address.split('*')[0] ?? '') : address }
      sessions.set(open.id, open)
      return hop(open, BEGIN, isText ? code : '')
    },
    async reply(id: string, input: string): Promise<Screen> {
      const session = find(id)
      if (session.isOver) return { sessionId: id, kind: 'END', text: OPERATOR_ERROR }
      return hop(session, ANSWER, input)
    },
    hangUp(id: string) {
      const session = find(id)
      if (session.isOver) return
      session.isOver = true
      void hop(session, ABORT, '')
    },
  }
}

export type Dialling = ReturnType<typeof createDialling>

const flagMask = ({ sessionTag }: Profile) => (sessionTag === ITS_SESSION_INFO ? 1 : 0)
