import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'
import type { OutboxEntry } from '../run/work.ts'
import type { ChannelName, Cost, Receipt } from './channel.ts'
import type { Purpose } from './purpose.ts'

/** A message about to be handed to a provider. `id` is its intent: of each there is one row, and one message. */
export type Handing = {
  readonly id: string
  readonly person: Msisdn
  readonly channel: ChannelName
  readonly purpose: Purpose
  readonly at: Instant
  /** What is done instead when a report says that this channel is closed to them. */
  readonly fallBack: Pick<OutboxEntry, 'params' | 'lane'> | null
}

/** What became of handing it over. `refused`: it certainly did not go, so it may be handed over again. */
export type Noted =
  | { readonly status: 'sent'; readonly externalId: string; readonly cost: Cost | null }
  | { readonly status: 'refused' | 'failed' | 'unknown'; readonly reason: string }

/** How it ended without being handed over. */
export type Left = 'expired' | 'withheld'

/** Messages as rows, written before and after a provider is called and never while it is. */
export interface Messages {
  /**
   * Writes that it is handed over now. `wait`: whoever had it in hand died over it, and it is too early to tell whether
   * it went; `done`: it was said, or nobody will ever know, and it is not said again.
   */
  hand(handing: Handing): Promise<'go' | 'wait' | 'done'>
  note(handing: Handing, noted: Noted): Promise<void>
  /** Writes that it will not be said, and why. */
  leave(handing: Handing, how: Left, reason: string): Promise<void>
  /**
   * A provider's report, in any order and however often: what has arrived stays so. One about a message that we do not
   * know yet waits for it. @returns whether it said anything new
   */
  received(receipt: Receipt, at: Instant): Promise<boolean>
}
