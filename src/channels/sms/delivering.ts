import type { HttpAnswer } from '../../core/base/http.ts'
import type { Log } from '../../core/base/log.ts'
import { type Msisdn, maskPhone } from '../../core/base/phone.ts'
import type { Delivery, DeliveryFault } from '../../core/talk/channel.ts'

export const failed = (fault: DeliveryFault, retryable: boolean): Delivery => ({
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

/** Writes in the log what did not go. @returns the same */
export function logged(delivery: Delivery, message: { id: string; to: Msisdn }, log: Log): Delivery {
  if (delivery.status === 'sent') return delivery
  const level = delivery.fault === 'misconfigured' ? 'error' : 'warn'
  log[level]({ id: message.id, to: maskPhone(message.to), fault: delivery.fault }, 'sms.not_sent')
  return delivery
}
