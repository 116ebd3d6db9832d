import { form, header, json, jsonBody, phoneOf, type Route, route, text } from '../http.ts'
import { boolean, optional, phone, Refusal, read, string, toE164 } from '../read.ts'
import { createCalls } from './call.ts'
import type { Line } from './line.ts'
import { UNAUTHORIZED } from './sms.ts'

/**
 * Voice as Africa's Talking speaks it: `POST /africastalking/voice/call` (form) and the callbacks whose XML answer is
 * the conversation. The handset (JSON): `POST /africastalking/_handset/call {phone}` calls our number,
 * `answer {sessionId}`, `digits {sessionId, digits}`, `hangupcall {sessionId}` answer the call, `calls?phone=` lists
 * them; `digits` with `lost: true` loses the line when the gateway has answered: nothing of that is said. Source: developers.africastalking.com/docs/voice.
 */
export function voice(line: Line): Route[] {
  const calls = createCalls(line)

  function callAll(fields: URLSearchParams) {
    const numbers = (fields.get('to') ?? '').split(',').filter(Boolean)
    if (!fields.get('username') || !fields.get('from') || numbers.length === 0) {
      return text(400, 'Request is missing a required form field: username, to, from')
    }
    const entries = numbers.map((number) => {
      const to = toE164(number)
      if (to === undefined) return { phoneNumber: number, sessionId: 'None', status: 'InvalidPhoneNumber' }
      return { phoneNumber: to, sessionId: calls.ring(to).sessionId, status: 'Queued' }
    })
    return json(200, { entries, errorMessage: 'None' }, { 'x-current-queue-size': String(entries.length) })
  }

  const session = (body: unknown) => read(body, { sessionId: string() }).sessionId
  return [
    route('POST', '/africastalking/voice/call', (call) => {
      if (!header(call, 'apikey')) return UNAUTHORIZED
      const fields = form(call)
      return line.guard('call', fields.get('to') ?? '', () => callAll(fields))
    }),
    route('GET', '/africastalking/_handset/calls', (call) => json(200, calls.ofPhone(phoneOf(call)))),
    route('POST', '/africastalking/_handset/call', async (call) =>
      json(200, await calls.dial(read(jsonBody(call), { phone }).phone)),
    ),
    route('POST', '/africastalking/_handset/answer', async (call) =>
      json(200, await calls.answer(session(jsonBody(call)))),
    ),
    route('POST', '/africastalking/_handset/digits', async (call) => {
      const pressed = read(jsonBody(call), {
        sessionId: string(),
        digits: string(40),
        lost: optional(boolean),
      })
      if (!/^[0-9*#]+$/.test(pressed.digits)) throw new Refusal(400, 'digits must be keys of a phone')
      return json(200, await calls.press(pressed.sessionId, pressed.digits, pressed.lost))
    }),
    route('POST', '/africastalking/_handset/hangupcall', (call) =>
      json(200, calls.hangUp(session(jsonBody(call)))),
    ),
  ]
}
