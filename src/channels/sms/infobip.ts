import { z } from 'zod'
import type { Clock } from '../../core/base/clock.ts'
import { type Hook, NOT_FOUND, sameSecret, text } from '../../core/base/hook.ts'
import { type Http, type HttpAnswer, jsonOf } from '../../core/base/http.ts'
import type { Log } from '../../core/base/log.ts'
import { type Msisdn, parsePhone } from '../../core/base/phone.ts'
import type { Channel, Delivery, Doors, Receipt } from '../../core/talk/channel.ts'
import { failed, logged, unread } from '../../core/talk/delivering.ts'
import { smsCodec } from './codec.ts'
import { hearText, MAX_ID_CHARACTERS } from './hearing.ts'

export type Infobip = {
  readonly apiKey: string
  readonly senderId: string
  /** Each account has a host of its own. */
  readonly baseUrl: string
  readonly secret: string
  readonly http: Http
  readonly timeoutMs: number
  readonly clock: Clock
  readonly log: Log
}

const PATH = '/hooks/sms/infobip/:secret'
/** In one call of theirs. */
const MAX_RESULTS = 1_000

const id = z.coerce.string().min(1).max(MAX_ID_CHARACTERS)
const results = <T extends z.ZodType>(one: T) => z.object({ results: z.array(one).max(MAX_RESULTS) })
const Heard = z.object({ messageId: id, from: z.coerce.string(), text: z.string().default('') })
const Status = z.object({ groupId: z.number(), name: z.string().default('') })
const Reported = z.object({ messageId: id, to: z.coerce.string().default(''), status: Status })
const Sent = z.object({ messages: z.array(z.object({ messageId: id, status: Status })).min(1) })

/** Infobip, "Response status and error codes": the groups. */
const GROUP = { accepted: 0, pending: 1, undeliverable: 2, delivered: 3, expired: 4, rejected: 5 } as const
const REPORTS = new Map<number, Receipt['status']>([
  [GROUP.pending, 'sent'],
  [GROUP.undeliverable, 'failed'],
  [GROUP.delivered, 'delivered'],
  [GROUP.expired, 'failed'],
  [GROUP.rejected, 'failed'],
])

/** SMS through Infobip: JSON both ways, several messages in one call. Source: Infobip, "Send SMS", "Receive SMS". */
export function smsInfobip(options: Infobip): Channel {
  return {
    name: 'sms',
    codec: smsCodec,
    answers: 'push',
    hooks: (doors) => [
      door(PATH, options, Heard, ({ messageId, from, text: words }) =>
        hearText({ from, id: `infobip:${messageId}`, text: words }, doors, options),
      ),
      door(`${PATH}/report`, options, Reported, (reported) => report(reported, doors)),
    ],
    start: async () => {},
    stop: async () => {},
    deliver: ({ id: own, to, body }) => send(options, own, to, body),
  }
}

/** One after the other, so that what was not heard has all of them come again; the others are known by their ids. */
const door = <T extends z.ZodType>(
  path: string,
  { secret, log }: Infobip,
  one: T,
  read: (result: z.infer<T>) => Promise<void>,
): Hook => ({
  methods: ['POST'],
  path,
  async answer({ params, body }) {
    if (!sameSecret(params.secret, secret)) return NOT_FOUND
    const call = results(z.unknown()).safeParse(jsonOf(body.toString('utf8')))
    for (const result of call.data?.results ?? []) {
      const found = one.safeParse(result)
      if (found.success) await read(found.data)
      else log.warn({}, 'sms.dropped')
    }
    return text(200, 'OK')
  },
})

async function report(
  { messageId, to: phone, status }: z.infer<typeof Reported>,
  doors: Doors,
): Promise<void> {
  const known = REPORTS.get(status.groupId)
  if (!known) return
  const to = parsePhone(phone)
  const reason = known === 'failed' ? status.name : null
  await doors.delivered({ channel: 'sms', externalId: messageId, status: known, reason, ...(to && { to }) })
}

async function send(options: Infobip, own: string, to: Msisdn, body: string): Promise<Delivery> {
  const { http, timeoutMs, log, senderId: from } = options
  const message = { from, destinations: [{ to: to.slice(1) }], text: body }
  const answer = await http({
    method: 'POST',
    url: `${options.baseUrl}/sms/2/text/advanced`,
    headers: { authorization: `App ${options.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messages: [message] }),
    timeoutMs,
  })
  return logged(deliveryOf(answer), { id: own, to }, 'sms.not_sent', log)
}

function deliveryOf(answer: HttpAnswer): Delivery {
  const without = unread(answer)
  if (without || answer.kind !== 'answer') return without ?? failed('unknown_outcome', false)
  if (answer.status === 401 || answer.status === 403) return failed('misconfigured', true)
  if (answer.status === 429) return failed('throttled', true)
  if (answer.status >= 300) return failed('rejected', false)
  const [message] = Sent.safeParse(jsonOf(answer.body)).data?.messages ?? []
  if (!message) return failed('unknown_outcome', false)
  const { messageId: externalId, status } = message
  if (status.groupId === GROUP.undeliverable) return failed('unreachable', false)
  if (status.groupId === GROUP.rejected)
    return failed(/BLACKLIST|DND|OPT/i.test(status.name) ? 'opted_out' : 'rejected', false)
  return { status: 'sent', externalId }
}
