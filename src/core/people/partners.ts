import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'

/** As what somebody acts in a partner's office: its members as one of two, an administrator in anybody's. */
export type OfficeRole = 'owner' | 'clerk' | 'admin'

/** What lets somebody into the office of one partner. */
export type Badge = {
  readonly partner: string
  readonly name: string
  /** What the partner is to us: `bus`, `carrier`, `distributor`, … */
  readonly kind: string
  readonly role: OfficeRole
  /** Who it is, by an opaque name: what is kept of changes outlives telephone numbers. */
  readonly by: string
}

/** Who changes something of which partner, and when. */
export type Hand = { readonly partner: string; readonly by: string; readonly at: Instant }

/** Somebody who acts for a partner. */
export type Member = {
  readonly id: string
  readonly phone: Msisdn
  readonly role: Exclude<OfficeRole, 'admin'>
  /** Whether the partner's earnings are sent to their phone: one owner's, or nobody's. */
  readonly paid: boolean
  readonly joinedAt: Instant
}

/** What was done to something of a partner's: it is kept in the transaction that did it, and never rewritten. */
export type Change = {
  readonly n: number
  readonly at: Instant
  readonly by: string
  readonly what: string
  readonly about: string
  readonly before: unknown
  readonly after: unknown
}

/** Offices of partners, and who is in them. */
export interface Partners {
  /** Badges of a member, by the partners' names; at most `limit`. */
  of(phone: Msisdn, limit: number): Promise<readonly Badge[]>
  /** The badge with which somebody enters an office; null when it is not theirs, as when there is none. */
  enter(phone: Msisdn, partner: string): Promise<Badge | null>
  members(partner: string, limit: number): Promise<readonly Member[]>
  /** Lets somebody in, or gives who is in already another role. Null when it would leave no owner, or there are `most`. */
  admit(hand: Hand, member: Pick<Member, 'id' | 'phone' | 'role'>, most: number): Promise<Member | null>
  /** Shows somebody out. False when they are not in, or the last owner. */
  dismiss(hand: Hand, member: string): Promise<boolean>
  /** Earnings go to this owner's phone from now on. Null when there is no such owner. */
  pay(hand: Hand, member: string): Promise<Member | null>
  /** What was changed, newest first, from before the change `before` on. */
  changes(partner: string, before: number | null, limit: number): Promise<readonly Change[]>
}
