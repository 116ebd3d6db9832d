import { createHmac } from 'node:crypto'
import type { Clock } from '../../core/base/clock.ts'
import { type Hook, type HookAnswer, type HookRequest, sameSecret, text } from '../../core/base/hook.ts'
import type { Http } from '../../core/base/http.ts'
import type { Log } from '../../core/base/log.ts'
import { maskPhone } from '../../core/base/phone.ts'
import type { Channel, Delivery, Doors, Inbound } from '../../core/talk/channel.ts'
import { whatsappCodec } from './codec.ts'
import { readAnswer } from './graph.ts'
import { readMessage } from './message.ts'
import { readNews } from './webhook.ts'

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
  const outcomes = await Promise.allSettled([...turns(news.inbounds, doors), ...reports])
  const failure = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failure) throw failure.reason
  return text(200, 'OK')
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

async function send(
  options: CloudOptions,
  { to, body }: { readonly to: string; readonly body: string },
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
      to: to.slice(1),
      ...message,
    }),
    timeoutMs: options.timeoutMs,
  })
  const delivery = readAnswer(answer)
  if (delivery.status === 'failed')
    options.log.warn({ to: maskPhone(to), ...whyOf(answer), fault: delivery.fault }, 'whatsapp_not_sent')
  return delivery
}

const whyOf = (answer: Awaited<ReturnType<Http>>) =>
  answer.kind === 'answer' ? { httpStatus: answer.status } : { why: answer.why }
