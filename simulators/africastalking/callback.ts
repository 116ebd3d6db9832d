import type { PhoneCall } from './callbook.ts'
import { stamp, VOICE_NUMBER } from './line.ts'

const TARIFF_RWF_PER_S = 1

/** The form of a voice callback in the middle of a call. */
export const during = (call: PhoneCall, state: string): Record<string, string> => ({
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

/** The form of the last callback of a call that was up for `seconds`. */
export const ending = (call: PhoneCall, state: string, hangupCause: string, seconds: number) => ({
  ...during(call, state),
  isActive: '0',
  durationInSeconds: String(seconds),
  currencyCode: 'RWF',
  amount: (seconds * TARIFF_RWF_PER_S).toFixed(1),
  recordingUrl: '',
  hangupCause,
})
