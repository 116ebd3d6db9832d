import type { Heard } from '../gateway.ts'
import type { PhoneCall } from './book.ts'

/** Something the caller hears. */
export interface Sound {
  kind: 'say' | 'play'
  /** What is said, or the URL of what is played. */
  text: string
}

export interface Gather {
  kind: 'gather'
  sounds: Sound[]
  numDigits?: number
  finishOnKey?: string
  timeoutS: number
  /** Where the digits go; where the call's own questions go when not given. */
  to?: string
}

export type Action = Sound | Gather | { kind: 'reject' }

/** How a call may end: the gateway rejects it, somebody hangs up, the line breaks, nobody or a finger answers it. */
export type End = 'rejected' | 'hungUp' | 'broken' | 'unanswered' | 'declined'

/** How one provider of calls talks with the gateway. */
export interface Wire {
  /** The provider's name in events. */
  simulator: string
  newId(): string
  /** Throws a SyntaxError on what the provider would not understand. */
  read(xml: string): Action[]
  /** Asks what to do next. @param to where the last question said, if there was one */
  ask(call: PhoneCall, to: string | undefined, digits: string | undefined): Promise<Heard | undefined>
  /** Tells the gateway that it is over. */
  over(call: PhoneCall, end: End, seconds: number): void
  /** Keeps what a phone has heard; `error` when it could not be. */
  keep(call: PhoneCall, text: string, error?: string): void
}
