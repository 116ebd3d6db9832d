import type { Log } from './core/base/log.ts'
import { LANES } from './core/run/work.ts'
import { connectPostgres, type Db } from './integrations/postgres/connect.ts'
import { createWaker, type Waker } from './integrations/queue/index.ts'
import { createFanout, type Fanout } from './integrations/redis/fanout.ts'
import { connectRedis } from './integrations/redis/index.ts'

const CREDIT_CONNECTIONS = 4

/** What the house stands on. */
export type Ground = {
  readonly db: Db
  /**
   * Whether somebody may buy on credit is asked within turns that hold a connection each: waiting for one more of the
   * same could be for ever.
   */
  readonly creditDb: Db
  readonly redis: Awaited<ReturnType<typeof connectRedis>>
  readonly waker: Waker
  readonly fanout: Fanout
  /** Gives everything back, the last taken first. */
  close(): Promise<void>
}

/** Connects to PostgreSQL, which may be away, and to Redis. */
export async function openGround(
  { databaseUrl, redisUrl }: { readonly databaseUrl: string; readonly redisUrl: string },
  log: Log,
): Promise<Ground> {
  const db = connectPostgres(databaseUrl, log)
  const creditDb = connectPostgres(databaseUrl, log, CREDIT_CONNECTIONS)
  const redis = await connectRedis(redisUrl, log)
  const waker = createWaker({ redisUrl, lanes: LANES, log })
  const fanout = createFanout({ redis, log })
  return {
    ...{ db, creditDb, redis, waker, fanout },
    async close() {
      await waker.close()
      fanout.close()
      await creditDb.destroy()
      await db.destroy()
      await redis.quit().catch(() => redis.disconnect())
    },
  }
}
