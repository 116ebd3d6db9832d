import { type ParsedUrlQuery, parse } from 'node:querystring'
import type { Clock } from '../../core/base/clock.ts'
import { type Hook, type HookAnswer, NOT_FOUND, sameSecret, text } from '../../core/base/hook.ts'
import { maskPhone, parsePhone } from '../../core/base/phone.ts'
import type { Channel, Doors, Receipt } from '../../core/talk/channel.ts'
import { smsCodec } from './codec.ts'
import { hearText, MAX_ID_CHARACTERS } from './hearing.ts'
import { isId } from './outcome.ts'
import { type Sender, smsSender } from './sending.ts'

const PATH = '/hooks/sms/africastalking/:secret'

// Africa's Talking, "Notifications": a report is final only in the second half of this table.
const STATUS = new Map<string, Receipt['status']>([
  ['sent', 'sent'],
  ['submitted', 'sent'],
  ['buffered', 'sent'],
  ['success', 'delivered'],
  ['failed', 'failed'],
  ['rejected', 'failed'],
  ['absentsubscriber', 'failed'],
  ['expired', 'failed'],
])

/** Reasons of a failure that are the person's own will. */
const UNWANTED = /^(?:UserInBlackList|DoNotDisturbRejection)$/i

/**
 * SMS through Africa's Talking: messages and delivery reports come as forms, and are repeated every minute for
 * up to 12 hours until they are answered 200; hence what can never be understood is answered 200 and dropped. Who opts
 * out there is told of by `/optout`, where the provider is told to call it.
 * Source: Africa's Talking, SMS "Notifications" and "Send Bulk SMS".
 * @param options `baseUrl` is everything before `/version1`, null for the provider's own host
 */
export function smsAfricasTalking(
  options: Sender & { readonly secret: string; readonly clock: Clock },
): Channel {
  const send = smsSender(options)
  return {
    name: 'sms',
    codec: smsCodec,
    answers: 'push',
    hooks: (doors) => [
      door(PATH, options.secret, (form) => hear(form, doors, options)),
      door(`${PATH}/report`, options.secret, (form) => report(form, doors, options)),
      door(`${PATH}/optout`, options.secret, (form) => optOut(form, doors, options)),
    ],
    start: async () => {},
    stop: async () => {},
    deliver: ({ id, to, body }) => send(to, body, id),
  }
}

const OK = text(200, 'OK')

const door = (path: string, secret: string, read: (form: ParsedUrlQuery) => Promise<void>): Hook => ({
  methods: ['POST'],
  path,
  async answer({ params, body }): Promise<HookAnswer> {
    if (!sameSecret(params.secret, secret)) return NOT_FOUND
    await read(parse(body.toString('utf8')))
    return OK
  },
})

const field = (form: ParsedUrlQuery, name: string): string => {
  const value = form[name]
  return typeof value === 'string' ? value : ''
}

const idOf = (form: ParsedUrlQuery): string => {
  const id = field(form, 'id')
  return isId(id) && id.length <= MAX_ID_CHARACTERS ? id : ''
}

const hear = (form: ParsedUrlQuery, doors: Doors, options: Sender & { clock: Clock }): Promise<void> =>
  hearText({ from: field(form, 'from').trim(), id: idOf(form), text: field(form, 'text') }, doors, options)

async function report(form: ParsedUrlQuery, doors: Doors, options: Sender): Promise<void> {
  const externalId = idOf(form)
  const said = field(form, 'status')
  const status = STATUS.get(said.toLowerCase())
  if (!status || externalId === '') {
    options.log.warn({ id: externalId, status: said.slice(0, MAX_ID_CHARACTERS) }, 'sms.report_dropped')
    return
  }
  const reason = status === 'failed' ? field(form, 'failureReason') || said : null
  const to = parsePhone(field(form, 'phoneNumber'))
  await doors.delivered({
    ...{ channel: 'sms', externalId, status, reason },
    ...(to && { to }),
    ...(reason && UNWANTED.test(reason) && { fault: 'opted_out' }),
  })
}

/** They told the provider that they want nothing from this sender. */
async function optOut(form: ParsedUrlQuery, doors: Doors, options: Sender): Promise<void> {
  const person = parsePhone(field(form, 'phoneNumber'))
  if (person) return doors.optedOut({ person })
  options.log.warn({ from: maskPhone(field(form, 'phoneNumber')) }, 'sms.optout_dropped')
}
