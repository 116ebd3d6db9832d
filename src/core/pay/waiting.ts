import type { Instant } from '../base/clock.ts'
import type { Money } from '../base/money.ts'
import type { Msisdn } from '../base/phone.ts'
import type { Claimed } from '../run/work.ts'

/** A payment, payout, escrow, invoice or journey that only a person can move on. */
export type Waiting = {
  readonly id: string
  readonly flow: 'payment' | 'payout' | 'escrow' | 'invoice' | 'tracking'
  readonly state: string
  readonly phone: Msisdn
  /** What it is about: what goes back, what came, what is paid out, disputed, still owed, or was paid for the way. */
  readonly money: Money
  /** Who asked by hand, where somebody did. */
  readonly by: string | null
  /** When it came to stand where it does. */
  readonly since: Instant
}

/** An errand that was put aside: it failed too often, or would always. */
export type PutAside = Claimed & { readonly why: string; readonly since: Instant }

/** What waits for a person, oldest first. */
export interface WaitingRoom {
  waiting(limit: number): Promise<readonly Waiting[]>
  putAside(limit: number): Promise<readonly PutAside[]>
  /** Undefined when there is none of that name, or it is not put aside. */
  errand(id: string): Promise<PutAside | undefined>
  /** What of all that was taken for it is still nobody's but the customer's, in minor units. */
  unearnedMinor(root: string): Promise<number>
}
