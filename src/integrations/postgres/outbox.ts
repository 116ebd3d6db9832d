import { z } from 'zod'
import type { Instant } from '../../core/base/clock.ts'
import type { PutAside } from '../../core/pay/waiting.ts'
import { FLOW_NAMES } from '../../core/run/flow.ts'
import { type Claimed, LANES, type Lane } from '../../core/run/work.ts'
import { type Db, prepared } from './connect.ts'

const claimedRow = z
  .object({
    id: z.string(),
    flow: z.enum(FLOW_NAMES).nullable(),
    about: z.string().nullable(),
    root: z.string(),
    type: z.string(),
    params: z.unknown(),
    lane: z.enum(LANES),
    due_at: z.number(),
    lease: z.int(),
    attempts: z.int(),
    failures: z.int(),
  })
  .transform(
    ({ flow, about, due_at, ...row }): Claimed => ({
      ...row,
      about: flow && about ? { flow, id: about } : null,
      dueAt: due_at,
    }),
  )

// Taking an entry moves its due time past the lease, so one column says both "not yet" and "somebody has it".
const CLAIM = (which: string) => `
update outbox o set lease = lease + 1, attempts = attempts + 1, due_at = $1 + $2
from (select id from outbox where ${which} and due_at <= $1 and dead_at is null order by due_at limit $3 for update skip locked) due
where o.id = due.id
returning o.id, o.flow, o.about, o.root, o.type, o.params, o.lane, o.due_at, o.lease, o.attempts, o.failures`

/** Leases entries that are due. The attempt is counted before it is made: a crash uses one up. */
export async function claimEntries(
  db: Db,
  want: {
    readonly ids?: readonly string[]
    readonly lane?: Lane
    readonly limit: number
    readonly leaseMs: number
    readonly now: Instant
  },
): Promise<Claimed[]> {
  const values = [want.now, want.leaseMs, want.limit]
  const read = (row: unknown) => claimedRow.parse(row)
  if (want.ids) return prepared(db, 'claim_ids', CLAIM('id = any($4)'), [...values, want.ids], read)
  return prepared(db, 'claim_lane', CLAIM('lane = $4'), [...values, want.lane], read)
}

export async function renewEntries(db: Db, entries: readonly Claimed[], until: Instant): Promise<void> {
  const text =
    'update outbox o set due_at = $1 from unnest($2::text[], $3::int[]) held(id, lease) where o.id = held.id and o.lease = held.lease'
  const values = [until, entries.map(({ id }) => id), entries.map(({ lease }) => lease)]
  await prepared(db, 'renew', text, values, (row) => row)
}

export async function holdsEntry(db: Db, { id, lease }: Claimed): Promise<boolean> {
  return (
    (
      await prepared(
        db,
        'holds',
        'select 1 as ours from outbox where id = $1 and lease = $2',
        [id, lease],
        (row) => row,
      )
    ).length > 0
  )
}

export async function postponeEntry(db: Db, { id, lease }: Claimed, at: Instant): Promise<void> {
  const text = 'update outbox set attempts = attempts - 1, due_at = $3 where id = $1 and lease = $2'
  await prepared(db, 'postpone', text, [id, lease, at], (row) => row)
}

export async function againEntry(
  db: Db,
  { id, lease }: Claimed,
  at: Instant,
  why: string,
  dead: boolean,
): Promise<void> {
  const text =
    'update outbox set failures = failures + 1, due_at = $3::bigint, last_error = $4, dead_at = case when $5::boolean then $3::bigint end where id = $1 and lease = $2'
  await prepared(db, 'again', text, [id, lease, at, why.slice(0, 500), dead], (row) => row)
}

const deadRow = z.object({ last_error: z.string().nullable(), dead_at: z.number() })

/** Entries that were put aside, the oldest first, or the one of that name. */
export async function deadEntries(db: Db, limit: number, id: string | null = null): Promise<PutAside[]> {
  const text = `select id, flow, about, root, type, params, lane, due_at, lease, attempts, failures, last_error, dead_at
    from outbox where dead_at is not null and ($2::text is null or id = $2) order by dead_at, id limit $1`
  return prepared(db, 'dead', text, [limit, id], (row) => {
    const { last_error, dead_at: since } = deadRow.parse(row)
    return { ...claimedRow.parse(row), why: last_error ?? '', since }
  })
}

const depthRow = z.object({ lane: z.string(), waiting: z.number(), dead: z.number() })

/** How much waits in each lane, and how much was put aside for a person to look at. */
export async function outboxDepths(db: Db): Promise<z.infer<typeof depthRow>[]> {
  const text =
    'select lane, count(*) filter (where dead_at is null) as waiting, count(dead_at) as dead from outbox group by lane'
  return prepared(db, 'depths', text, [], (row) => depthRow.parse(row))
}
