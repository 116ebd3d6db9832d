import { z } from 'zod'
import { type Http, type HttpAnswer, jsonOf } from '../../core/base/http.ts'
import type { Log } from '../../core/base/log.ts'
import type { Msisdn } from '../../core/base/phone.ts'
import type { Delivery, DeliveryFault } from '../../core/talk/channel.ts'
import { failed, logged, unread } from '../../core/talk/delivering.ts'

/** Who calls, and through where. */
export type Account = {
  readonly username: string
  readonly apiKey: string
  readonly callerId: string
  /** Null is the provider's own voice host. */
  readonly baseUrl: string | null
  readonly http: Http
  readonly timeoutMs: number
  readonly log: Log
}

const LIVE = 'https://voice.africastalking.com'
const SANDBOX = 'https://voice.sandbox.africastalking.com'

/** Makes a person's phone ring; `id` is ours. */
export type Ring = (person: Msisdn, id: string) => Promise<Delivery>

/**
 * Makes a person's phone ring through Africa's Talking.
 * The SDK's `VOICE.call` has no time-out and cannot be ended, hence our own request.
 * Source: Africa's Talking, Voice "Make a call".
 */
export function caller(account: Account): Ring {
  const own = account.username.toLowerCase() === 'sandbox' ? SANDBOX : LIVE
  const url = `${(account.baseUrl ?? own).replace(/\/$/, '')}/call`
  return async (person, id) => {
    const { username, callerId, timeoutMs } = account
    const answer = await account.http({
      method: 'POST',
      url,
      headers: {
        apikey: account.apiKey,
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ username, to: person, from: callerId, clientRequestId: id }).toString(),
      timeoutMs,
    })
    return logged(deliveryOf(answer, id), { id, to: person }, 'voice.not_called', account.log)
  }
}

const Answer = z.object({
  entries: z.array(z.object({ status: z.string(), sessionId: z.string().default('None') })),
  errorMessage: z.string().default('None'),
})

// Statuses of an entry, and of the whole where there is no entry.
const REFUSED = new Map<string, readonly [DeliveryFault, boolean]>([
  ['InvalidPhoneNumber', ['unreachable', false]],
  ['DestinationNotSupported', ['unreachable', false]],
  ['InsufficientCredit', ['misconfigured', true]],
])

function deliveryOf(answer: HttpAnswer, id: string): Delivery {
  const without = unread(answer)
  if (without || answer.kind !== 'answer') return without ?? failed('unknown_outcome', false)
  if (answer.status === 401 || answer.status === 403) return failed('misconfigured', true)
  if (answer.status === 429) return failed('throttled', true)
  if (answer.status >= 300) return failed('rejected', false)
  const body = Answer.safeParse(jsonOf(answer.body))
  if (!body.success) return failed('unparseable', false)
  const entry = body.data.entries[0]
  if (!entry) return failed(...(REFUSED.get(body.data.errorMessage) ?? (['misconfigured', false] as const)))
  if (entry.status !== 'Queued')
    return failed(...(REFUSED.get(entry.status) ?? (['rejected', false] as const)))
  const named = entry.sessionId !== '' && entry.sessionId !== 'None'
  return { status: 'sent', externalId: named ? entry.sessionId : id }
}
