import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'

/** Somebody who books for others. */
export type Agent = {
  /** Opaque, and never changed: the books bear it long after a number has gone to somebody else. */
  readonly id: string
  readonly phone: Msisdn
  readonly name: string
  /** Their part of a fare, in hundredths of a percent; never more than the operator's own part. */
  readonly commissionBp: number
}

export interface Agents {
  /** Null when nobody with that number books for others. */
  find(phone: Msisdn): Promise<Agent | null>
}

/** What the operator decides about agents. */
export interface AgentDesk {
  /** Those who book for others now first, then who did. */
  all(limit: number): Promise<readonly (Agent & { readonly active: boolean })[]>
  /** From now on they book for others, under that name and for that part; bookings that are made keep theirs. */
  put(agent: Omit<Agent, 'id'>): Promise<void>
  /** They book for nobody any more. @returns false when they did not */
  stop(phone: Msisdn): Promise<boolean>
}

const HOUR_MS = 3_600_000

/** How often anybody may be asked to confirm what an agent has filled in. */
export const ASKING = {
  /** Questions left unanswered within this count, */
  waitingMs: HOUR_MS,
  perCustomer: 3,
  perAgent: 20,
  /** and so does a no to the same agent within this. */
  refusedMs: 24 * HOUR_MS,
  refusals: 2,
} as const

/** `spared`: the customer wants no such question, or has enough of them. `flooding`: the agent asked too many people. */
export type Asked = 'asked' | 'spared' | 'flooding'

/** Who is asked for what, inside the transaction that records it. */
export interface AgentRequests {
  /** Writes down that a customer is asked about a booking. Asked once more, it stays as it was. */
  ask(request: {
    readonly booking: string
    /** By the agent's id. */
    readonly agent: string
    readonly customer: Msisdn
    readonly at: Instant
  }): Promise<Asked>
  /** The first answer stays. */
  answered(booking: string, isYes: boolean): Promise<void>
}
