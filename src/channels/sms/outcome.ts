import { z } from 'zod'
import { fromDecimal, isCurrency } from '../../core/base/money.ts'
import type { Cost, Delivery, DeliveryFault } from '../../core/talk/channel.ts'

/** What became of a send, and the provider's own word for it, for the log. */
export type Outcome = { readonly delivery: Delivery; readonly why: string }

const failed = (fault: DeliveryFault, retryable: boolean, why: string): Outcome => ({
  delivery: { status: 'failed', fault, retryable },
  why,
})

const Answer = z.object({
  SMSMessageData: z.object({
    Message: z.string(),
    Recipients: z.array(
      z.object({
        messageId: z.string(),
        status: z.string(),
        statusCode: z.coerce.number().int(),
        cost: z.string().default(''),
      }),
    ),
  }),
})

const ACCEPTED = new Set([100, 101, 102])

// Africa's Talking, "Send Bulk SMS", status codes. Retryable is only what certainly did not go out.
const REFUSED = new Map<number, readonly [DeliveryFault, boolean]>([
  [401, ['rejected', false]],
  [402, ['misconfigured', false]],
  [403, ['unreachable', false]],
  [404, ['unreachable', false]],
  [405, ['misconfigured', true]],
  [406, ['opted_out', false]],
  [407, ['unreachable', false]],
  [409, ['opted_out', false]],
  [500, ['unknown_outcome', false]],
  [501, ['unknown_outcome', false]],
  [502, ['rejected', true]],
])

const REJECTED = ['rejected', false] as const
const REFUSED_ALL = new Map<string, readonly [DeliveryFault, boolean]>([
  ['InvalidSenderId', ['misconfigured', false]],
  ['InsufficientBalance', ['misconfigured', true]],
])

/**
 * Reads the body of a 201. A wrong sender is a 201 too, without recipients.
 * @param id ours, which stands in where an accepted message was given none (`None`)
 */
export function deliveryOfAnswer(body: unknown, id: string): Outcome {
  const answer = Answer.safeParse(body)
  if (!answer.success) return failed('unparseable', false, 'not the documented answer')
  const { Message: message, Recipients: recipients } = answer.data.SMSMessageData
  const recipient = recipients[0]
  if (!recipient) return failed(...(REFUSED_ALL.get(message) ?? REJECTED), message)
  const why = `${recipient.statusCode} ${recipient.status}`
  if (ACCEPTED.has(recipient.statusCode)) {
    const externalId = isId(recipient.messageId) ? recipient.messageId : id
    return { delivery: { status: 'sent', externalId, cost: costOf(recipient.cost, message) }, why }
  }
  return failed(...(REFUSED.get(recipient.statusCode) ?? REJECTED), why)
}

/** `KES 0.8000` in the currency of the route, of which less than a unit counts as one; `0` names no currency. */
function costOf(cost: string, message: string): Cost {
  const [, currency = '', amount = ''] = /^([A-Z]{3}) ([\d.]+)$/.exec(cost) ?? []
  const money = isCurrency(currency) ? fromDecimal(amount, currency, 'up') : undefined
  return { money: money ?? null, parts: Number(/Message parts: (\d{1,2})\b/.exec(message)?.[1] ?? 1) }
}

/** `None` is what the provider writes where there is no id. */
export const isId = (text: string): boolean => text !== '' && text !== 'None'

const Failure = z.object({
  isAxiosError: z.literal(true),
  code: z.string().optional(),
  response: z.object({ status: z.number() }).optional(),
})

// Only what a connection fails with before it is made.
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])

/** Reads what the SDK rejected with: its own refusal, an HTTP status, or a connection that broke. */
export function deliveryOfFailure(reason: unknown): Outcome {
  const failure = Failure.safeParse(reason)
  if (!failure.success) {
    if (reason instanceof Error) return failed('rejected', false, 'refused by the SDK')
    return failed('unparseable', false, 'an answer that is not 201')
  }
  const { response, code = 'no answer' } = failure.data
  if (response) return failed(...faultOf(response.status), `HTTP ${response.status}`)
  if (NEVER_LEFT.has(code)) return failed('unreachable', true, code)
  return failed('unknown_outcome', false, code)
}

function faultOf(status: number): readonly [DeliveryFault, boolean] {
  if (status === 401 || status === 403) return ['misconfigured', true]
  if (status === 409) return ['opted_out', false]
  if (status === 429) return ['throttled', true]
  if (status >= 500) return ['unknown_outcome', false]
  return ['rejected', false]
}
