import { type Answer, form, header, json, jsonBody, phoneOf, type Route, route, text } from '../http.ts'
import { hex, uuid } from '../random.ts'
import { optional, phone, read, string, toE164 } from '../read.ts'
import { parts } from './gsm.ts'
import { type Line, LOSSES, type Message, NETWORK_CODE, REFUSALS, SHORT_CODE } from './line.ts'

const MAX_RECIPIENTS = 100
const PART_COST_RWF = 10
const RETRY = { waitMs: () => 60_000, forMs: 12 * 3_600_000 }
const DEFAULT_SENDER = 'AFRICASTKNG'

interface Recipient {
  cost: string
  messageId: string
  number: string
  status: string
  statusCode: number
}

/**
 * SMS as Africa's Talking speaks it: `POST /africastalking/version1/messaging` (form), delivery reports, and SMS from
 * a phone, sent again every minute for 12 hours until the gateway answers 200. The handset (JSON):
 * `POST /africastalking/_handset/sms {phone, text, to?}` → `{id, taken}`; `GET …/_handset/inbox?phone=`;
 * `POST …/_handset/optout {phone}`: from then on it is in the blacklist, and the gateway is told.
 * Source: developers.africastalking.com/docs/sms, help article 742510.
 */
export function sms(line: Line): Route[] {
  const { clock, random, gateway } = line.world
  const optedOut = new Set<string>()

  const post = async (rest: string, fields: Record<string, string>) =>
    (await gateway.form(line.hook('sms', rest), fields))?.status === 200

  function report(message: Message, status: string, failureReason?: string) {
    line.ledger.change(message, { status })
    const fields = {
      id: message.id,
      status,
      phoneNumber: message.to,
      networkCode: NETWORK_CODE,
      retryCount: '0',
    }
    const send = () => post('/report', failureReason ? { ...fields, failureReason } : fields)
    return line.deliver({ on: 'report', phone: message.to, send, retry: RETRY })
  }

  function sendTo(number: string, message: string, sender: string, enqueue: boolean): Recipient {
    const outcome = line.faults.plan('sms', number)?.outcome ?? ''
    const blocked = optedOut.has(number) ? 'UserInBlacklist' : outcome
    const refusal = toE164(number) === undefined ? 'InvalidPhoneNumber' : blocked
    const statusCode = REFUSALS[refusal]
    if (statusCode !== undefined) return { cost: '0', messageId: 'None', number, status: refusal, statusCode }
    const sent = line.ledger.add({
      id: `ATXid_${hex(16)}`,
      channel: 'sms',
      to: number,
      from: sender,
      text: message,
      status: 'Queued',
      at: clock.now(),
    })
    const loss = LOSSES.find((known) => known === outcome)
    clock.after(random.between(100, 400), async () => void (await report(sent, 'Sent')))
    clock.after(
      random.between(500, 1_200),
      async () => void (await report(sent, loss ?? 'Success', loss && 'DeliveryFailure')),
    )
    const cost = `RWF ${(PART_COST_RWF * parts(message)).toFixed(4)}`
    return { cost, messageId: sent.id, number, status: 'Success', statusCode: enqueue ? 102 : 101 }
  }

  function sendAll(fields: URLSearchParams): Answer {
    const numbers = (fields.get('to') ?? '').split(',').filter(Boolean)
    const message = fields.get('message') ?? ''
    if (!fields.get('username')) return text(400, "Request is missing required form field 'username'")
    if (numbers.length === 0) return text(400, "Request is missing required form field 'to'")
    if (message === '') return text(400, "Request is missing required form field 'message'")
    if (numbers.length > MAX_RECIPIENTS) return text(400, `at most ${MAX_RECIPIENTS} recipients here`)
    if (line.faults.peek('sms', numbers[0] ?? '')?.outcome === 'InvalidSenderId') {
      line.faults.plan('sms', numbers[0] ?? '')
      return json(201, { SMSMessageData: { Message: 'InvalidSenderId', Recipients: [] } })
    }
    const sender = fields.get('from') || DEFAULT_SENDER
    const recipients = numbers.map((to) => sendTo(to.trim(), message, sender, fields.get('enqueue') !== '0'))
    return json(201, { SMSMessageData: { Message: summary(recipients, message), Recipients: recipients } })
  }

  return [
    route('POST', '/africastalking/version1/messaging', (call) => {
      if (!header(call, 'apikey')) return UNAUTHORIZED
      const fields = form(call)
      return line.guard('sms', fields.get('to') ?? '', () => sendAll(fields))
    }),
    route('POST', '/africastalking/_handset/sms', async (call) => {
      const sent = read(jsonBody(call), { phone, text: string(1_600), to: optional(string(20)) })
      const fields = {
        date: new Date(clock.now()).toISOString(),
        from: sent.phone,
        id: uuid(),
        linkId: uuid(),
        text: sent.text,
        to: sent.to ?? SHORT_CODE,
        cost: 'RWF 0.0000',
        networkCode: NETWORK_CODE,
      }
      const send = () => post('', fields)
      const taken = await line.deliver({ on: 'inbound', phone: sent.phone, send, retry: RETRY })
      return json(200, { id: fields.id, taken })
    }),
    route('POST', '/africastalking/_handset/optout', async (call) => {
      const sent = read(jsonBody(call), { phone })
      optedOut.add(sent.phone)
      const send = () => post('/optout', { senderId: SHORT_CODE, phoneNumber: sent.phone })
      return json(200, { taken: await line.deliver({ on: 'optout', phone: sent.phone, send, retry: RETRY }) })
    }),
    route('GET', '/africastalking/_handset/inbox', (call) => {
      const lost: readonly string[] = LOSSES
      const messages = line.ledger.list(phoneOf(call))
      return json(
        200,
        messages.filter(({ channel, status }) => channel === 'sms' && !lost.includes(status)),
      )
    }),
  ]
}

/** What a wrong or missing key is answered with, on every product of the aggregator. */
export const UNAUTHORIZED: Answer = text(401, 'The supplied authentication is invalid', {
  'www-authenticate': 'Basic realm="api",charset=UTF-8',
})

function summary(recipients: readonly Recipient[], message: string) {
  const accepted = recipients.filter(({ statusCode }) => statusCode <= 102).length
  const count = parts(message)
  const total = (accepted * count * PART_COST_RWF).toFixed(4)
  return `Sent to ${accepted}/${recipients.length} Total Cost: RWF ${total} Message parts: ${count}`
}
