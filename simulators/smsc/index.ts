import { filterOf, json, jsonBody, phoneOf, type Route, route } from '../http.ts'
import { isRecord, optional, phone, Refusal, read, string } from '../read.ts'
import type { World } from '../simulator.ts'
import { startSmsc } from './smsc.ts'
import { createDialling, type Dialling, type Profile, STANDARD } from './ussd.ts'
import { FAIR } from './weather.ts'

const SHORT_CODE = '3847'
const ACCOUNT = { systemId: 'inzira', password: 'secret' }

/**
 * A carrier's SMSC on a port of its own, which speaks SMPP 3.4 both ways, with texts and USSD; the phones at it, and its
 * books, under `/smsc/`: `GET _ledger?to=`, `POST _weather {throttle: 100, …}` (see weather.ts; `DELETE` is fair),
 * `POST _cut` hangs up on everybody, `POST _handset/{sms,dial,reply,hangup}` and `GET _handset/inbox?phone=`.
 */
export async function smsc(world: World, port: number, profile: Partial<Profile> = {}) {
  let dialling: Dialling | undefined
  const center = await startSmsc({
    ...{ port, ...ACCOUNT, clock: world.clock, seed: 1 },
    ussd: (short) => dialling?.heard(short),
  })
  dialling = createDialling(center.bring, { ...STANDARD, ...profile })
  const phones = dialling
  const routes: Route[] = [
    route('GET', '/smsc/_ledger', (call) => {
      const to = filterOf(call)?.replace('+', '')
      return json(
        200,
        center.accepted.filter((one) => to === undefined || one.to === to),
      )
    }),
    route('POST', '/smsc/_weather', (call) => {
      const wanted = jsonBody(call)
      const known =
        isRecord(wanted) &&
        Object.entries(wanted).every(([key, value]) => key in FAIR && Number.isInteger(value))
      if (!known) throw new Refusal(400, `whole numbers for any of ${Object.keys(FAIR).join(', ')}`)
      return json(200, Object.assign(center.weather, wanted))
    }),
    route('DELETE', '/smsc/_weather', () => {
      Object.assign(center.weather, FAIR)
      return { status: 204 }
    }),
    route('POST', '/smsc/_cut', () => {
      center.cut()
      return { status: 204 }
    }),
    route('POST', '/smsc/_handset/sms', (call) => {
      const sent = read(jsonBody(call), { phone, text: string(1_600), to: optional(string(20)) })
      return json(200, { parts: center.text(sent.phone, sent.to ?? SHORT_CODE, sent.text).length })
    }),
    route('GET', '/smsc/_handset/inbox', (call) => json(200, center.inbox(phoneOf(call)))),
    route('POST', '/smsc/_handset/dial', async (call) => {
      const { phone: from, code } = read(jsonBody(call), { phone, code: string(180) })
      return json(200, await phones.dial(from, code))
    }),
    route('POST', '/smsc/_handset/reply', async (call) => {
      const { sessionId, input } = read(jsonBody(call), { sessionId: string(), input: string(180) })
      return json(200, await phones.reply(sessionId, input))
    }),
    route('POST', '/smsc/_handset/hangup', (call) => {
      phones.hangUp(read(jsonBody(call), { sessionId: string() }).sessionId)
      return { status: 204 }
    }),
  ]
  return { port: center.port, routes, stop: center.stop }
}
