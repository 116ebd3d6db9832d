import { createCalls } from '../calls/call.ts'
import { callHandset } from '../calls/handset.ts'
import type { Wire } from '../calls/wire.ts'
import { form, header, json, type Route, route, text } from '../http.ts'
import { hex } from '../random.ts'
import { toE164 } from '../read.ts'
import { readActions } from './actions.ts'
import { during, ending } from './callback.ts'
import { type Line, VOICE_NUMBER } from './line.ts'
import { UNAUTHORIZED } from './sms.ts'

/**
 * Voice as Africa's Talking speaks it: `POST /africastalking/voice/call` (form) and the callbacks whose XML answer is
 * the conversation. Source: developers.africastalking.com/docs/voice.
 */
export function voice(line: Line): Route[] {
  const calls = createCalls(line.world, wireOf(line))

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

  return [
    route('POST', '/africastalking/voice/call', (call) => {
      if (!header(call, 'apikey')) return UNAUTHORIZED
      const fields = form(call)
      return line.guard('call', fields.get('to') ?? '', () => callAll(fields))
    }),
    ...callHandset('africastalking', calls),
  ]
}

function wireOf(line: Line): Wire {
  const { clock, gateway } = line.world
  return {
    simulator: 'africastalking',
    newId: () => `ATVId_${hex(16)}`,
    read: readActions,
    ask(call, to, digits) {
      const fields = { ...during(call), ...(digits !== undefined && { dtmfDigits: digits }) }
      return line.hop('voice', call.phone, () => gateway.form(to ?? line.hook('voice'), fields))
    },
    over(call, end, seconds) {
      const fields = ending(call, end, seconds)
      const send = async () => (await gateway.form(line.hook('voice'), fields))?.status === 200
      // Not awaited: the line is already dead when the aggregator reports.
      void line.deliver({ on: 'voiceEnd', phone: call.phone, send })
    },
    keep({ sessionId, phone }, said, error) {
      const message = { id: sessionId, channel: 'voice' as const, to: phone, from: VOICE_NUMBER, text: said }
      const how = error ? { status: 'Failed', error } : { status: 'Success' }
      line.ledger.add({ ...message, at: clock.now(), ...how })
    },
  }
}
