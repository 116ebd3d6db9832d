import type { Instant } from '../base/clock.ts'
import type { Currency, Money } from '../base/money.ts'
import type { Msisdn } from '../base/phone.ts'
import { account } from './accounts.ts'
import type { Collection, RefundOrder } from './provider.ts'

/** The way to pay whose wallet is our own: buy now, pay the invoice later. */
export const CREDIT = 'credit'

/** What customers owe us on credit, in the books; their accounts are its sub-ledger. */
export const RECEIVABLE = account('provider', CREDIT)

/** A customer who may buy now and pay later. Amounts in the currency's smallest unit. */
export type CreditAccount = {
  /** Opaque: `ca_018f…`. */
  readonly id: string
  readonly phone: Msisdn
  readonly currency: Currency
  readonly limitMinor: number
  /** What is owed now; below nought we owe it to them. */
  readonly outstandingMinor: number
  /** Days from an invoice to its due day. */
  readonly termsDays: number
  readonly status: 'open' | 'stopped'
}

/** What was said to a charge; under one reference it is said for ever. */
export type Charged = 'charged' | 'refused'

/** The wallet: charges and what is given back of them, each once under its reference. */
export interface CreditBook {
  /** Whether the payer has an open account whose limit still allows this. A promise to nobody: the charge decides. */
  serves(payer: Msisdn, money: Money): Promise<boolean>
  /** Charges the payer's account, never above its limit, whoever else is charging it. */
  charge(order: Pick<Collection, 'reference' | 'payer' | 'money'>): Promise<Charged>
  chargeOf(reference: string): Promise<Charged | null>
  /** Takes all or a part off a charge. False when that is more than is left of it. */
  giveBack(order: Pick<RefundOrder, 'reference' | 'money' | 'of'>): Promise<boolean>
  gaveBack(reference: string): Promise<boolean>
}

/** Credit inside a transaction: what belongs to an invoice is kept with it, or not at all. */
export interface CreditOffice {
  /** The account that was charged under that reference. */
  charged(reference: string): Promise<Pick<CreditAccount, 'id' | 'termsDays'> | null>
  /** The year's next number for this invoice of that charge. Numbers have no gaps: it is only given if all this is kept. */
  number(year: number, invoice: { readonly id: string; readonly charge: string }): Promise<number>
  /** Whether that payment's invoice is still to be opened. */
  isAwaited(payment: string): Promise<boolean>
  /** Takes off what came in for an invoice; again under the same reference it changes nothing. */
  repay(repayment: {
    readonly invoice: string
    readonly reference: string
    readonly account: string
    readonly amountMinor: number
    /** The person who received it; null where a payment of ours did. */
    readonly by: string | null
    readonly at: Instant
  }): Promise<void>
  /** Nothing more is sold to that account on credit until a person opens it again. */
  stop(account: string): Promise<void>
}

/** An invoice that is still owed. */
export type OpenInvoice = { readonly number: string; readonly dueAt: Instant; readonly openMinor: number }

/** Accounts as operators keep them. */
export interface CreditAccounts {
  /** False when that phone has one already. */
  open(
    account: Pick<CreditAccount, 'id' | 'phone' | 'currency' | 'limitMinor' | 'termsDays'>,
    now: Instant,
  ): Promise<boolean>
  /** @returns the account as it is now; null when that phone has none */
  change(
    phone: Msisdn,
    to: Partial<Pick<CreditAccount, 'limitMinor' | 'status'>>,
  ): Promise<CreditAccount | null>
  /** By id, at most `limit`, after the one named. */
  page(after: string | null, limit: number): Promise<readonly CreditAccount[]>
  /** What that account is still invoiced for, by number. */
  owed(account: CreditAccount): Promise<readonly OpenInvoice[]>
  /** The id of the invoice with that number: `2026-000123`. */
  invoice(number: string): Promise<string | null>
}

const DIGITS = 6

/** `numberOf(2026, 123)` is `2026-000123`. */
export const numberOf = (year: number, no: number): string => `${year}-${String(no).padStart(DIGITS, '0')}`

/** The year and the count in an invoice's number; undefined when it is none. */
export function partsOf(number: string): { readonly year: number; readonly no: number } | undefined {
  const match = /^(\d{4})-(\d{6,9})$/.exec(number)
  return match ? { year: Number(match[1]), no: Number(match[2]) } : undefined
}

const DAY_MS = 24 * 3_600_000

/** From when on past due; each ends where the one above begins. */
const BUCKETS = [
  ['over 90', 90 * DAY_MS],
  ['61-90', 60 * DAY_MS],
  ['31-60', 30 * DAY_MS],
  ['1-30', 0],
] as const

export const AGES = ['current', '1-30', '31-60', '61-90', 'over 90'] as const
export type Age = (typeof AGES)[number]

/** What is owed, by how many days it has been due. */
export type Ageing = Readonly<Record<Age, number>>

/** How late something is: from the very moment on that it is due it is in its first day. */
export const ageOf = (dueAt: Instant, now: Instant): Age =>
  BUCKETS.find(([, lateMs]) => now - dueAt >= lateMs)?.[0] ?? 'current'

const byAge = (sumOf: (age: Age) => number): Ageing => ({
  current: sumOf('current'),
  '1-30': sumOf('1-30'),
  '31-60': sumOf('31-60'),
  '61-90': sumOf('61-90'),
  'over 90': sumOf('over 90'),
})

/** Invoices by age; every amount is in exactly one of them. */
export const ageingOf = (open: readonly OpenInvoice[], now: Instant): Ageing =>
  byAge((age) =>
    open.filter(({ dueAt }) => ageOf(dueAt, now) === age).reduce((sum, { openMinor }) => sum + openMinor, 0),
  )

export const addAgeing = (one: Ageing, other: Ageing): Ageing => byAge((age) => one[age] + other[age])

export const totalMinor = (ageing: Ageing): number => AGES.reduce((sum, age) => sum + ageing[age], 0)
