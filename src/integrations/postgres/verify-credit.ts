import { RECEIVABLE } from '../../core/pay/credit.ts'
import type { Rule } from './verify-rules.ts'

const ACCOUNTS = 'select count(*) as n from credit_accounts'
const INVOICES = 'select count(*) as n from invoices'

/** A payment's posting of that kind; a charge is named by its payment's reference. */
const booked = (kind: string, reference: string) =>
  `select from instances p join postings t on t.source = p.id and t.kind = '${kind}'
    where p.flow = 'payment' and p.code = ${reference}`

/** The books and the accounts, and between them what one of the two has not heard of yet. */
const BETWEEN = `
  select currency, amount_minor as amount from balances where account = '${RECEIVABLE}'
  union all select currency, -outstanding_minor from credit_accounts
  union all select currency, amount_minor from credit_charges c
    where account is not null and not exists (${booked('collected', 'c.reference')})
  union all select c.currency, -r.amount_minor from credit_refunds r join credit_charges c on c.reference = r.charge
    where not exists (${booked('refunded', 'r.charge')})
  union all select a.currency, cast(o.params->>'amountMinor' as bigint) from outbox o
    join credit_accounts a on a.id = o.params->>'account' where o.type = 'repay'`

const MOVED = `
  select account, amount_minor as amount from credit_charges where account is not null
  union all select c.account, -r.amount_minor from credit_refunds r join credit_charges c on c.reference = r.charge
  union all select account, -amount_minor from credit_repayments
  union all select id, -outstanding_minor from credit_accounts`

/** What must hold of customers who pay later. */
export const CREDIT_RULES: readonly Rule[] = [
  {
    rule: 'what customers owe on credit is what the books say',
    weight: 'wrong',
    of: ACCOUNTS,
    broken: `select currency || ' ' || sum(amount) as it from (${BETWEEN}) sides group by currency having sum(amount) <> 0`,
  },
  {
    rule: 'each credit account owes what it was charged, less what came back and in',
    weight: 'wrong',
    of: ACCOUNTS,
    broken: `select account || ' ' || sum(amount) as it from (${MOVED}) moved group by account having sum(amount) <> 0`,
  },
  {
    rule: 'no more is given back of a charge than was charged',
    weight: 'wrong',
    of: 'select count(*) as n from credit_refunds',
    broken: `select charge as it from credit_refunds r join credit_charges c on c.reference = r.charge
      group by charge, c.amount_minor, c.refunded_minor
      having sum(r.amount_minor) > c.amount_minor or sum(r.amount_minor) <> c.refunded_minor`,
  },
  {
    rule: 'every charge on credit that is kept has its invoice',
    weight: 'wrong',
    of: 'select count(*) as n from credit_charges where account is not null',
    broken: `select p.id as it from instances p join credit_charges c on c.reference = p.code
      where p.flow = 'payment' and p.state = 'settled' and not exists (
        select from invoices i join instances v on v.id = i.id and v.flow = 'invoice' where i.charge = c.reference)
      and not exists (select from outbox o where o.about = p.id and o.type in ('attach', 'bill'))`,
  },
  {
    rule: 'invoices are numbered without gaps',
    weight: 'wrong',
    of: INVOICES,
    broken: `select cast(year as text) as it from invoice_years y left join invoices i using (year)
      group by year, y.last_no having count(i.no) <> y.last_no or max(i.no) <> y.last_no`,
  },
  {
    rule: 'an invoice is over when nothing of it is open',
    weight: 'wrong',
    of: INVOICES,
    broken: `select id as it from instances where flow = 'invoice'
      and done <> (cast(context->>'openMinor' as bigint) = 0)`,
  },
]
