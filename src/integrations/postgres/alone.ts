import { z } from 'zod'
import type { Db } from './connect.ts'

const locked = z.object({ rows: z.tuple([z.object({ taken: z.boolean() })]) })

/**
 * Does what only one process at a time may do; the lock is gone with the process that had it.
 * @throws Error when another is doing it
 */
export const alone = <T>(db: Db, what: string, work: () => Promise<T>): Promise<T> =>
  db.transaction(async (trx) => {
    // The lock's own connection waits while others work.
    await trx.raw('set local idle_in_transaction_session_timeout = 0')
    const text = 'select pg_try_advisory_xact_lock(hashtextextended(?, 0)) as taken'
    const [{ taken }] = locked.parse(await trx.raw(text, [what])).rows
    if (!taken) throw new Error(`somebody else is about to ${what}`)
    return work()
  })
