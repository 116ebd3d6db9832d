import type { Clock } from '../../core/base/clock.ts'
import type { Db } from './connect.ts'

const HOUR_MS = 3_600_000

/** How long each is kept after its end: answers for as long as any provider repeats itself (Meta: 7 days). */
const KEEP = [
  { table: 'answers', column: 'at', ms: 8 * 24 * HOUR_MS },
  { table: 'messages', column: 'at', ms: 90 * 24 * HOUR_MS },
  { table: 'parked_receipts', column: 'at', ms: 24 * HOUR_MS },
  { table: 'unnumbered', column: 'at', ms: 24 * HOUR_MS },
  { table: 'message_parts', column: 'at', ms: 24 * HOUR_MS },
  { table: 'sim_checks', column: 'asked_at', ms: 7 * 24 * HOUR_MS },
  { table: 'claims', column: 'at', ms: 30 * 24 * HOUR_MS },
  { table: 'otps', column: 'expires_at', ms: 24 * HOUR_MS },
  { table: 'refresh_tokens', column: 'expires_at', ms: 24 * HOUR_MS },
  { table: 'idempotency_keys', column: 'at', ms: 72 * HOUR_MS },
] as const

/** Deletes rows that nobody will ask for again. */
export const createReaper = (db: Db, clock: Clock) => async (): Promise<void> => {
  for (const { table, column, ms } of KEEP)
    await db(table)
      .where(column, '<', clock.now() - ms)
      .del()
}
