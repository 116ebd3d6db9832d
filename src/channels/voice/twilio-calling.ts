import { z } from 'zod'
import { type Http, type HttpAnswer, jsonOf } from '../../core/base/http.ts'
import type { Log } from '../../core/base/log.ts'
import type { Delivery, DeliveryFault } from '../../core/talk/channel.ts'
import { failed, logged, unread } from '../../core/talk/delivering.ts'
import type { Ring } from './calling.ts'

/** Who calls, and through where. */
export type TwilioAccount = {
  readonly accountSid: string
  readonly authToken: string
  readonly callerId: string
  /** Everything before `/2010-04-01`. */
  readonly baseUrl: string
  readonly http: Http
  readonly timeoutMs: number
  readonly log: Log
}

/**
 * Makes a person's phone ring. Twilio takes no name of ours for a call: one that may or may not have been made is not
 * made again. Source: Twilio, "Call resource".
 * @param address is asked what to say when they pick up, and told when it is over
 */
export function twilioCaller(account: TwilioAccount, address: string): Ring {
  const { accountSid, authToken, callerId, http, timeoutMs, log } = account
  const url = `${account.baseUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Calls.json`
  return async (person, id) => {
    const answer = await http({
      method: 'POST',
      url,
      headers: {
        authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({
        ...{ To: person, From: callerId, Url: address, StatusCallback: address },
      }).toString(),
      timeoutMs,
    })
    return logged(deliveryOf(answer), { id, to: person }, 'voice.not_called', log)
  }
}

// Twilio, "Error and warning dictionary": refused before anybody's phone rang.
const REFUSED = new Map<number, readonly [DeliveryFault, boolean]>([
  [20003, ['misconfigured', true]],
  [20429, ['throttled', true]],
  [21210, ['misconfigured', false]],
  [21211, ['unreachable', false]],
  [21214, ['unreachable', false]],
  [21215, ['unreachable', false]],
  [21217, ['unreachable', false]],
])

const Made = z.object({ sid: z.string().min(1) })
const Refusal = z.object({ code: z.number() })

function deliveryOf(answer: HttpAnswer): Delivery {
  const without = unread(answer)
  if (without || answer.kind !== 'answer') return without ?? failed('unknown_outcome', false)
  const json = jsonOf(answer.body)
  const made = Made.safeParse(json)
  if (answer.status === 201 && made.success) return { status: 'sent', externalId: made.data.sid }
  if (answer.status < 300) return failed('unknown_outcome', false)
  const { data } = Refusal.safeParse(json)
  const known = REFUSED.get(data?.code ?? 0)
  if (known) return failed(...known)
  return answer.status === 429 ? failed('throttled', true) : failed('rejected', false)
}
