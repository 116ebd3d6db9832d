import { z } from 'zod'
import { isCurrency } from '../../core/base/money.ts'
import type { Entry } from '../../core/pay/reconcile.ts'
import {
  dayAfter,
  MOVEMENTS,
  type StatementFormat,
  type StatementRow,
  spanOf,
} from '../../core/pay/statement.ts'
import type { Db } from './connect.ts'
import { ask, type Bindings, type Kept, keptOf } from './statements.ts'

const BATCH_ROWS = 2_000
/** What went out so long ago and was on no statement is not looked for by its reference any more. */
const LOOK_BACK_MS = 35 * 24 * 3_600_000

/** Read a batch at a time, so that a day of any size fits into memory. */
async function* cursor<T>(db: Db, name: string, text: string, values: Bindings, read: z.ZodType<T>) {
  await db.raw(`declare ${name} no scroll cursor for ${text}`, values)
  for (;;) {
    const rows = await ask(db, `fetch ${BATCH_ROWS} from ${name}`, {}, read)
    if (rows.length === 0) break
    yield* rows
  }
  await db.raw(`close ${name}`)
}

const moved = {
  kind: z.enum(MOVEMENTS),
  reference: z.string(),
  amount_minor: z.int(),
  currency: z.string().refine(isCurrency),
  at: z.int(),
}

const theirRow = z.object({ ...moved, line: z.int(), transaction: z.string(), fee_minor: z.int() }).transform(
  ({ amount_minor: amountMinor, currency, fee_minor: feeMinor, ...row }): StatementRow => ({
    ...row,
    money: { amountMinor, currency },
    feeMinor,
  }),
)

/** A kept file's rows, in the order of their names, and of their lines where they have the same. */
export const theirs = (db: Db, provider: string, { day, revision }: Kept): AsyncGenerator<StatementRow> =>
  cursor(
    db,
    'theirs',
    `select line, kind, reference, transaction, amount_minor, currency, fee_minor, at from statement_rows
    where provider = :provider and day = :day and revision = :revision
    order by reference collate "C", kind collate "C", line`,
    { provider, day, revision },
    theirRow,
  )

const ourRow = z.object({ ...moved, seen: z.enum(['earlier', 'later']).nullable() }).transform(
  ({ amount_minor: amountMinor, currency, ...entry }): Entry => ({
    ...entry,
    money: { amountMinor, currency },
  }),
)

// By the day first, which finds nearly all; one by one only what is left of the statement's names. How large these are
// PostgreSQL can only guess, so it is given no choice: `in` is hashed, and `offset 0` has keys looked up in this order.
const OURS = `
with
  due as materialized (select kind, reference, amount_minor, currency, at from provider_movements
    where provider = :provider and at >= :from and at < :to),
  rest as materialized (select distinct kind, reference from statement_rows
    where provider = :provider and day = :day and revision = :revision
      and (kind, reference) not in (select kind, reference from due)),
  entries as (
    select * from due
    union all
    select m.kind, m.reference, m.amount_minor, m.currency, m.at from rest n
    cross join lateral (select id from instances
      where flow = 'payment' and code = n.reference offset 0) i
    cross join lateral (select * from provider_movements
      where source = i.id and posting in ('collected', 'suspense') offset 0) m
    where m.provider = :provider and m.kind = n.kind and m.reference = n.reference
    union all
    select m.kind, m.reference, m.amount_minor, m.currency, m.at from provider_movements m
    where exists (select from rest where kind <> 'collection')
      and m.provider = :provider and m.kind <> 'collection' and m.at >= cast(:since as bigint)
      and (m.kind, m.reference) in (select kind, reference from rest)
      and (m.kind, m.reference) not in (select kind, reference from due)
  )
select e.kind, e.reference, e.amount_minor, e.currency, e.at,
  case when s.day < :day then 'earlier' when s.day > :day then 'later' end as seen
from entries e
left join lateral (select min(r.day) as day from current_statement_rows r
  where r.provider = :provider and r.reference = e.reference and r.kind = e.kind and r.day <> :day) s on true
order by e.reference collate "C", e.kind collate "C", e.at`

/** Our entries of the day and, when that had a statement, of the day before; and all others the statement names. */
export async function ours(db: Db, format: StatementFormat, { day, revision }: Kept) {
  const { provider } = format
  const { from, to } = spanOf(day, format)
  const before = await keptOf(db, provider, dayAfter(day, -1))
  const start = before ? spanOf(before.day, format).from : from
  const values = { provider, day, revision, from: start, to }
  return cursor(db, 'ours', OURS, { ...values, since: from - LOOK_BACK_MS }, ourRow)
}
