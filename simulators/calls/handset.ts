import { json, jsonBody, phoneOf, type Route, route } from '../http.ts'
import { boolean, optional, phone, Refusal, read, string } from '../read.ts'
import type { createCalls } from './call.ts'

/**
 * The phone at a provider's end (JSON): `POST /<name>/_handset/call {phone}` calls our number, `answer {sessionId}`,
 * `digits {sessionId, digits}`, `hangupcall {sessionId}` answer the call, `calls?phone=` lists them; `digits` with
 * `lost: true` loses the line when the gateway has answered: nothing of that is said.
 */
export function callHandset(name: string, calls: ReturnType<typeof createCalls>): Route[] {
  const session = (body: unknown) => read(body, { sessionId: string() }).sessionId
  const at = `/${name}/_handset`
  return [
    route('GET', `${at}/calls`, (call) => json(200, calls.ofPhone(phoneOf(call)))),
    route('POST', `${at}/call`, async (call) =>
      json(200, await calls.dial(read(jsonBody(call), { phone }).phone)),
    ),
    route('POST', `${at}/answer`, async (call) => json(200, await calls.answer(session(jsonBody(call))))),
    route('POST', `${at}/digits`, async (call) => {
      const shape = { sessionId: string(), digits: string(40), lost: optional(boolean) }
      const pressed = read(jsonBody(call), shape)
      if (!/^[0-9*#]+$/.test(pressed.digits)) throw new Refusal(400, 'digits must be keys of a phone')
      return json(200, await calls.press(pressed.sessionId, pressed.digits, pressed.lost))
    }),
    route('POST', `${at}/hangupcall`, (call) => json(200, calls.hangUp(session(jsonBody(call))))),
  ]
}
