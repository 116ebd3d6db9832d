import type { PhoneCall } from '../calls/book.ts'
import type { End } from '../calls/wire.ts'
import { stamp, VOICE_NUMBER } from './line.ts'

const TARIFF_RWF_PER_S = 1

/** The form of a voice callback in the middle of a call. */
export const during = (call: PhoneCall, state: string = call.state): Record<string, string> => ({
  isActive: '1',
  sessionId: call.sessionId,
  direction: call.direction,
  callerNumber: call.phone,
  destinationNumber: VOICE_NUMBER,
  callerCountryCode: call.phone.slice(1, 4),
  // The aggregator encodes this one twice: a literal + arrives instead of the space.
  callStartTime: stamp(call.startedAt).replace(' ', '+'),
  callSessionState: state,
})

/** State and hang-up cause of each end. */
const ENDS: Readonly<Record<End, readonly [state: string, cause: string]>> = {
  rejected: ['Completed', 'CALL_REJECTED'],
  hungUp: ['Completed', 'NORMAL_CLEARING'],
  broken: ['Completed', 'NORMAL_TEMPORARY_FAILURE'],
  unanswered: ['NotAnswered', 'NO_ANSWER'],
  declined: ['NotAnswered', 'CALL_REJECTED'],
}

/** The form of the last callback of a call that was up for `seconds`. */
export const ending = (call: PhoneCall, end: End, seconds: number) => ({
  ...during(call, ENDS[end][0]),
  isActive: '0',
  durationInSeconds: String(seconds),
  currencyCode: 'RWF',
  amount: (seconds * TARIFF_RWF_PER_S).toFixed(1),
  recordingUrl: '',
  hangupCause: ENDS[end][1],
})
