import type { Currency } from '../base/money.ts'

/**
 * What stands on an account in one currency. Debits count up, so an account of ours is above nought and one of what we
 * owe below. What is held has not moved yet: it may still come in (debits) or go out (credits).
 */
export type Balance = {
  readonly account: string
  readonly currency: Currency
  readonly amountMinor: number
  readonly debitsHeldMinor: number
  readonly creditsHeldMinor: number
}

/** What was set aside and not yet decided on. */
export type Hold = {
  readonly kind: string
  readonly source: string
}

/** The books as they are read; they are written only with the turn that decides it. */
export interface Ledger {
  /** One balance for each currency that was ever on the account; reading costs the same however many entries there are. */
  balancesOf(account: string): Promise<readonly Balance[]>
  /** Takes entries into the balances. @returns how many sides of entries, at most `limit`; nought while another does it */
  fold(limit: number): Promise<number>
  /** Lets go of what was held past its end. @returns what it was, the longest overdue first, at most `limit` */
  expire(limit: number): Promise<readonly Hold[]>
}
