import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import { Refusal } from '../read.ts'
import type { Expects } from './keypad.ts'
import type { Action, Gather, Wire } from './wire.ts'

const MAX_CALLS = 5_000

/** A call as the phone's owner sees it. */
export interface PhoneCall {
  sessionId: string
  phone: string
  /** As the aggregator says it: Inbound when the phone called us. */
  direction: 'Inbound' | 'Outbound'
  state: 'Ringing' | 'Active' | 'Completed' | 'Rejected'
  /** Everything heard so far. */
  says: string[]
  expects: Expects | null
  startedAt: number
}

/** A call with what drives it. */
export interface Live {
  call: PhoneCall
  /** What the gateway's last answer still holds. */
  rest: Action[]
  wanted?: Gather | undefined
  typed: string
  answeredAt?: number
  /** Stops the wait for an answer or for digits. */
  cancel: () => void
}

export const isOpen = ({ call }: Live) => call.state === 'Ringing' || call.state === 'Active'

/** The calls of all phones, the oldest forgotten past 5,000. */
export function createCallBook(
  clock: Clock,
  events: Events,
  { simulator, newId }: Pick<Wire, 'simulator' | 'newId'>,
) {
  const lives = new Map<string, Live>()

  function open(phone: string, direction: PhoneCall['direction']): Live {
    const oldest = lives.size >= MAX_CALLS ? lives.keys().next().value : undefined
    if (oldest !== undefined) lives.delete(oldest)
    const sessionId = newId()
    const startedAt = clock.now()
    const call: PhoneCall = {
      sessionId,
      phone,
      direction,
      state: 'Ringing',
      says: [],
      expects: null,
      startedAt,
    }
    const live = { call, rest: [], typed: '', cancel: () => undefined }
    lives.set(sessionId, live)
    tell(live)
    return live
  }

  /** The call, in that state when one is given; throws a Refusal (404, 409). */
  function find(sessionId: string, state?: PhoneCall['state']): Live {
    const live = lives.get(sessionId)
    if (!live) throw new Refusal(404, `no call ${sessionId}`)
    if (state && live.call.state !== state) throw new Refusal(409, `the call is ${live.call.state}`)
    return live
  }

  const tell = ({ call }: Live) => events.emit({ simulator, kind: 'call', phone: call.phone, data: call })

  const ofPhone = (phone: string) =>
    [...lives.values()].map(({ call }) => call).filter((call) => call.phone === phone)
  return { open, find, tell, ofPhone }
}
