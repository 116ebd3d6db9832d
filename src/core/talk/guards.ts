import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'
import { type Holders, isFormer } from '../people/holders.ts'
import type { InstanceRef } from '../run/flow.ts'
import type { ChannelName } from './channel.ts'
import type { Left } from './messages.ts'
import { type Purpose, worthUntil } from './purpose.ts'
import type { Shown } from './view.ts'

/** Something to be said to one person. */
export type Saying = {
  /** Its intent, stable over retries. */
  readonly id: string
  readonly to: Msisdn
  /** Where they last spoke. */
  readonly channel: ChannelName
  readonly shown: Shown
  readonly purpose: Purpose
  /** Until when it is worth saying; null where only its purpose tells. */
  readonly until: Instant | null
  /** When they last wrote there; null when it was only just now. */
  readonly heardAt?: Instant | null
  /** An answer to what was not understood and moved nothing: what a machine that answers machines gets for ever. */
  readonly isIdle?: boolean
  /** What it tells of. */
  readonly about?: InstanceRef | null
  /** What they wrote, but for its digits, where it is longer than what people press again and again. */
  readonly echo?: string | null
}

/** Null lets it go. */
export type Verdict =
  | null
  | { readonly how: 'wait'; readonly waitMs: number; readonly why: string }
  | { readonly how: Left; readonly why: string }

/** Looks at what is about to be said through `via`. */
export type Guard = (saying: Saying, via: ChannelName, now: Instant) => Verdict | Promise<Verdict>

/** An offer is worthless after its deadline, and a receipt after a week. */
export const worthSaying: Guard = ({ id, purpose, until }, _, now) =>
  now > worthUntil(id, purpose, until, now) ? { how: 'expired', why: 'past its deadline' } : null

/** What a former holder of the number began is nothing to whoever has it now, and nothing reaches the former. */
export const theirOwn =
  (isTheirs: Holders['isTheirs']): Guard =>
  async ({ to, about }) =>
    isFormer(to) || (about && !(await isTheirs(to, about.id)))
      ? { how: 'withheld', why: 'of who had the number before' }
      : null
