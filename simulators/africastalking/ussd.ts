import type { Heard } from '../gateway.ts'
import { json, jsonBody, phoneOf, type Route, route } from '../http.ts'
import { boolean, optional, phone, Refusal, read, string } from '../read.ts'
import { clip } from './gsm.ts'
import { type Line, NETWORK_CODE, stamp } from './line.ts'
import { createSessions, parseCode, type Session } from './session.ts'

const SESSION_MS = 180_000
const INACTIVITY_MS = 60_000
const OPERATOR_ERROR = 'Connection problem or invalid MMI code.'
const TIMED_OUT = 'Session timed out.'
const NO_NETWORK = 'No network.'

interface Screen {
  sessionId: string
  kind: 'CON' | 'END'
  text: string
}

/**
 * USSD as Africa's Talking speaks it, and the handset that uses it (JSON, `/africastalking/_handset/…`):
 * `dial {phone, code, networkCode?}`, `reply {sessionId, input}`, `resend {sessionId}` (the last hop again, byte for
 * byte) answer `{sessionId, kind: 'CON'|'END', text}`; `dial` and `reply` with `lost: true` lose the network when the
 * gateway has answered: its screen never reaches the phone. `hangup {sessionId}`; `sessions?phone=` lists them with hops.
 * Source: developers.africastalking.com/docs/ussd (overview, sessions, notifications).
 */
export function ussd(line: Line): Route[] {
  const { clock, events, gateway } = line.world
  const sessions = createSessions(clock.now)
  const timers = new Map<Session, () => void>()

  const post = (session: Session, text: string) =>
    gateway.form(line.hook('ussd'), {
      sessionId: session.sessionId,
      phoneNumber: session.phone,
      networkCode: session.networkCode,
      serviceCode: session.serviceCode,
      text,
    })

  /** Sends one hop and shows its answer, unless it is lost; ends the session when the answer says so, is none or is lost. */
  async function hop(session: Session, isLost = false): Promise<Screen> {
    timers.get(session)?.()
    session.busy = true
    const { text } = session
    const heard = await line.hop('ussd', session.phone, () => post(session, text))
    session.busy = false
    const answer = body(heard)
    session.hops.push({ text, answer, tookMs: heard?.tookMs ?? 0 })
    const shown: Screen = isLost
      ? { sessionId: session.sessionId, kind: 'END', text: NO_NETWORK }
      : screen(session, answer)
    if (isLost) end(session, 'Incomplete')
    if (shown.kind === 'CON' && !session.status) wait(session)
    if (shown.kind === 'END') end(session, isPrefixed(answer) ? 'Success' : 'Failed')
    show(session, shown)
    return shown
  }

  function wait(session: Session) {
    const restMs = session.startedAt + SESSION_MS - clock.now()
    const waitMs = Math.min(INACTIVITY_MS, Math.max(restMs, 0))
    timers.set(
      session,
      clock.after(waitMs, () => expire(session)),
    )
  }

  function end(session: Session, status: NonNullable<Session['status']>) {
    if (session.status) return
    session.status = status
    timers.get(session)?.()
    timers.delete(session)
    const fields = notification(session, status, clock.now())
    const send = async () => (await gateway.form(line.hook('ussd', '/end'), fields))?.status === 200
    // Not awaited: the phone does not wait for the aggregator's bookkeeping.
    void line.deliver({ on: 'ussdEnd', phone: session.phone, send })
  }

  /** The network closes a session that nobody answers. */
  function expire(session: Session) {
    end(session, 'Incomplete')
    show(session, { sessionId: session.sessionId, kind: 'END', text: TIMED_OUT })
  }

  const show = (session: Session, data: Screen) =>
    events.emit({ simulator: 'africastalking', kind: 'screen', phone: session.phone, data })

  return [
    route('POST', '/africastalking/_handset/dial', async (call) => {
      const dialled = read(jsonBody(call), {
        phone,
        code: string(180),
        networkCode: optional(string(10)),
        lost: optional(boolean),
      })
      const parsed = parseCode(dialled.code)
      if (!parsed) return json(200, screen({ sessionId: '' }, undefined))
      const session = sessions.open(dialled.phone, dialled.networkCode ?? NETWORK_CODE, parsed)
      return json(200, await hop(session, dialled.lost))
    }),
    route('POST', '/africastalking/_handset/reply', async (call) => {
      const { sessionId, input, lost } = read(jsonBody(call), {
        sessionId: string(),
        input: string(180),
        lost: optional(boolean),
      })
      const session = sessions.find(sessionId)
      if (session.busy) throw new Refusal(409, 'the last hop is still on its way')
      if (session.status) return json(200, screen(session, undefined))
      session.text = session.text === '' ? input : `${session.text}*${input}`
      return json(200, await hop(session, lost))
    }),
    route('POST', '/africastalking/_handset/resend', async (call) => {
      const session = sessions.find(read(jsonBody(call), { sessionId: string() }).sessionId)
      return json(200, screen(session, body(await post(session, session.text))))
    }),
    route('POST', '/africastalking/_handset/hangup', async (call) => {
      const session = sessions.find(read(jsonBody(call), { sessionId: string() }).sessionId)
      end(session, 'Incomplete')
      return json(200, { sessionId: session.sessionId, status: session.status })
    }),
    route('GET', '/africastalking/_handset/sessions', (call) => json(200, sessions.ofPhone(phoneOf(call)))),
  ]
}

/** What the aggregator takes for an answer: the body of a 200. */
const body = (heard: Heard | undefined) => (heard?.status === 200 ? heard.body : undefined)

const isPrefixed = (answer: string | undefined): answer is string =>
  answer !== undefined && (answer.startsWith('CON ') || answer.startsWith('END '))

function screen({ sessionId }: { sessionId: string }, answer: string | undefined): Screen {
  if (!isPrefixed(answer)) return { sessionId, kind: 'END', text: OPERATOR_ERROR }
  return { sessionId, kind: answer.startsWith('CON ') ? 'CON' : 'END', text: clip(answer.slice(4)) }
}

function notification(session: Session, status: string, now: number): Record<string, string> {
  const last = session.hops.at(-1)
  return {
    date: stamp(now),
    sessionId: session.sessionId,
    serviceCode: session.serviceCode,
    networkCode: session.networkCode,
    phoneNumber: session.phone,
    status,
    cost: '0',
    durationInMillis: String(now - session.startedAt),
    hopsCount: String(session.hops.length),
    input: session.text,
    lastAppResponse: last?.answer ?? '',
    errorMessage: status === 'Failed' ? 'The application gave no usable answer' : '',
  }
}
