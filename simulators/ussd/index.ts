import { json as answer, jsonBody, type Route, route } from '../http.ts'
import { createLedger } from '../ledger.ts'
import { boolean, oneOf, optional, phone, Refusal, read, string, whole } from '../read.ts'
import { controls, createMischief, type World } from '../simulator.ts'
import { cumulative } from './cumulative.ts'
import { header } from './header.ts'
import { json } from './json.ts'
import type { Profile, Request, Screen } from './profile.ts'
import { createPushes } from './push.ts'
import { createSessions } from './session.ts'
import { xml } from './xml.ts'

/** Every aggregator whose wire is spoken here. */
export const PROFILES: Profile[] = [...cumulative, ...json, ...xml, ...header]

const GATEWAY_TIMEOUT_MS = 10_000
const OPERATOR_ERROR = 'Connection problem or invalid MMI code.'
const NO_NETWORK: Screen = { kind: 'END', text: 'No network.' }

/**
 * USSD as the other aggregators speak it, and the handset that uses them (JSON, `/ussd/<name>/_handset/…`):
 * `dial {phone, code}` and `reply {sessionId, input, copies?}` answer `{sessionId, kind: 'CON'|'END', text, all}`, where
 * `all` holds the answers to every copy that was sent at once; `again {sessionId, hop?}` sends a hop once more, the last
 * or an older one (0 is the dial); `dial` and `reply` with `lost: true` lose the network when the gateway has answered;
 * `hangup {sessionId, how: 'abort'|'timeout'}`, an abort where nothing is said; `sessions?phone=` lists them.
 * `GET /ussd/_gateways` names the aggregators;
 * `/ussd/_scenario` delays, drops and doubles: operations `hop` and `over`.
 */
export function ussd(world: World): Route[] {
  const ledger = createLedger<Screen & { gateway: string; phone: string }>(
    'ussd',
    world.events,
    (shown) => shown.phone,
  )
  const mischief = createMischief(world.clock, {
    subject: 'msisdn',
    operations: { hop: 'hop', over: 'callback' },
    outcomes: {},
  })
  const pushes = createPushes()
  const sessions = createSessions()

  const send = (profile: Profile, { to, ...request }: Request) =>
    world.gateway.send({
      ...request,
      to: to.startsWith('http')
        ? to
        : `/hooks/ussd/${profile.name}/${encodeURIComponent(world.hookSecret)}${to}`,
      timeoutMs: GATEWAY_TIMEOUT_MS,
    })

  /** Sends one hop as often as is wanted at once; every answer as it would be shown. */
  async function hop(profile: Profile, session: ReturnType<typeof sessions.find>, n: number, copies = 1) {
    const request = profile.hop(session, n)
    const ask = async (): Promise<Screen> => {
      const pushed = profile.isPushed ? pushes.next(session.sessionId) : undefined
      const heard = await mischief.hop('hop', session.phone, () => send(profile, request))
      const shown = heard?.status === 200 ? await (pushed ?? profile.read(heard, session)) : undefined
      return shown ?? { kind: 'END', text: OPERATOR_ERROR }
    }
    const all = await Promise.all(Array.from({ length: copies }, ask))
    const [shown = { kind: 'END', text: OPERATOR_ERROR }] = all
    ledger.add({ ...shown, gateway: profile.name, phone: session.phone })
    return { sessionId: session.sessionId, ...shown, all }
  }

  const keep = (session: ReturnType<typeof sessions.find>, n: number, shown: Screen) => {
    session.screens[n] = { kind: shown.kind, text: shown.text }
    session.over = shown.kind === 'END'
  }

  async function over(profile: Profile, session: ReturnType<typeof sessions.find>, how: 'abort' | 'timeout') {
    session.over = true
    const told = profile.over?.(session, how)
    return told && (await send(profile, told))
  }

  /** The network went while the answer was on its way: the phone shows none, and the session is over. */
  async function lose(profile: Profile, session: ReturnType<typeof sessions.find>) {
    await over(profile, session, 'abort')
    return answer(200, { sessionId: session.sessionId, ...NO_NETWORK, all: [] })
  }

  const handset = (profile: Profile): Route[] => {
    const at = (name: string) => `/ussd/${profile.name}/_handset/${name}`
    return [
      route('POST', at('dial'), async (call) => {
        const dialled = read(jsonBody(call), {
          phone,
          code: string(180),
          sessionId: optional(string(80)),
          lost: optional(boolean),
        })
        const session = sessions.open(dialled.phone, dialled.code, dialled.sessionId)
        const shown = await hop(profile, session, 0)
        keep(session, 0, shown)
        return dialled.lost ? lose(profile, session) : answer(200, shown)
      }),
      route('POST', at('reply'), async (call) => {
        const { sessionId, input, copies, lost } = read(jsonBody(call), {
          sessionId: string(),
          input: string(180),
          copies: optional(whole(1, 20)),
          lost: optional(boolean),
        })
        const session = sessions.find(sessionId)
        if (session.over) throw new Refusal(409, 'the session is over')
        session.inputs.push(input)
        const n = session.inputs.length
        const shown = await hop(profile, session, n, copies)
        keep(session, n, shown)
        return lost ? lose(profile, session) : answer(200, shown)
      }),
      route('POST', at('again'), async (call) => {
        const { sessionId, hop: n } = read(jsonBody(call), {
          sessionId: string(),
          hop: optional(whole(0, 200)),
        })
        const session = sessions.find(sessionId)
        return answer(200, await hop(profile, session, n ?? session.inputs.length))
      }),
      route('POST', at('hangup'), async (call) => {
        const { sessionId, how } = read(jsonBody(call), {
          sessionId: string(),
          how: optional(oneOf(['abort', 'timeout'])),
        })
        const heard = await over(profile, sessions.find(sessionId), how ?? 'abort')
        return answer(200, { sessionId, status: heard?.status ?? null })
      }),
      route('GET', at('sessions'), (call) =>
        answer(200, sessions.ofPhone(phone(call.query.get('phone'), 'phone'))),
      ),
    ]
  }

  const names = route('GET', '/ussd/_gateways', () =>
    answer(
      200,
      PROFILES.map(({ name }) => name),
    ),
  )
  return [names, ...controls('ussd', ledger, mischief.faults), ...pushes.routes, ...PROFILES.flatMap(handset)]
}
