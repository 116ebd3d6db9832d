import { z } from 'zod'
import { type HttpAnswer, jsonOf } from '../../core/base/http.ts'
import type { Delivery, DeliveryFault, Receipt } from '../../core/talk/channel.ts'
import { failed, unread } from '../../core/talk/delivering.ts'

// Twilio, "Message resource", status values. What is not here says nothing new.
const STATUS = new Map<string, Receipt['status']>([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
])

// Twilio, "Error and warning dictionary": refused before anything was sent.
const REFUSED = new Map<number, readonly [DeliveryFault, boolean]>([
  [20003, ['misconfigured', true]],
  [20429, ['throttled', true]],
  [21211, ['unreachable', false]],
  [21212, ['misconfigured', false]],
  [21408, ['misconfigured', false]],
  [21606, ['misconfigured', false]],
  [21610, ['opted_out', false]],
  [21611, ['throttled', true]],
  [21612, ['unreachable', false]],
  [21614, ['unreachable', false]],
])
const UNSUBSCRIBED = '21610'

const Made = z.object({ sid: z.string().min(1), num_segments: z.coerce.number().int().catch(1) })
const Refusal = z.object({ code: z.number() })

/** What a report says; null when that is nothing new. @param code empty where nothing failed */
export function receiptOf(said: string, code: string): Pick<Receipt, 'status' | 'reason' | 'fault'> | null {
  const status = STATUS.get(said.toLowerCase())
  if (!status) return null
  if (status !== 'failed') return { status, reason: null }
  return { status, reason: code || said, ...(code === UNSUBSCRIBED && { fault: 'opted_out' }) }
}

/** What became of a message, by Twilio's answer. */
export function deliveryOf(answer: HttpAnswer): Delivery {
  const without = unread(answer)
  if (without || answer.kind !== 'answer') return without ?? failed('unknown_outcome', false)
  const json = jsonOf(answer.body)
  const made = Made.safeParse(json)
  if (answer.status === 201 && made.success)
    return {
      status: 'sent',
      externalId: made.data.sid,
      cost: { money: null, parts: made.data.num_segments },
    }
  if (answer.status < 300) return failed('unknown_outcome', false)
  const { data } = Refusal.safeParse(json)
  return failed(...(REFUSED.get(data?.code ?? 0) ?? (answer.status === 429 ? THROTTLED : REJECTED)))
}

const THROTTLED = ['throttled', true] as const
const REJECTED = ['rejected', false] as const
