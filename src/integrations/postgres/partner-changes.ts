import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Change, Hand } from '../../core/people/partners.ts'
import { type Db, prepared } from './connect.ts'

const KEEP = `
insert into partner_changes (partner, at, by, what, about, before, after) values ($1, $2, $3, $4, $5, $6, $7)`
const READ = `
select n, at, by, what, about, before, after from partner_changes
where partner = $1 and ($2::bigint is null or n < $2) order by n desc limit $3`

const changeRow: z.ZodType<Change> = z.object({
  ...{ n: z.int(), at: z.number(), by: z.string(), what: z.string(), about: z.string() },
  ...{ before: z.unknown(), after: z.unknown() },
})

type Done = Pick<Change, 'what' | 'about' | 'before' | 'after'>
const json = (value: unknown) => (value === null ? null : JSON.stringify(value))

/** Keeps a change in the transaction that makes it; what changed nothing is no change. */
export async function keepChange(trx: Db, { partner, at, by }: Hand, done: Done): Promise<void> {
  if (!trx.isTransaction) throw new Error('a change is kept in the transaction that makes it')
  const { what, about, before, after } = done
  if (isDeepStrictEqual(before, after)) return
  const values = [partner, at, by, what, about, json(before), json(after)]
  await prepared(trx, 'keep_change', KEEP, values, (row) => row)
}

/** Changes of one partner, newest first. */
export const readChanges = (
  db: Db,
  partner: string,
  before: number | null,
  limit: number,
): Promise<Change[]> => prepared(db, 'changes', READ, [partner, before, limit], (row) => changeRow.parse(row))
