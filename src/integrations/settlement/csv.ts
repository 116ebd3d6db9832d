import { stringify } from 'csv-stringify/sync'
import { type Currency, toDecimal } from '../../core/base/money.ts'
import { AGES, type Ageing, totalMinor } from '../../core/pay/credit.ts'
import type { EarnerStatement } from '../../core/pay/settlement.ts'

/** A statement for a spreadsheet: RFC 4180, amounts in whole units of the currency, times in UTC. */
export function statementCsv({ account, currency, week, ...statement }: EarnerStatement): string {
  const amount = (amountMinor: number) => toDecimal({ amountMinor, currency })
  const line = (at: number, what: string, source: string, amountMinor: number) => [
    account,
    week.name,
    new Date(at).toISOString(),
    what,
    source,
    amount(amountMinor),
    currency,
  ]
  return stringify(
    [
      line(week.from, 'opening', '', statement.openingMinor),
      ...statement.movements.map(({ at, kind, source, amountMinor }) => line(at, kind, source, amountMinor)),
      line(week.until, 'closing', '', statement.closingMinor),
    ],
    { header: true, columns: ['account', 'week', 'at', 'what', 'source', 'amount', 'currency'] },
  )
}

/** One line of a settlement's list. */
export type BatchLine = {
  readonly account: string
  readonly wallet: string
  readonly amountMinor: number
  readonly currency: Currency
  readonly outcome: string
  readonly payout: string | null
}

/** The list of all payouts of a week, RFC 4180. */
export const batchCsv = (lines: readonly BatchLine[]): string =>
  stringify(
    lines.map(({ amountMinor, currency, ...line }) => [
      line.account,
      line.wallet,
      toDecimal({ amountMinor, currency }),
      currency,
      line.outcome,
      line.payout ?? '',
    ]),
    { header: true, columns: ['account', 'wallet', 'amount', 'currency', 'outcome', 'payout'] },
  )

/** What an account owes, by age. */
export type AgedAccount = {
  readonly account: string
  readonly phone: string
  readonly currency: Currency
  readonly ageing: Ageing
}

/** What all accounts owe by days past due, RFC 4180, amounts in whole units of the currency. */
export const ageingCsv = (accounts: readonly AgedAccount[]): string =>
  stringify(
    accounts.map(({ account, phone, currency, ageing }) => [
      account,
      phone,
      currency,
      ...[...AGES.map((age) => ageing[age]), totalMinor(ageing)].map((amountMinor) =>
        toDecimal({ amountMinor, currency }),
      ),
    ]),
    { header: true, columns: ['account', 'phone', 'currency', ...AGES, 'total'] },
  )
