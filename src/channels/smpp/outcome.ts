import type { DeliveryFault } from '../../core/talk/channel.ts'
import { STATUS } from './pdu.ts'
import type { Submission } from './submitting.ts'

type Failure = { readonly fault: DeliveryFault; readonly retryable: boolean }

// SMPP 3.4, §5.1.3. Retryable is only what the SMSC certainly did not take, and may take later.
const REFUSED = new Map<number, Failure>([
  [STATUS.notBoundForThis, { fault: 'misconfigured', retryable: true }],
  [STATUS.systemError, { fault: 'unknown_outcome', retryable: false }],
  [STATUS.wrongSource, { fault: 'misconfigured', retryable: false }],
  [STATUS.wrongDestination, { fault: 'unreachable', retryable: false }],
  [STATUS.submitFailed, { fault: 'rejected', retryable: true }],
])

/**
 * What went wrong with a message.
 * @param hasBegun the SMSC has taken a part of it: what goes out again would be there twice, and the rest alone is none
 */
export function failureOf(submission: Exclude<Submission, { kind: 'taken' }>, hasBegun: boolean): Failure {
  if (hasBegun || submission.kind === 'unknown') return { fault: 'unknown_outcome', retryable: false }
  if (submission.kind === 'unsent') return { fault: submission.why, retryable: true }
  return REFUSED.get(submission.status) ?? { fault: 'rejected', retryable: false }
}
