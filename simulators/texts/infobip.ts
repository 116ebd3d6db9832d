import { type Answer, header, json, jsonBody, type Route, route } from '../http.ts'
import { isRecord, Refusal, toE164 } from '../read.ts'
import type { World } from '../simulator.ts'
import { createBox, SHORT_CODE } from './box.ts'

const API_KEY = 'dev-infobip-key'
const TIMEOUT_MS = 15_000
const PENDING = { groupId: 1, groupName: 'PENDING', id: 26, name: 'PENDING_ACCEPTED' }
const ENDS: Readonly<Record<string, object>> = {
  delivered: { groupId: 3, groupName: 'DELIVERED', id: 5, name: 'DELIVERED_TO_HANDSET' },
  undelivered: { groupId: 2, groupName: 'UNDELIVERABLE', id: 9, name: 'UNDELIVERABLE_NOT_DELIVERED' },
}
/** What it refuses, which is told in a 200. */
const REFUSALS: Readonly<Record<string, object>> = {
  noPrefix: { groupId: 5, groupName: 'REJECTED', id: 6, name: 'REJECTED_NETWORK' },
  blacklisted: { groupId: 5, groupName: 'REJECTED', id: 8, name: 'REJECTED_USER_BLACKLISTED' },
}

const wrong = (status: number, messageId: string): Answer =>
  json(status, { requestError: { serviceException: { messageId, text: 'Refused.' } } })

/** Infobip's texts: `POST /infobip/sms/2/text/advanced`; JSON to the gateway, several results in one call. */
export function infobip(world: World): Route[] {
  async function post(rest: string, ...results: object[]): Promise<boolean> {
    const heard = await world.gateway.send({
      to: `/hooks/sms/infobip/${encodeURIComponent(world.hookSecret)}${rest}`,
      timeoutMs: TIMEOUT_MS,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ results, messageCount: results.length, pendingMessageCount: 0 }),
    })
    return heard?.status === 200
  }

  const box = createBox('infobip', world, Object.keys(REFUSALS), ({ id, from, text }) =>
    post('', {
      ...{
        messageId: id,
        from: from.slice(1),
        to: SHORT_CODE,
        text,
        cleanText: text,
        keyword: '',
        smsCount: 1,
      },
      receivedAt: new Date(world.clock.now()).toISOString().replace('Z', '+0000'),
    }),
  )

  function send(from: string, number: string, words: string): Answer {
    const to = toE164(number)
    const refused = REFUSALS[(to === undefined ? 'noPrefix' : box.refusal(to)) ?? '']
    if (to === undefined || refused)
      return json(200, { messages: [{ to: number, status: refused, messageId: 'none' }] })
    const text = box.take(to, from, words, (status) =>
      post('/report', {
        ...{ bulkId: text.id, messageId: text.id, to: number, smsCount: 1, status: ENDS[status] },
        price: { pricePerMessage: 0.01, currency: 'EUR' },
      }),
    )
    return json(200, { bulkId: text.id, messages: [{ to: number, status: PENDING, messageId: text.id }] })
  }

  return [
    route('POST', '/infobip/sms/2/text/advanced', (call) => {
      if (header(call, 'authorization') !== `App ${API_KEY}`) return wrong(401, 'UNAUTHORIZED')
      const { from, to, text } = messageIn(jsonBody(call))
      return box.guard('sms', to, () => send(from, to, text))
    }),
    ...box.routes,
  ]
}

function messageIn(body: unknown): { from: string; to: string; text: string } {
  const [message] = isRecord(body) && Array.isArray(body.messages) ? body.messages : []
  const [destination] = isRecord(message) && Array.isArray(message.destinations) ? message.destinations : []
  const words = [message?.from, destination?.to, message?.text]
  const [from, to, text] = words.filter((one): one is string => typeof one === 'string')
  if (from === undefined || to === undefined || text === undefined)
    throw new Refusal(400, 'messages[0] wants from, destinations[0].to and text')
  return { from, to, text }
}
