import { z } from 'zod'
import type { Clock } from '../../core/base/clock.ts'
import { isCurrency } from '../../core/base/money.ts'
import {
  type CreditAccount,
  type CreditAccounts,
  type CreditBook,
  numberOf,
  type OpenInvoice,
  partsOf,
} from '../../core/pay/credit.ts'
import { sqlState } from './commit.ts'
import { type Db, prepared } from './connect.ts'
import { phone } from './read.ts'

const SERVES = `
select id from credit_accounts
where phone = $1 and currency = $2 and status = 'open' and outstanding_minor + $3 <= limit_minor`

/**
 * The condition is on the row that is changed, so PostgreSQL looks at it again after waiting for whoever charged the
 * account meanwhile. A sum over charges would be of the moment before.
 */
const CHARGE = `
with
  taken as (update credit_accounts set outstanding_minor = outstanding_minor + $4
    where phone = $2 and currency = $3 and status = 'open' and outstanding_minor + $4 <= limit_minor
      and not exists (select from credit_charges where reference = $1)
    returning id),
  made as (insert into credit_charges (reference, account, amount_minor, currency, at)
    select $1, (select id from taken), $4, $3, $5
    where not exists (select from credit_charges where reference = $1)
    returning account)
select account from made union all select account from credit_charges where reference = $1`

const CHARGE_OF = 'select account from credit_charges where reference = $1'

const GIVE_BACK = `
with
  known as (select amount_minor from credit_refunds where reference = $1),
  taken as (update credit_charges set refunded_minor = refunded_minor + $3
    where reference = $2 and account is not null and refunded_minor + $3 <= amount_minor
      and not exists (select from known)
    returning account),
  freed as (update credit_accounts a set outstanding_minor = outstanding_minor - $3 from taken where a.id = taken.account
    returning a.id),
  made as (insert into credit_refunds (reference, charge, amount_minor, at) select $1, $2, $3, $4 from freed
    returning amount_minor)
select amount_minor from made union all select amount_minor from known`

const GAVE_BACK = 'select amount_minor from credit_refunds where reference = $1'

/** Another request under the same reference was faster, and its answer is there by now. */
const isRepeated = (error: unknown): boolean => sqlState(error) === '23505'

const chargeRow = z.object({ account: z.string().nullable() })

/** The wallet of customers who pay later: every step one statement. */
export function createCreditBook(db: Db, clock: Clock): CreditBook {
  const chargeOf: CreditBook['chargeOf'] = async (reference) => {
    const [row] = await prepared(db, 'credit_charge_of', CHARGE_OF, [reference], (one) =>
      chargeRow.parse(one),
    )
    return row ? saidOf(row) : null
  }
  const gaveBack: CreditBook['gaveBack'] = async (reference) =>
    (await prepared(db, 'credit_gave_back', GAVE_BACK, [reference], (row) => row)).length > 0
  return {
    chargeOf,
    gaveBack,
    async serves(payer, { amountMinor, currency }) {
      return (
        (await prepared(db, 'credit_serves', SERVES, [payer, currency, amountMinor], (row) => row)).length > 0
      )
    },
    async charge({ reference, payer, money: { amountMinor, currency } }) {
      const values = [reference, payer, currency, amountMinor, clock.now()]
      try {
        const [row] = await prepared(db, 'credit_charge', CHARGE, values, (one) => chargeRow.parse(one))
        return saidOf(row ?? { account: null })
      } catch (error) {
        const said = isRepeated(error) ? await chargeOf(reference) : null
        if (said === null) throw error
        return said
      }
    },
    async giveBack({ reference, money: { amountMinor }, of }) {
      const values = [reference, of.reference, amountMinor, clock.now()]
      try {
        return (await prepared(db, 'credit_give_back', GIVE_BACK, values, (row) => row)).length > 0
      } catch (error) {
        if (isRepeated(error) && (await gaveBack(reference))) return true
        throw error
      }
    },
  }
}

const saidOf = ({ account }: z.infer<typeof chargeRow>) => (account === null ? 'refused' : 'charged')

const accountRow = z.object({
  id: z.string(),
  phone,
  currency: z.string().refine(isCurrency),
  limitMinor: z.int(),
  outstandingMinor: z.int(),
  termsDays: z.int(),
  status: z.enum(['open', 'stopped']),
}) satisfies z.ZodType<CreditAccount>

const ACCOUNT = `id, phone, currency, limit_minor as "limitMinor", outstanding_minor as "outstandingMinor",
  terms_days as "termsDays", status`

const OPEN = `
insert into credit_accounts (id, phone, currency, limit_minor, terms_days, opened_at) values ($1, $2, $3, $4, $5, $6)
on conflict (phone) do nothing returning id`

const CHANGE = `
update credit_accounts set limit_minor = coalesce($2, limit_minor), status = coalesce($3, status)
where phone = $1 returning ${ACCOUNT}`

const OWED = `
select context->>'number' as number, cast(context->>'dueAt' as bigint) as "dueAt",
  cast(context->>'openMinor' as bigint) as "openMinor"
from instances
where owner = $1 and flow = 'invoice' and not done and context->>'account' = $2 order by number`

const owedRow = z.object({
  number: z.string(),
  dueAt: z.int(),
  openMinor: z.int(),
}) satisfies z.ZodType<OpenInvoice>
const idRow = z.object({ id: z.string() })

/** Credit accounts for those who grant them. */
export const createCreditAccounts = (db: Db): CreditAccounts => ({
  async open({ id, phone: owner, currency, limitMinor, termsDays }, now) {
    const values = [id, owner, currency, limitMinor, termsDays, now]
    return (await prepared(db, 'credit_open', OPEN, values, (row) => row)).length > 0
  },
  async change(owner, { limitMinor = null, status = null }) {
    const values = [owner, limitMinor, status]
    return (await prepared(db, 'credit_change', CHANGE, values, (row) => accountRow.parse(row)))[0] ?? null
  },
  page(after, limit) {
    const text = `select ${ACCOUNT} from credit_accounts where id > $1 order by id limit $2`
    return prepared(db, 'credit_page', text, [after ?? '', limit], (row) => accountRow.parse(row))
  },
  owed: ({ id, phone: owner }) => prepared(db, 'credit_owed', OWED, [owner, id], (row) => owedRow.parse(row)),
  async invoice(number) {
    const parts = partsOf(number)
    if (!parts || numberOf(parts.year, parts.no) !== number) return null
    const text = 'select id from invoices where year = $1 and no = $2'
    const [row] = await prepared(db, 'credit_invoice', text, [parts.year, parts.no], (one) =>
      idRow.parse(one),
    )
    return row?.id ?? null
  },
})
