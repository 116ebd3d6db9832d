import { createHmac } from 'node:crypto'
import { type Answer, form, header, json, type Route, route } from '../http.ts'
import { toE164 } from '../read.ts'
import type { World } from '../simulator.ts'
import { createBox, SHORT_CODE } from './box.ts'

const ACCOUNT_SID = 'ACdev'
const AUTH_TOKEN = 'dev-twilio-token'
const TIMEOUT_MS = 15_000
/** Refusals by name, with Twilio's code and HTTP status. */
const REFUSALS: Readonly<Record<string, readonly [code: number, status: number]>> = {
  invalidTo: [21211, 400],
  unsubscribed: [21610, 400],
  tooMany: [20429, 429],
}

const refuse = (code: number, status: number): Answer =>
  json(status, { code, message: 'Refused.', more_info: `https://www.twilio.com/docs/errors/${code}`, status })

/** Twilio's texts: `POST /twilio/2010-04-01/Accounts/{sid}/Messages.json`; signed forms to the gateway. */
export function twilio(world: World): Route[] {
  async function post(url: string, fields: Record<string, string>): Promise<boolean> {
    const signed =
      url +
      Object.keys(fields)
        .sort()
        .map((name) => name + fields[name])
        .join('')
    const heard = await world.gateway.send({
      to: url,
      timeoutMs: TIMEOUT_MS,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': createHmac('sha1', AUTH_TOKEN).update(signed).digest('base64'),
      },
      body: new URLSearchParams(fields).toString(),
    })
    return heard?.status === 200
  }

  const hook = () => world.gateway.urlOf(`/hooks/sms/twilio/${encodeURIComponent(world.hookSecret)}`)
  const box = createBox('twilio', world, Object.keys(REFUSALS), ({ id, from, text }) =>
    post(hook(), {
      ...{ MessageSid: `SM${id}`, SmsSid: `SM${id}`, AccountSid: ACCOUNT_SID, MessagingServiceSid: '' },
      ...{
        From: from,
        To: SHORT_CODE,
        Body: text,
        NumMedia: '0',
        NumSegments: '1',
        ApiVersion: '2010-04-01',
      },
    }),
  )

  function send(fields: URLSearchParams): Answer {
    const to = toE164(fields.get('To') ?? '')
    const refusal = to === undefined ? 'invalidTo' : box.refusal(to)
    const [code, status] = REFUSALS[refusal ?? ''] ?? []
    if (to === undefined || code !== undefined) return refuse(code ?? 21211, status ?? 400)
    const [from, body] = [fields.get('From') ?? '', fields.get('Body') ?? '']
    const callback = fields.get('StatusCallback') ?? ''
    const text = box.take(to, from, body, (MessageStatus) =>
      post(callback, {
        ...{ MessageSid: `SM${text.id}`, MessageStatus, To: to, From: from, AccountSid: ACCOUNT_SID },
        ...(MessageStatus === 'undelivered' && { ErrorCode: '30005' }),
      }),
    )
    return json(201, {
      ...{ sid: `SM${text.id}`, status: 'queued', to, from, body, num_segments: '1', price: null },
      ...{ account_sid: ACCOUNT_SID, direction: 'outbound-api', error_code: null, error_message: null },
    })
  }

  return [
    route('POST', '/twilio/2010-04-01/Accounts/:sid/Messages.json', (call) => {
      const wanted = `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`
      if (header(call, 'authorization') !== wanted) return refuse(20003, 401)
      const fields = form(call)
      return box.guard('sms', fields.get('To') ?? '', () => send(fields))
    }),
    ...box.routes,
  ]
}
