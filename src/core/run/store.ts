import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'
import type { Holders } from '../people/holders.ts'
import type { Conversation } from '../talk/conversation.ts'
import type { FlowName, InstanceRef } from './flow.ts'
import type { Claimed, Instance, JournalEntry, Lane, Work } from './work.ts'

/** `stale`: somebody else was faster, or the same cause was already written; read again and decide again. */
export type Committed = 'done' | 'stale'

/** The books refuse this turn and would again: it is for a person to look at. Thrown by `commit`; nothing is written. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/** What a person and their conversation look like at the start of a turn. */
export type Standing = {
  readonly conversation: Conversation | null
  readonly instance: Instance | null
  readonly answered: string | null
}

/** Reading and writing, inside a transaction or out of one. */
export interface Ledgered {
  instance(ref: InstanceRef): Promise<Instance | null>
  /** Everything that happened to an instance, in order. */
  journal(ref: InstanceRef): Promise<readonly JournalEntry[]>
  commit(work: Work): Promise<Committed>
}

/** PostgreSQL as the core sees it: the only truth. */
export interface Store<Tx extends Ledgered = Ledgered>
  extends Ledgered,
    Pick<Holders, 'passIfIdle' | 'isTheirs'> {
  /** Conversation, the instance in its focus, and the stored answer to `messageId` if it was answered before. */
  standing(person: Msisdn, messageId: string): Promise<Standing>
  /** The stored answer alone, wherever it was written. */
  answer(person: Msisdn, messageId: string): Promise<string | null>
  /** Newest first; at most `limit` (≤ 100) that are not done. */
  active(owner: Msisdn, flow: FlowName, limit: number): Promise<readonly Instance[]>
  /** @param asker for whom only what began since they have their number is there; anything for the house itself */
  byCode(flow: FlowName, code: string, asker?: Msisdn): Promise<Instance | null>
  /** Leases due entries: the named ones, or the oldest of a lane. */
  claim(want: {
    readonly now: Instant
    readonly ids?: readonly string[]
    readonly lane?: Lane
    readonly limit: number
    readonly leaseMs: number
  }): Promise<readonly Claimed[]>
  /** Keeps leased entries until then; those that somebody else has by now stay theirs. */
  renew(entries: readonly Claimed[], until: Instant): Promise<void>
  /** Whether the entry is still there under this lease. */
  holds(entry: Claimed): Promise<boolean>
  /** Gives back an entry whose time has not come; it does not count as tried. */
  postpone(entry: Claimed, at: Instant): Promise<void>
  /** Gives an entry back for later; `dead` when it was tried often enough. */
  again(entry: Claimed, at: Instant, why: string, dead: boolean): Promise<void>
  /** Instances whose deadline has passed, oldest first. */
  overdue(now: Instant, limit: number): Promise<readonly Instance[]>
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}
