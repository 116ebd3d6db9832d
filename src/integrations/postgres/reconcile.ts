import { z } from 'zod'
import { isCurrency } from '../../core/base/money.ts'
import { MISMATCHES } from '../../core/pay/reconcile.ts'
import type { OpenItem, Reconciliation } from '../../core/pay/reconciliation.ts'
import { MOVEMENTS, type StatementFormat, spanOf } from '../../core/pay/statement.ts'
import type { Db } from './connect.ts'
import { nameIn } from './movements.ts'
import { FOUND_NOW, judge, judgeOthers, OURSELVES } from './reconcile-day.ts'
import { ask, keep, refuseGap } from './statements.ts'

const MAX_HINTS = 10_000
const MAX_WORDS = 500

/** A day's work is another kind than a hop's: it reads whole tables, and may take its time. */
const DAILY = `
set local statement_timeout = '60s'; set local idle_in_transaction_session_timeout = '60s';
set local enable_seqscan = on; set local enable_hashjoin = on; set local enable_mergejoin = on;
set local work_mem = '64MB'`

/** A refund's own reference leads to its payment by the index of that: see `firstReference`. */
const backBy = (format: StatementFormat): string =>
  format.names.refund
    ? `${nameIn(format, `'refund'`, `i.context ->> 'refundReference'`)} = m.reference`
    : `i.code = overlay(m.reference placing '00' from 17 for 2)`

const hintsBy = (format: StatementFormat): string => `
select i.code as reference from open_mismatches m
join instances i on ${nameIn(format, `case i.flow when 'payment' then 'collection' end`, 'i.code')} = m.reference
  and i.flow = case m.kind when 'collection' then 'payment' else 'payout' end
where m.provider = :provider and m.found = 'missing_ours' and m.kind in ('collection', 'payout')
union
select i.code from open_mismatches m
join instances i on ${backBy(format)} and i.flow = 'payment'
where m.provider = :provider and m.found = 'missing_ours' and m.kind = 'refund'
order by reference limit ${MAX_HINTS}`

const eventRow = z.object({
  what: z.enum(['opened', 'closed', 'reopened']),
  by: z.string(),
  reason: z.string(),
  at: z.int(),
})

const side = { amountMinor: z.int(), currency: z.string().refine(isCurrency), at: z.int() }
const itemRow = z.object({
  id: z.int(),
  provider: z.string(),
  day: z.string(),
  found: z.enum([...MISMATCHES, 'malformed', 'total']),
  kind: z.enum(MOVEMENTS).nullable(),
  reference: z.string().nullable(),
  ours: z.object(side).nullable(),
  theirs: z.object({ ...side, line: z.int(), transaction: z.string(), feeMinor: z.int() }).nullable(),
  why: z.string().nullable(),
})

/** Statements and what does not agree with them, in PostgreSQL. */
export function createReconciliation(db: Db): Reconciliation {
  return {
    run: (statement, at) =>
      db.transaction(async (trx) => {
        const { format, day } = statement
        const { provider } = format
        spanOf(day, format)
        await trx.raw(DAILY)
        await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`reconcile ${provider}`])
        await refuseGap(trx, provider, day)
        const { isNew, kept } = await keep(trx, statement, at)
        await trx.raw(FOUND_NOW)
        const own = await judge(trx, format, kept, at)
        const others = await judgeOthers(trx, format, day, at)
        const sum = (of: 'opened' | 'closed') => others.reduce((all, one) => all + one[of], own[of])
        const hints = await ask(trx, hintsBy(format), { provider }, z.object({ reference: z.string() }))
        return {
          isNew,
          rows: own.rows,
          counts: own.counts,
          opened: sum('opened'),
          closed: sum('closed'),
          hints: hints.map(({ reference }) => reference),
        }
      }),

    open: (limit, provider) =>
      ask<OpenItem>(
        db,
        `select id, provider, day, found, kind, reference, ours, theirs, why from open_mismatches
        where :provider in ('', provider) order by id limit :limit`,
        { provider: provider ?? '', limit },
        itemRow,
      ),

    async close(id, { by, reason, at }) {
      const [name, why] = [by.trim(), reason.trim()]
      if (name === '' || name === OURSELVES) throw new RangeError('an item is closed by somebody with a name')
      if (why === '') throw new RangeError('an item is closed for a reason')
      const words = { id, by: name.slice(0, MAX_WORDS), reason: why.slice(0, MAX_WORDS), at }
      // Of two who close it at once the second finds the number taken, which is no news for anybody.
      const closed = await ask(
        db,
        `insert into mismatch_events (mismatch_id, seq, what, by, reason, at)
        select m.id, max(e.seq) + 1, 'closed', :by, :reason, cast(:at as bigint) from open_mismatches m
        join mismatch_events e on e.mismatch_id = m.id where m.id = :id group by m.id
        on conflict do nothing returning seq`,
        words,
        z.object({ seq: z.int() }),
      )
      return closed.length === 1
    },

    history: (id) =>
      ask(
        db,
        'select what, by, reason, at from mismatch_events where mismatch_id = :id order by seq',
        { id },
        eventRow,
      ),
  }
}
