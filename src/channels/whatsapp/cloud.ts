import { createHmac } from 'node:crypto'
import type { Clock } from '../../core/base/clock.ts'
import { type Hook, type HookAnswer, type HookRequest, sameSecret, text } from '../../core/base/hook.ts'
import type { Http } from '../../core/base/http.ts'
import type { Log } from '../../core/base/log.ts'
import { maskPhone } from '../../core/base/phone.ts'
import type { Channel, Delivery, Doors, Inbound } from '../../core/talk/channel.ts'
import { outside, whatsappCodec } from './codec.ts'
import { readAnswer } from './graph.ts'
import { readMessage, textMessage } from './message.ts'
import { type Hidden, readNews } from './webhook.ts'

const PATH = '/hooks/whatsapp/cloud'

export type CloudOptions = {
  /** Signs the webhook's bodies. */
  readonly appSecret: string
  /** Proves, once, that the webhook's address is ours. */
  readonly verifyToken: string
  readonly accessToken: string
  readonly phoneNumberId: string
  /** With the version, e.g. `https://graph.facebook.com/v25.0`. */
  readonly graphUrl: string
  readonly http: Http
  readonly clock: Clock
  readonly timeoutMs: number
  readonly log: Log
  /** Names of approved templates with one parameter, by what they are for and the language: `booking.en`. */
  readonly templates?: Readonly<Record<string, string>>
}

/**
 * WhatsApp through Meta's Business Cloud API. A call is acknowledged only when all that it brought has been
 * received; a failure goes up, and Meta calls again for up to seven days.
 * Source: Meta, WhatsApp Cloud API, "Webhooks" and "Send messages".
 */
export function whatsappCloud(options: CloudOptions): Channel {
  return {
    name: 'whatsapp',
    codec: whatsappCodec,
    answers: 'push',
    hooks: (doors) => [verifyHook(options), newsHook(options, doors)],
    start: async () => {},
    stop: async () => {},
    deliver: (message) => send(options, message),
    outside: (view, purpose) => outside(view, options.templates?.[`${purpose}.${view.language}`]),
  }
}

/** Meta asks once, when the webhook's address is entered; anybody without the token gets the documented 403. */
const verifyHook = ({ verifyToken }: CloudOptions): Hook => ({
  methods: ['GET'],
  path: PATH,
  async answer({ query }) {
    const isMeta = sameSecret(query['hub.verify_token'], verifyToken) && query['hub.mode'] === 'subscribe'
    return isMeta ? text(200, query['hub.challenge'] ?? '') : text(403, 'Forbidden')
  },
})

const newsHook = (options: CloudOptions, doors: Doors): Hook => ({
  methods: ['POST'],
  path: PATH,
  answer: (request) => hear(options, doors, request),
})

async function hear(options: CloudOptions, doors: Doors, request: HookRequest): Promise<HookAnswer> {
  const { appSecret, phoneNumberId, clock, log } = options
  const signature = `sha256=${createHmac('sha256', appSecret).update(request.body).digest('hex')}`
  if (!sameSecret(request.headers['x-hub-signature-256'], signature)) return text(401, 'Unauthorized')
  const news = readNews(request.body.toString('utf8'), { phoneNumberId, at: clock.now(), log })
  if (!news) {
    log.warn({ bytes: request.body.length }, 'whatsapp_webhook_unreadable')
    return text(200, 'OK')
  }
  const reports = news.receipts.map((receipt) => doors.delivered(receipt))
  const met = [...news.met].map(([userId, person]) => doors.acquainted({ userId, person, at: clock.now() }))
  const strangers = news.strangers.map((one) => meet(options, doors, one))
  const outcomes = await Promise.allSettled([
    ...turns(news.inbounds, doors),
    ...reports,
    ...met,
    ...strangers,
  ])
  const failure = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failure) throw failure.reason
  return text(200, 'OK')
}

/** Who hides their number is heard once they have shown it; until then they are told what to do. */
async function meet(
  options: CloudOptions,
  doors: Doors,
  { userId, text, ...message }: Hidden,
): Promise<void> {
  const outcome = await doors.introduce({ userId, text, messageId: message.messageId, at: message.at })
  if (!outcome) return
  if ('say' in outcome) {
    const body = JSON.stringify(textMessage(outcome.say))
    const delivery = await post(options, message.messageId, { recipient: userId }, body)
    if (delivery.status === 'failed' && delivery.retryable) throw new Error(`not answered: ${delivery.fault}`)
    return
  }
  const { person, isNew } = outcome
  const input = isNew ? ({ kind: 'start' } as const) : message.input
  await doors.receive({ ...message, person, session: `whatsapp:${person}`, input })
}

/** One person's messages one after another, different persons' side by side: one's trouble is not another's. */
function turns(inbounds: readonly Inbound[], doors: Doors): Promise<unknown>[] {
  const last = new Map<string, Promise<unknown>>()
  for (const inbound of inbounds) {
    const before = last.get(inbound.person) ?? Promise.resolve()
    last.set(
      inbound.person,
      before.then(() => doors.receive(inbound)),
    )
  }
  return [...last.values()]
}

const send = (
  options: CloudOptions,
  { id, to, body }: { readonly id: string; readonly to: string; readonly body: string },
): Promise<Delivery> => post(options, id, { to: to.slice(1) }, body)

/** To a number, or to a user whose number is hidden. */
async function post(
  options: CloudOptions,
  id: string,
  address: { readonly to: string } | { readonly recipient: string },
  body: string,
): Promise<Delivery> {
  const message = readMessage(body)
  if (!message) return { status: 'failed', fault: 'rejected', retryable: false }
  const answer = await options.http({
    method: 'POST',
    url: `${options.graphUrl}/${options.phoneNumberId}/messages`,
    headers: { authorization: `Bearer ${options.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      ...address,
      // Comes back with every status.
      biz_opaque_callback_data: id,
      ...message,
    }),
    timeoutMs: options.timeoutMs,
  })
  const delivery = readAnswer(answer)
  if (delivery.status === 'failed') {
    const to = 'to' in address ? maskPhone(`+${address.to}`) : 'hidden'
    options.log.warn({ to, ...whyOf(answer), fault: delivery.fault }, 'whatsapp_not_sent')
  }
  return delivery
}

const whyOf = (answer: Awaited<ReturnType<Http>>) =>
  answer.kind === 'answer' ? { httpStatus: answer.status } : { why: answer.why }
