import type { Week } from '../base/calendar.ts'
import type { Instant } from '../base/clock.ts'
import type { Currency, Money } from '../base/money.ts'
import type { Msisdn } from '../base/phone.ts'
import type { Account } from './accounts.ts'

/** One entry on an earner's account: above nought what they earned, below what went to them or is the operator's. */
export type Movement = {
  readonly at: Instant
  readonly kind: string
  /** The booking or payout that it is of. */
  readonly source: string
  readonly amountMinor: number
}

/** What an earner is told of a week. Opening and movements sum to closing. */
export type EarnerStatement = {
  readonly account: Account
  readonly currency: Currency
  readonly week: Week
  readonly openingMinor: number
  readonly movements: readonly Movement[]
  readonly closingMinor: number
}

/** Reckoned back from what we owe them now, so that it costs as much as the weeks since and not as all before them. */
export function statementOf(
  { account, currency, week }: Pick<EarnerStatement, 'account' | 'currency' | 'week'>,
  owedMinor: number,
  since: readonly Movement[],
): EarnerStatement {
  const sum = (movements: readonly Movement[]) =>
    movements.reduce((total, { amountMinor }) => total + amountMinor, 0)
  const movements = since.filter(({ at }) => at >= week.from && at < week.until)
  const closingMinor = owedMinor - sum(since.filter(({ at }) => at >= week.until))
  return { account, currency, week, openingMinor: closingMinor - sum(movements), movements, closingMinor }
}

/** What of a week is to be paid out: what was owed at its end, but never more than is owed now and not on its way. */
export const dueMinor = ({ closingMinor }: EarnerStatement, owedMinor: number, asideMinor: number): number =>
  Math.max(0, Math.min(closingMinor, owedMinor - asideMinor))

/** Whose account it is, and where their money goes; a partner may not have said. */
export type Earner = { readonly account: Account; readonly phone: Msisdn | null }

export interface Earnings {
  /** Drivers, then partners, each by account; at most `limit`, after the one named. */
  earners(after: Account | null, limit: number): Promise<readonly Earner[]>
  /** Entries of one account since a moment, oldest first. */
  movementsSince(account: Account, from: Instant): Promise<readonly (Movement & Pick<Money, 'currency'>)[]>
}
