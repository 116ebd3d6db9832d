import type { Instant } from '../core/base/clock.ts'
import { type Currency, formatMoney } from '../core/base/money.ts'
import { maskPhone } from '../core/base/phone.ts'
import {
  AGES,
  type Ageing,
  addAgeing,
  ageingOf,
  type CreditAccount,
  type CreditAccounts,
  totalMinor,
} from '../core/pay/credit.ts'
import type { AgedAccount } from '../integrations/settlement/csv.ts'

/** Accounts read at once. */
const PAGE = 200

/** Every account, a page at a time. */
export async function* allAccounts(accounts: Pick<CreditAccounts, 'page'>): AsyncGenerator<CreditAccount> {
  for (let after: string | null = null; ; ) {
    const page: readonly CreditAccount[] = await accounts.page(after, PAGE)
    yield* page
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE) return
  }
}

/** What those who owe something owe, by how long it is due. */
export async function agedAccounts(accounts: CreditAccounts, now: Instant): Promise<AgedAccount[]> {
  const aged: AgedAccount[] = []
  for await (const account of allAccounts(accounts)) {
    const ageing = ageingOf(await accounts.owed(account), now)
    const { id, phone, currency } = account
    if (totalMinor(ageing) > 0) aged.push({ account: id, phone: maskPhone(phone), currency, ageing })
  }
  return aged
}

const WIDTH = 14
const line = (name: string, cells: readonly string[]): string =>
  [name.padEnd(22), ...cells.map((cell) => cell.padStart(WIDTH))].join(' ')

/** A table for a terminal: an account a line, and each currency's sum below. */
export function ageingTable(aged: readonly AgedAccount[]): string[] {
  const sums = aged.reduce((all, { currency, ageing }) => {
    const sum = all.get(currency)
    return all.set(currency, sum ? addAgeing(sum, ageing) : ageing)
  }, new Map<Currency, Ageing>())
  const cellsOf = (ageing: Ageing, currency: Currency) =>
    [...AGES.map((age) => ageing[age]), totalMinor(ageing)].map((amountMinor) =>
      formatMoney({ amountMinor, currency }),
    )
  return [
    line('', [...AGES, 'total']),
    ...aged.map(({ phone, currency, ageing }) => line(phone, cellsOf(ageing, currency))),
    ...[...sums].map(([currency, ageing]) => line('all', cellsOf(ageing, currency))),
  ]
}
