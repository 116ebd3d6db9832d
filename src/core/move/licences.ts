import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'

/** What a document says of a licence; a valid one says until when. */
export type Shown =
  | { readonly status: 'valid'; readonly until: Instant }
  | { readonly status: 'expired' | 'suspended'; readonly until: null }

/** Who vouches for it: a list from the regulator, or a document that somebody held in their hands. */
export type Voucher = {
  readonly how: 'file' | 'hand'
  readonly by: string
  readonly why: string
  readonly at: Instant
}

/** A driver who gets no jobs, or soon none. */
export type Wanting = {
  readonly phone: Msisdn
  readonly name: string
  readonly licence: string
  readonly status: string
  readonly until: Instant | null
}

/** Licences of drivers where the register does not answer for them. */
export interface Licences {
  /** Those without a valid licence, then those whose evidence ends before `before`, the next to end first. */
  wanting(before: Instant, limit: number): Promise<readonly Wanting[]>
  /** Takes evidence about a licence and keeps it for ever. @returns false when no driver has that licence */
  show(licence: string, shown: Shown, voucher: Voucher): Promise<boolean>
}
