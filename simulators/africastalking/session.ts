import { hex } from '../random.ts'
import { Refusal } from '../read.ts'

const MAX_SESSIONS = 10_000

export interface Hop {
  text: string
  /** The gateway's body as it came; undefined when none came. */
  answer: string | undefined
  tookMs: number
}

/** One USSD dialogue between a phone and the gateway. */
export interface Session {
  sessionId: string
  phone: string
  networkCode: string
  serviceCode: string
  /** Everything typed so far, joined with `*`. */
  text: string
  startedAt: number
  hops: Hop[]
  /** How it ended, once it has. */
  status?: 'Success' | 'Incomplete' | 'Failed'
  /** A hop is on its way. */
  busy: boolean
}

/**
 * Splits what was dialled into service code and first text: `*384*77*1*2#` is `*384*77#` with `1*2`, since a
 * shared code is two numbers. Undefined when it is no USSD code.
 */
export function parseCode(code: string): { serviceCode: string; text: string } | undefined {
  const match = /^(\*\d+(?:\*\d+)?)((?:\*[^*#]+)*)#$/.exec(code.trim())
  return match ? { serviceCode: `${match[1]}#`, text: (match[2] ?? '').slice(1) } : undefined
}

/** The open sessions and the latest of the ended ones. */
export function createSessions(now: () => number) {
  const sessions = new Map<string, Session>()

  function open(phone: string, networkCode: string, dialled: { serviceCode: string; text: string }): Session {
    const oldest = sessions.size >= MAX_SESSIONS ? sessions.keys().next().value : undefined
    if (oldest !== undefined) sessions.delete(oldest)
    const sessionId = `ATUid_${hex(16)}`
    const session = { sessionId, phone, networkCode, ...dialled, startedAt: now(), hops: [], busy: false }
    sessions.set(sessionId, session)
    return session
  }

  function find(sessionId: string): Session {
    const session = sessions.get(sessionId)
    if (!session) throw new Refusal(404, `no session ${sessionId}`)
    return session
  }

  const ofPhone = (phone: string) => [...sessions.values()].filter((session) => session.phone === phone)
  return { open, find, ofPhone }
}
