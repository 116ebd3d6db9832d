import { type Answer, form, json, type Route, route } from '../http.ts'
import { toE164 } from '../read.ts'
import type { World } from '../simulator.ts'
import { createBox, SHORT_CODE } from '../texts/box.ts'
import { ACCOUNT_SID, isKnown, post, refuse } from './account.ts'

/** Refusals by name, with Twilio's code and HTTP status. */
const REFUSALS: Readonly<Record<string, readonly [code: number, status: number]>> = {
  invalidTo: [21211, 400],
  unsubscribed: [21610, 400],
  tooMany: [20429, 429],
}

/** Twilio's books, and its texts: `POST /twilio/2010-04-01/Accounts/{sid}/Messages.json`; signed forms to the gateway. */
export function createTexts(world: World) {
  const took = async (url: string, fields: Record<string, string>) =>
    (await post(world, url, fields))?.status === 200
  const hook = () => world.gateway.urlOf(`/hooks/sms/twilio/${encodeURIComponent(world.hookSecret)}`)
  const bring = ({ id, from, text }: { id: string; from: string; text: string }) =>
    took(hook(), {
      ...{ MessageSid: `SM${id}`, SmsSid: `SM${id}`, AccountSid: ACCOUNT_SID, MessagingServiceSid: '' },
      ...{ From: from, To: SHORT_CODE, Body: text, NumMedia: '0', NumSegments: '1' },
      ApiVersion: '2010-04-01',
    })
  const calls = { call: 'request', voice: 'hop', voiceEnd: 'callback' } as const
  const box = createBox('twilio', world, Object.keys(REFUSALS), bring, calls)

  function send(fields: URLSearchParams): Answer {
    const to = toE164(fields.get('To') ?? '')
    const refusal = to === undefined ? 'invalidTo' : box.refusal(to)
    const [code, status] = REFUSALS[refusal ?? ''] ?? []
    if (to === undefined || code !== undefined) return refuse(code ?? 21211, status ?? 400)
    const [from, body] = [fields.get('From') ?? '', fields.get('Body') ?? '']
    const callback = fields.get('StatusCallback') ?? ''
    const text = box.take(to, from, body, (MessageStatus) =>
      took(callback, {
        ...{ MessageSid: `SM${text.id}`, MessageStatus, To: to, From: from, AccountSid: ACCOUNT_SID },
        ...(MessageStatus === 'undelivered' && { ErrorCode: '30005' }),
      }),
    )
    return json(201, {
      ...{ sid: `SM${text.id}`, status: 'queued', to, from, body, num_segments: '1', price: null },
      ...{ account_sid: ACCOUNT_SID, direction: 'outbound-api', error_code: null, error_message: null },
    })
  }

  const routes: Route[] = [
    route('POST', '/twilio/2010-04-01/Accounts/:sid/Messages.json', (call) => {
      if (!isKnown(call)) return refuse(20003, 401)
      const fields = form(call)
      return box.guard('sms', fields.get('To') ?? '', () => send(fields))
    }),
    ...box.routes,
  ]
  return { box, routes }
}
