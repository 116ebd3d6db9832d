import { z } from 'zod'
import type { CreditOffice } from '../../core/pay/credit.ts'
import { type Db, prepared } from './connect.ts'

/** Credit inside a transaction. */
export type CreditTx = { readonly credit: CreditOffice }

const CHARGED = `
select a.id, a.terms_days as "termsDays" from credit_charges c join credit_accounts a on a.id = c.account
where c.reference = $1`
// The year's row stays locked until the transaction ends: what is rolled back gives its number back.
const NUMBER = `
with given as (insert into invoice_years (year, last_no) values ($1, 1)
    on conflict (year) do update set last_no = invoice_years.last_no + 1 returning last_no)
insert into invoices (year, no, id, charge) select $1, last_no, $2, $3 from given returning no`
// An entry that was put aside counts too: the invoice is still to come.
const AWAITED = `select id from outbox where about = $1 and type = 'bill' limit 1`
const REPAY = `
with came as (insert into credit_repayments (invoice, reference, account, amount_minor, by, at)
    values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning account, amount_minor)
update credit_accounts a set outstanding_minor = outstanding_minor - came.amount_minor from came where a.id = came.account`
const STOP = `update credit_accounts set status = 'stopped' where id = $1`

const chargedRow = z.object({ id: z.string(), termsDays: z.int() })
const numberRow = z.object({ no: z.int() })

/** @param trx a transaction: numbers are given late in it, for its end lets the next one have theirs */
export const createCreditOffice = (trx: Db): CreditOffice => ({
  async charged(reference) {
    const [row] = await prepared(trx, 'credit_charged', CHARGED, [reference], (one) => chargedRow.parse(one))
    return row ?? null
  },
  async number(year, { id, charge }) {
    if (!trx.isTransaction) throw new Error('an invoice is numbered in a transaction')
    const [row] = await prepared(trx, 'credit_number', NUMBER, [year, id, charge], (one) =>
      numberRow.parse(one),
    )
    if (!row) throw new Error(`no number was given in ${year}`)
    return row.no
  },
  isAwaited: async (payment) =>
    (await prepared(trx, 'credit_awaited', AWAITED, [payment], (row) => row)).length > 0,
  async repay({ invoice, reference, account, amountMinor, by, at }) {
    const values = [invoice, reference, account, amountMinor, by, at]
    await prepared(trx, 'credit_repay', REPAY, values, (row) => row)
  },
  async stop(account) {
    await prepared(trx, 'credit_stop', STOP, [account], (row) => row)
  },
})
