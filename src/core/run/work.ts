import type { Instant } from '../base/clock.ts'
import type { Money } from '../base/money.ts'
import type { Msisdn } from '../base/phone.ts'
import type { Conversation } from '../talk/conversation.ts'
import type { InstanceRef, Snapshot, Stamped } from './flow.ts'

/** One booking, payment or journey as it stands. `seq` counts what happened to it. */
export type Instance = InstanceRef &
  Snapshot & {
    readonly version: number
    readonly seq: number
    /** What it was begun for: the booking that a payment or a journey belongs to; its own id otherwise. */
    readonly root: string
    /** The person it was made for. */
    readonly owner: Msisdn
    /** Digits by which a person names it; null when nobody does. */
    readonly code: string | null
    readonly deadlineAt: Instant | null
  }

/** Why an instance is as it is: `cause` is the id of whatever brought the event, unique per instance. */
export type JournalEntry = InstanceRef & {
  readonly seq: number
  readonly cause: string
  readonly event: Stamped
  readonly at: Instant
}

/** Urgent first: money, then jobs, then what somebody waits for, then news, then what can wait. */
export const LANES = ['payment', 'booking', 'urgent', 'message', 'bulk'] as const
export type Lane = (typeof LANES)[number]

/** Something to be done outside, written in the transaction that decided it. */
export type OutboxEntry = {
  readonly id: string
  readonly about: InstanceRef | null
  /** Follows a booking through every job and call; empty where there is none. */
  readonly root: string
  readonly type: string
  readonly params: unknown
  readonly lane: Lane
  readonly dueAt: Instant
}

/** An entry that a worker holds until its lease ends; `lease` fences off a sleeper that wakes too late. */
export type Claimed = OutboxEntry & {
  readonly attempts: number
  /** Attempts that came back to say that they failed; the others ended with their worker. */
  readonly failures: number
  readonly lease: number
}

/** Money moved from one account to another: both sides in one row, so every sum is zero by construction. */
export type Posting = {
  readonly kind: string
  /** With `kind` unique: the same posting cannot be made twice. */
  readonly source: string
  readonly debit: string
  readonly credit: string
  readonly money: Money
  readonly at: Instant
  /** What the one outside calls this movement, with its own name before it: `mtn:363440463`. In the books once. */
  readonly external?: string
  /** Set aside only: nothing moves until it is posted, and at `until` it ends by itself. */
  readonly hold?: { readonly until: Instant }
  /**
   * What becomes of a hold, between the same accounts: `post` moves this amount, all of it or less, and lets go of the
   * rest; `void` names all of it and lets go of it. It can be done once, and before the hold's end.
   */
  readonly resolve?: { readonly how: 'post' | 'void'; readonly kind: string; readonly source: string }
}

/** Everything that one turn changes. All of it is written in one transaction, or none. */
export type Work = {
  readonly conversation: { readonly next: Conversation; readonly was: number } | null
  /** What was answered to a message, kept so that its repetition gets the same bytes. */
  readonly answer: {
    readonly messageId: string
    readonly person: Msisdn
    readonly body: string
    readonly at: Instant
  } | null
  /** What was changed, and what was only looked at: a turn on an instance that has moved on is stale either way. */
  readonly instances: readonly { readonly next: Instance; readonly was: number }[]
  readonly journal: readonly JournalEntry[]
  readonly outbox: readonly OutboxEntry[]
  readonly postings: readonly Posting[]
  /** Outbox entries that are done with. */
  readonly finished: readonly { readonly id: string; readonly lease: number }[]
}
