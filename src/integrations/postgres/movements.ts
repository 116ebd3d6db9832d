import { z } from 'zod'
import { isCurrency } from '../../core/base/money.ts'
import type { Entry } from '../../core/pay/reconcile.ts'
import {
  dayAfter,
  MOVEMENTS,
  type Name,
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

/** What we know of a payment, `i`, that a file may call a movement by. */
const KNOWN_AS: Readonly<Record<Name, string>> = {
  account: 'right(i.code, 12)',
  handle: `i.context ->> 'handle'`,
  refundHandle: `i.context ->> 'refundHandle'`,
  // Of a part that goes back, and of a payment whose receipt we never heard, the reference.
  receipt: `case when coalesce(nullif(i.context -> 'refundMoney', 'null'), i.context -> 'money') = i.context -> 'money'
    and i.context ->> 'transaction' ~ '^[A-Z0-9]{10}$' then i.context ->> 'transaction' end`,
}

/** How the provider's files call a movement of ours, `kind` being what it is and `i` the payment. */
export function nameIn({ names }: Pick<StatementFormat, 'names'>, kind: string, reference: string): string {
  const whens = (['collection', 'refund'] as const).flatMap((one) => {
    const name = names[one]
    return name ? [`when '${one}' then ${KNOWN_AS[name]}`] : []
  })
  return whens.length > 0 ? `coalesce(case ${kind} ${whens.join(' ')} end, ${reference})` : reference
}

// By the day first, which finds nearly all; one by one only what is left of the statement's names. How large these are
// PostgreSQL can only guess, so it is given no choice: `in` is hashed, and `offset 0` has keys looked up in this order.
// Names that are not our references have no index: they are sought among all that moved lately.
function oursBy(format: StatementFormat): string {
  const moved = `select m.kind, ${nameIn(format, 'm.kind', 'm.reference')} as reference, m.amount_minor, m.currency, m.at`
  const sought = format.names.collection ? ['collection', 'refund', 'payout'] : ['refund', 'payout']
  const isSought = `kind in (${sought.map((kind) => `'${kind}'`).join(', ')})`
  return `
with
  due as materialized (${moved} from provider_movements m left join instances i on i.id = m.source
    where m.provider = :provider and m.at >= :from and m.at < :to),
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
    select * from (${moved} from provider_movements m left join instances i on i.id = m.source
      where exists (select from rest where ${isSought})
        and m.provider = :provider and m.${isSought} and m.at >= cast(:since as bigint)) m
    where (m.kind, m.reference) in (select kind, reference from rest)
      and (m.kind, m.reference) not in (select kind, reference from due)
  )
select e.kind, e.reference, e.amount_minor, e.currency, e.at,
  case when s.day < :day then 'earlier' when s.day > :day then 'later' end as seen
from entries e
left join lateral (select min(r.day) as day from current_statement_rows r
  where r.provider = :provider and r.reference = e.reference and r.kind = e.kind and r.day <> :day) s on true
order by e.reference collate "C", e.kind collate "C", e.at`
}

/** Our entries of the day and, when that had a statement, of the day before; and all others the statement names. */
export async function ours(db: Db, format: StatementFormat, { day, revision }: Kept) {
  const { provider } = format
  const { from, to } = spanOf(day, format)
  const before = await keptOf(db, provider, dayAfter(day, -1))
  const start = before ? spanOf(before.day, format).from : from
  const values = { provider, day, revision, from: start, to }
  return cursor(db, 'ours', oursBy(format), { ...values, since: from - LOOK_BACK_MS }, ourRow)
}
