import type { Instant } from '../base/clock.ts'
import type { Hook } from '../base/hook.ts'
import type { Money } from '../base/money.ts'
import type { Msisdn } from '../base/phone.ts'
import type { Stranger } from '../people/introductions.ts'
import type { Codec, Input, View } from './prompt.ts'
import type { Purpose } from './purpose.ts'

export const CHANNELS = ['ussd', 'sms', 'whatsapp', 'voice', 'rest'] as const
export type ChannelName = (typeof CHANNELS)[number]

/** Something a person said, from any channel, before anybody has understood it. */
export type Inbound = {
  readonly channel: ChannelName
  readonly person: Msisdn
  /** The provider's session, thread or call. */
  readonly session: string
  /** The same id always gets the same answer. */
  readonly messageId: string
  readonly input: Input
  readonly at: Instant
}

/**
 * Hears one inbound and returns the wire body to answer with: the same bytes for the same `messageId`.
 * Channels that answer by a separate send (`push`) get `''`: their answer leaves through the outbox.
 */
export type Receive = (inbound: Inbound) => Promise<string>

export type DeliveryFault =
  | 'misconfigured'
  | 'unreachable'
  | 'throttled'
  | 'rejected'
  | 'unparseable'
  | 'opted_out'
  | 'window_closed'
  | 'unknown_outcome'

/** What a message cost as its provider says: null where it does not, and in how many parts it went. */
export type Cost = { readonly money: Money | null; readonly parts: number }

export type Delivery =
  | { readonly status: 'sent'; readonly externalId: string; readonly cost?: Cost }
  | { readonly status: 'failed'; readonly fault: DeliveryFault; readonly retryable: boolean }

/** The provider's report of what became of a message we sent. */
export type Receipt = {
  readonly channel: ChannelName
  readonly externalId: string
  readonly status: 'sent' | 'delivered' | 'read' | 'failed'
  readonly reason: string | null
  /** Why it failed, in our words. */
  readonly fault?: DeliveryFault
  /** Whose phone it is about, where the report says so. */
  readonly to?: Msisdn
  /** The id that `deliver` was given, where the provider brings it back. */
  readonly intent?: string
}

/** What a channel may call when the provider calls it. */
export interface Doors {
  readonly receive: Receive
  /** A USSD session or a call ended; `completed` false when a question was left open. */
  ended(end: {
    readonly person: Msisdn
    readonly session: string
    readonly completed: boolean
  }): Promise<void>
  delivered(receipt: Receipt): Promise<void>
  /** Somebody told a provider that they want no news from us. */
  optedOut(who: { readonly person: Msisdn }): Promise<void>
  /**
   * Somebody wrote whose number the channel hides.
   * @returns who they are, `isNew` when we know it from this message on; or what to say to them; null when nothing
   */
  introduce(
    stranger: Stranger,
  ): Promise<{ readonly person: Msisdn; readonly isNew: boolean } | { readonly say: string } | null>
  /** Their number was told together with the id that may hide it one day. */
  acquainted(who: { readonly userId: string; readonly person: Msisdn; readonly at: Instant }): Promise<void>
  /** Somebody rang and was rejected unanswered: they want to be called. */
  missedCall(call: { readonly person: Msisdn; readonly session: string; readonly at: Instant }): Promise<void>
}

/** One way of talking. */
export interface Channel {
  readonly name: ChannelName
  readonly codec: Codec
  /** `inline`: the answer is the HTTP response. `push`: the answer is sent by `deliver`. */
  readonly answers: 'inline' | 'push'
  /** The doors through which the provider calls us. */
  hooks(doors: Doors): readonly Hook[]
  /** For channels that hold a socket; others do nothing. */
  start(doors: Doors): Promise<void>
  stop(): Promise<void>
  /**
   * For channels on which only who wrote lately may be written to freely: what may be sent to the others, or undefined
   * where nothing may.
   */
  readonly outside?: (view: View, purpose: Purpose) => string | undefined
  /** We speak first. `body` is what `codec.encode` made. `id` is ours, stable over retries. Never throws. */
  deliver(message: { readonly id: string; readonly to: Msisdn; readonly body: string }): Promise<Delivery>
}
