import { z } from 'zod'
import { type HttpAnswer, jsonOf } from '../../core/base/http.ts'
import type { Delivery, DeliveryFault } from '../../core/talk/channel.ts'
import { failed } from '../../core/talk/delivering.ts'

const accepted = z.object({ messages: z.tuple([z.object({ id: z.string().min(1) })], z.unknown()) })
const refused = z.object({ error: z.object({ code: z.number() }) })

const UNKNOWN = failed('unknown_outcome')
const REJECTED = failed('rejected')

// Source: Meta, WhatsApp Cloud API, "Error codes". What is not here is decided by the HTTP status.
const BY_CODE: ReadonlyMap<number, Delivery> = new Map([
  // Too many calls: of the app, of the account, of the number, to this person; suspected spam; registration.
  ...[4, 80007, 130429, 131056, 131048, 133016].map((code) => [code, failed('throttled', true)] as const),
  // Token, permission, account locked or restricted, unpaid, number not registered.
  ...[0, 3, 10, 190, 368, 131005, 131031, 131042, 131045, 133010].map(
    (code) => [code, failed('misconfigured')] as const,
  ),
  // Meta says that nothing was sent and to try again.
  [131000, failed('unreachable', true)],
  [131026, failed('unreachable')],
  // An experiment of Meta's keeps messages from this person.
  [130472, failed('unreachable')],
  // More than 24 hours since the person's last message: templates only.
  [131047, failed('window_closed')],
  // Parameters, media, what may be said to them of advertisements.
  ...[100, 131008, 131009, 131021, 131049, 131050, 131051, 131053].map((code) => [code, REJECTED] as const),
  // Templates: their parameters, name, text, form, policy; paused and disabled ones; flows of theirs.
  ...[132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069].map(
    (code) => [code, REJECTED] as const,
  ),
])

/** What an error of a message is to us; who can say nothing of a code says that it was rejected. */
export const faultOf = (code: number): DeliveryFault => {
  const known = BY_CODE.get(code)
  return known?.status === 'failed' ? known.fault : 'rejected'
}

/** What became of a message, from the Graph API's answer to `POST /{phone-number-id}/messages`. */
export function readAnswer(answer: HttpAnswer): Delivery {
  if (answer.kind === 'not_sent') return failed('unreachable', true)
  if (answer.kind === 'unknown') return UNKNOWN
  const json = jsonOf(answer.body)
  const code = refused.safeParse(json).data?.error.code
  if (code !== undefined) return BY_CODE.get(code) ?? byStatus(answer.status, code)
  if (answer.status >= 200 && answer.status < 300) {
    const sent = accepted.safeParse(json).data
    return sent ? { status: 'sent', externalId: sent.messages[0].id } : UNKNOWN
  }
  return byStatus(answer.status, undefined)
}

// Codes 200 to 299 are missing permissions. A 5xx without a known code may come from in front of the API
// or from behind the send: nobody can tell, so it is not sent again.
function byStatus(status: number, code: number | undefined): Delivery {
  if (code !== undefined && code >= 200 && code < 300) return failed('misconfigured')
  if (status === 401 || status === 403) return failed('misconfigured')
  if (status === 429) return failed('throttled', true)
  return status >= 400 && status < 500 ? REJECTED : UNKNOWN
}
