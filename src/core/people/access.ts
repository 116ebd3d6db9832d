import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'

/** Everybody is a customer; some also drive, some act for a partner, and some run the place. */
export type Rank = 'customer' | 'driver' | 'partner' | 'admin'

/** Bounds on codes of one phone, kept with the codes so that no flush of a cache forgets them. */
export type CodeLimits = {
  readonly perHour: number
  readonly tries: number
  readonly failuresPerDay: number
}

/** Log-in as rows; a secret is never among them, only what was made of it. */
export interface Access {
  /** Keeps a new code, which ends the one before. False when the phone has had its codes or its failures. */
  addCode(
    code: {
      readonly id: string
      readonly phone: Msisdn
      readonly codeHash: string
      readonly at: Instant
      readonly expiresAt: Instant
    },
    limits: CodeLimits,
  ): Promise<boolean>
  /** Uses up the phone's newest code, or one of its tries when the code is another. */
  useCode(
    guess: { readonly phone: Msisdn; readonly codeHash: string; readonly at: Instant },
    limits: CodeLimits,
  ): Promise<boolean>
  /** The first refresh token of a log-in. */
  addToken(token: {
    readonly tokenHash: string
    readonly family: string
    readonly phone: Msisdn
    readonly expiresAt: Instant
  }): Promise<void>
  /**
   * Replaces a refresh token. Seen again, it still counts when that was at most `graceMs` ago and its successor
   * was not used yet; else somebody else has it, and the whole family ends.
   */
  rotate(
    tokenHash: string,
    next: { readonly tokenHash: string; readonly at: Instant; readonly expiresAt: Instant },
    graceMs: number,
  ): Promise<Rotated>
  /** Whoever holds the number logs in or goes on; after too long they are taken for somebody new. */
  appears(phone: Msisdn, at: Instant): Promise<void>
  ranksOf(phone: Msisdn): Promise<ReadonlySet<Rank>>
}

export type Rotated =
  | { readonly kind: 'rotated'; readonly phone: Msisdn; readonly family: string }
  | { readonly kind: 'stolen'; readonly phone: Msisdn; readonly family: string }
  | { readonly kind: 'unknown' }
