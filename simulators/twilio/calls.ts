import type { PhoneCall } from '../calls/book.ts'
import { createCalls } from '../calls/call.ts'
import { callHandset } from '../calls/handset.ts'
import type { End, Wire } from '../calls/wire.ts'
import { form, json, type Route, route } from '../http.ts'
import { hex } from '../random.ts'
import { toE164 } from '../read.ts'
import type { Mischief, World } from '../simulator.ts'
import { ACCOUNT_SID, isKnown, post, refuse } from './account.ts'
import { readTwiml } from './twiml.ts'

const NUMBER = '+250730000077'
/** As a call's status is told at its end. Source: Twilio, "Call resource", status values. */
const ENDS: Readonly<Record<End, string>> = {
  rejected: 'busy',
  hungUp: 'completed',
  broken: 'completed',
  unanswered: 'no-answer',
  declined: 'busy',
}

/** What the gateway said when it made a call. */
type Made = { readonly url: string; readonly report: string }

/** Twilio's calls: `POST /twilio/2010-04-01/Accounts/{sid}/Calls.json`; signed forms to the gateway, TwiML back. */
export function calls(world: World, { guard, hop, deliver }: Mischief): Route[] {
  const made = new WeakMap<PhoneCall, Made>()
  const hook = () => world.gateway.urlOf(`/hooks/voice/twilio/${encodeURIComponent(world.hookSecret)}`)

  const wire: Wire = {
    simulator: 'twilio',
    newId: () => `CA${hex(16)}`,
    read: readTwiml,
    ask(call, to, digits) {
      const fields = { ...fieldsOf(call), ...(digits !== undefined && { Digits: digits }) }
      return hop('voice', call.phone, () => post(world, to ?? made.get(call)?.url ?? hook(), fields))
    },
    over(call, end, seconds) {
      const fields = { ...fieldsOf(call), CallStatus: ENDS[end], CallDuration: String(seconds) }
      const to = made.get(call)?.report ?? hook()
      const send = async () => (await post(world, to, fields))?.status === 200
      // Not awaited: the line is already dead when it is reported.
      void deliver({ on: 'voiceEnd', phone: call.phone, send })
    },
    keep: () => undefined,
  }
  const all = createCalls(world, wire)

  return [
    route('POST', '/twilio/2010-04-01/Accounts/:sid/Calls.json', (call) => {
      if (!isKnown(call)) return refuse(20003, 401)
      const fields = form(call)
      const to = toE164(fields.get('To') ?? '')
      if (to === undefined) return refuse(21211, 400)
      return guard('call', to, () => {
        const rung = all.ring(to)
        made.set(rung, { url: fields.get('Url') ?? '', report: fields.get('StatusCallback') ?? '' })
        return json(201, {
          sid: rung.sessionId,
          status: 'queued',
          to,
          from: NUMBER,
          direction: 'outbound-api',
        })
      })
    }),
    ...callHandset('twilio', all),
  ]
}

const fieldsOf = (call: PhoneCall): Record<string, string> => ({
  ...{ CallSid: call.sessionId, AccountSid: ACCOUNT_SID, ApiVersion: '2010-04-01' },
  ...(call.direction === 'Inbound'
    ? { From: call.phone, To: NUMBER, Direction: 'inbound' }
    : { From: NUMBER, To: call.phone, Direction: 'outbound-api' }),
  CallStatus: call.state === 'Ringing' ? 'ringing' : 'in-progress',
})
