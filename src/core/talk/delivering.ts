import type { HttpAnswer } from '../base/http.ts'
import type { Log } from '../base/log.ts'
import { type Msisdn, maskPhone } from '../base/phone.ts'
import type { Delivery, DeliveryFault } from './channel.ts'

/** A message that did not go. */
export const failed = (fault: DeliveryFault, retryable = false): Delivery => ({
  status: 'failed',
  fault,
  retryable,
})

/** What is known of a message without reading its answer: nothing left, or nobody knows. Null when there is one to read. */
export function unread(answer: HttpAnswer): Delivery | null {
  if (answer.kind === 'not_sent') return failed('unreachable', true)
  if (answer.kind === 'unknown' || answer.status >= 500) return failed('unknown_outcome', false)
  return null
}

/** Writes in the log, as `event`, what did not go. @returns the same */
export function logged(
  delivery: Delivery,
  message: { readonly id: string; readonly to: Msisdn },
  event: string,
  log: Log,
): Delivery {
  if (delivery.status === 'sent') return delivery
  const level = delivery.fault === 'misconfigured' ? 'error' : 'warn'
  log[level]({ id: message.id, to: maskPhone(message.to), fault: delivery.fault }, event)
  return delivery
}
