import { z } from 'zod'
import type { Instant } from '../../core/base/clock.ts'
import { type Finding, reconcile } from '../../core/pay/reconcile.ts'
import type { Outcome } from '../../core/pay/reconciliation.ts'
import { dayAfter, type StatementFormat, spanOf } from '../../core/pay/statement.ts'
import type { Db } from './connect.ts'
import { ours, theirs } from './movements.ts'
import { ask, type Kept, keptOf } from './statements.ts'

/** Who closes what has come right. */
export const OURSELVES = 'reconcile'
const BATCH_FINDINGS = 1_000
const MAX_EARLIER_DAYS = 35

export const FOUND_NOW = `create temp table found_now (found text, key text, kind text, reference text, ours jsonb, theirs jsonb,
  why text) on commit drop`

const KEEP_FOUND = `insert into found_now select * from json_populate_recordset(null::found_now, ?)`

const ADD_MISMATCHES = `
insert into mismatches (provider, day, found, key, kind, reference, ours, theirs, why, at)
select :provider, :day, found, key, kind, reference, ours, theirs, why, cast(:at as bigint) from found_now
on conflict (provider, day, found, key) do nothing`

// Opens what is new, closes what is gone, and opens again what we closed ourselves; a person's word stands.
const ADD_EVENTS = `
insert into mismatch_events (mismatch_id, seq, what, by, reason, at)
select m.id, coalesce(e.seq, 0) + 1,
  case when e.seq is null then 'opened' when f.key is null then 'closed' else 'reopened' end, :ourselves,
  case when f.key is null then 'ledger and statements agree by now' else 'found on the statement of ' || m.day end, cast(:at as bigint)
from mismatches m
left join found_now f on f.found = m.found and f.key = m.key
left join lateral (select * from mismatch_events e where e.mismatch_id = m.id order by e.seq desc limit 1) e on true
where m.provider = :provider and m.day = :day and (e.seq is null
  or f.key is null and e.what <> 'closed'
  or f.key is not null and e.what = 'closed' and e.by = :ourselves)
returning what`

const MISSING_DAYS = `
select distinct day from open_mismatches
where provider = :provider and day <> :day and found in ('missing_ours', 'missing_theirs')
order by day limit ${MAX_EARLIER_DAYS}`

const dayRow = z.object({ day: z.string() })

export type Judged = Pick<Outcome, 'rows' | 'counts' | 'opened' | 'closed'>

/** Days that may have come right since, or that a statement which came late has changed. */
export async function judgeOthers(
  db: Db,
  format: StatementFormat,
  day: string,
  at: Instant,
): Promise<Judged[]> {
  const missing = await ask(db, MISSING_DAYS, { provider: format.provider, day }, dayRow)
  const days = new Set([...missing.map((one) => one.day), dayAfter(day, 1)])
  const judged: Judged[] = []
  for (const other of days) {
    const kept = await keptOf(db, format.provider, other)
    if (kept) judged.push(await judge(db, format, kept, at))
  }
  return judged
}

/** Holds a kept statement against the ledger as it is now, and brings the day's items up to that. */
export async function judge(db: Db, format: StatementFormat, kept: Kept, at: Instant): Promise<Judged> {
  const { provider, feeOf } = format
  const { day } = kept
  const counts: Partial<Record<Finding['found'] | 'malformed' | 'total', number>> = {}
  await db.raw('truncate found_now')
  const faults = await faultsOf(db, provider, kept)
  for (const { found } of faults.list) counts[found] = (counts[found] ?? 0) + 1
  let batch: object[] = faults.list
  const sides = { ours: await ours(db, format, kept), theirs: theirs(db, provider, kept) }
  for await (const finding of reconcile({ ...sides, day: spanOf(day, format), feeOf })) {
    counts[finding.found] = (counts[finding.found] ?? 0) + 1
    if (finding.found === 'matched' || finding.found === 'timing') continue
    batch.push(rowOf(finding))
    if (batch.length < BATCH_FINDINGS) continue
    await db.raw(KEEP_FOUND, [JSON.stringify(batch)])
    batch = []
  }
  await db.raw(KEEP_FOUND, [JSON.stringify(batch)])
  await db.raw(ADD_MISMATCHES, { provider, day, at })
  const what = z.object({ what: z.enum(['opened', 'closed', 'reopened']) })
  const events = await ask(db, ADD_EVENTS, { provider, day, at, ourselves: OURSELVES }, what)
  const closed = events.filter((event) => event.what === 'closed').length
  return { rows: faults.rows, counts, opened: events.length - closed, closed }
}

const faultRow = z.object({
  row_count: z.int(),
  faults: z.array(z.object({ found: z.enum(['malformed', 'total']), key: z.string(), why: z.string() })),
})

async function faultsOf(db: Db, provider: string, { day, revision }: Kept) {
  const text = `select row_count, faults from statements
    where provider = :provider and day = :day and revision = :revision`
  const [row] = await ask(db, text, { provider, day, revision }, faultRow)
  return { rows: row?.row_count ?? 0, list: row?.faults ?? [] }
}

/** A finding as a row: its key says what was seen, so that the same thing found again is the same item. */
function rowOf({ found, kind, reference, ordinal, ours, theirs }: Finding): object {
  const seen = theirs && `${theirs.money.currency} ${theirs.money.amountMinor} ${theirs.feeMinor}`
  return {
    found,
    kind,
    reference,
    key: [kind, reference, ordinal, seen ?? ''].join(' ').trim(),
    ours: ours && { ...ours.money, at: ours.at },
    theirs: theirs && {
      ...theirs.money,
      line: theirs.line,
      transaction: theirs.transaction,
      feeMinor: theirs.feeMinor,
      at: theirs.at,
    },
  }
}
