import { type ParsedUrlQuery, parse } from 'node:querystring'
import type { Clock } from '../../core/base/clock.ts'
import { type Hook, NOT_FOUND, sameSecret } from '../../core/base/hook.ts'
import type { Http } from '../../core/base/http.ts'
import type { Log } from '../../core/base/log.ts'
import { type Msisdn, parsePhone } from '../../core/base/phone.ts'
import { isFormSigned } from '../../core/base/signed-form.ts'
import type { Channel, Delivery, Doors } from '../../core/talk/channel.ts'
import { logged } from '../../core/talk/delivering.ts'
import { smsCodec } from './codec.ts'
import { hearText, MAX_ID_CHARACTERS } from './hearing.ts'
import { deliveryOf, receiptOf } from './twilio-wire.ts'

export type Twilio = {
  readonly accountSid: string
  readonly authToken: string
  readonly senderId: string
  /** Everything before `/2010-04-01`. */
  readonly baseUrl: string
  /** Where Twilio reaches us: it signs the whole address that it calls. */
  readonly publicUrl: string
  readonly secret: string
  readonly http: Http
  readonly timeoutMs: number
  readonly clock: Clock
  readonly log: Log
}

const PATH = '/hooks/sms/twilio'
/** Text in the answer would be sent as a message; no verb says nothing. */
const SILENCE = { status: 200, type: 'application/xml', body: '<Response/>' } as const

/** SMS through Twilio: signed forms in, REST out. Source: Twilio, "Messaging webhooks", "Security", "Message resource". */
export function smsTwilio(options: Twilio): Channel {
  return {
    name: 'sms',
    codec: smsCodec,
    answers: 'push',
    hooks: (doors) => [
      door('', options, (form) => hear(form, doors, options)),
      door('/report', options, (form) => report(form, doors)),
    ],
    start: async () => {},
    stop: async () => {},
    deliver: ({ id, to, body }) => send(options, id, to, body),
  }
}

function door(rest: string, options: Twilio, read: (form: ParsedUrlQuery) => Promise<void>): Hook {
  const url = addressOf(rest, options)
  return {
    methods: ['POST'],
    path: `${PATH}/:secret${rest}`,
    async answer(request) {
      if (!sameSecret(request.params.secret, options.secret)) return NOT_FOUND
      const form = parse(request.body.toString('utf8'))
      const signature = request.headers['x-twilio-signature']
      if (!isFormSigned(signature, url, form, options.authToken)) return NOT_FOUND
      await read(form)
      return SILENCE
    },
  }
}

const addressOf = (rest: string, { publicUrl, secret }: Twilio): string =>
  `${publicUrl}${PATH}/${encodeURIComponent(secret)}${rest}`

const field = (form: ParsedUrlQuery, name: string): string => {
  const value = form[name]
  return typeof value === 'string' && value.length <= MAX_FIELD_CHARACTERS ? value : ''
}
const MAX_FIELD_CHARACTERS = 1_600

function hear(form: ParsedUrlQuery, doors: Doors, options: Twilio): Promise<void> {
  const sid = field(form, 'MessageSid').slice(0, MAX_ID_CHARACTERS)
  const id = sid === '' ? '' : `twilio:${sid}`
  return hearText({ from: field(form, 'From'), id, text: field(form, 'Body') }, doors, options)
}

async function report(form: ParsedUrlQuery, doors: Doors): Promise<void> {
  const externalId = field(form, 'MessageSid').slice(0, MAX_ID_CHARACTERS)
  const outcome = receiptOf(field(form, 'MessageStatus'), field(form, 'ErrorCode'))
  if (!outcome || externalId === '') return
  const to = parsePhone(field(form, 'To'))
  await doors.delivered({ channel: 'sms', externalId, ...outcome, ...(to && { to }) })
}

async function send(options: Twilio, id: string, to: Msisdn, body: string): Promise<Delivery> {
  const { accountSid, authToken, http, timeoutMs, log } = options
  const answer = await http({
    method: 'POST',
    url: `${options.baseUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`,
    headers: {
      authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({
      ...{ To: to, From: options.senderId, Body: body, StatusCallback: addressOf('/report', options) },
    }).toString(),
    timeoutMs,
  })
  return logged(deliveryOf(answer), { id, to }, 'sms.not_sent', log)
}
