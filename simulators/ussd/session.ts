import { hex } from '../random.ts'
import { Refusal } from '../read.ts'
import type { Session } from './profile.ts'

const MAX_SESSIONS = 10_000

/** The sessions of all aggregators here, the oldest forgotten. */
export function createSessions() {
  const sessions = new Map<string, Session>()

  /** @param named an aggregator may give a name that it gave before, to whomever */
  function open(phone: string, dialled: string, named: string | undefined): Session {
    const oldest = sessions.size >= MAX_SESSIONS ? sessions.keys().next().value : undefined
    if (oldest !== undefined) sessions.delete(oldest)
    const sessionId = named ?? hex(16)
    const session: Session = { sessionId, phone, dialled, inputs: [], screens: [], over: false }
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
