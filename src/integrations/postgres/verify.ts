import { z } from 'zod'
import type { Instant } from '../../core/base/clock.ts'
import type { Db } from './connect.ts'
import { AGENT_RULES } from './verify-agents.ts'
import { CREDIT_RULES } from './verify-credit.ts'
import { type Finding, RULES } from './verify-rules.ts'
import { SEAT_RULES } from './verify-seats.ts'
import { STOCK_RULES } from './verify-stock.ts'

export type { Finding } from './verify-rules.ts'

const ALL = [...RULES, ...CREDIT_RULES, ...SEAT_RULES, ...STOCK_RULES, ...AGENT_RULES]

const EXAMPLES = 5
/** The whole of the books is read. */
const STATEMENT_MS = 600_000

const counted = z.object({ rows: z.tuple([z.object({ n: z.coerce.number() })]) })
const named = z.object({
  rows: z.array(z.object({ it: z.string().nullable(), n: z.coerce.number() })),
})

/** Reads in one snapshot, with time to read everything and whatever plan is best for that. */
export const reading = <T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> =>
  db.transaction(
    async (trx) => {
      await trx.raw(`set local statement_timeout = ${STATEMENT_MS}; set local enable_seqscan = on;
        set local enable_hashjoin = on; set local enable_mergejoin = on`)
      return work(trx)
    },
    { isolationLevel: 'repeatable read', readOnly: true },
  )

/** Looks at everything that must hold in a live database, at one moment. */
export const verify = (db: Db, now: Instant): Promise<Finding[]> =>
  reading(db, async (trx) => {
    const findings: Finding[] = []
    for (const { rule, weight, of, broken } of ALL) {
      const [{ n: cases }] = counted.parse(await trx.raw(of)).rows
      const text = `select it, count(*) over () as n from (${broken}) broken limit ${EXAMPLES}`
      const { rows } = named.parse(await trx.raw(text, { now }))
      const examples = rows.map(({ it }) => it ?? 'without a name')
      findings.push({ rule, weight, cases, broken: rows[0]?.n ?? 0, examples })
    }
    return findings
  })
