import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'
import type { ChannelName } from './channel.ts'

/** What a person said where nothing numbers it: whether it is another or the same once more, only its content tells. */
export type Unnumbered = {
  readonly channel: ChannelName
  readonly person: Msisdn
  /** Where they said it: our number, or their session there. */
  readonly to: string
  readonly text: string
  readonly at: Instant
}

/** Gives numbers to what has none. Kept in PostgreSQL: the same may come to another process, or after a restart. */
export interface Numbering {
  /**
   * @param sameMs the same content within this is the same once more, unless a message of ours went to that person since:
   * then it answers that
   * @returns a message id; the same for the same
   */
  idOf(said: Unnumbered, sameMs: number): Promise<string>
  /** It is known that it will come once more: then it is the same, whatever we said meanwhile. */
  expect(said: Unnumbered): Promise<void>
}

/** A part of a message that was too long for one. */
export type Part = {
  readonly person: Msisdn
  readonly to: string
  /** What the parts of one message share, with how many they are. */
  readonly reference: number
  readonly total: number
  /** From 1 on. */
  readonly part: number
  readonly octets: Buffer
  /** How the octets are to be read: the channel's business. */
  readonly coding: number
  readonly at: Instant
}

/** What is there of a message, in the order of its parts. */
export type Joined = {
  readonly id: string
  readonly person: Msisdn
  readonly to: string
  readonly octets: readonly Buffer[]
  readonly coding: number
}

/** Parts wait for each other for so long. */
export const PARTS_MS = 60_000

/** Parts that wait for each other, in whatever order and process they come. */
export interface Parts {
  /** @returns the whole once it is there, until it is `heard`; null before, and when it was heard already */
  keep(part: Part): Promise<Joined | null>
  /** What has waited too long, oldest first. */
  overdue(now: Instant, limit: number): Promise<readonly Joined[]>
  /** Its parts may still come twice, and mean nothing more. */
  heard(id: string): Promise<void>
}
