import { resolve } from 'node:path'
import type { Config } from '../core/base/config.ts'
import { silent } from '../core/base/log.ts'
import { connectPostgres, type Db } from '../integrations/postgres/connect.ts'
import { startEmbeddedPostgres } from '../integrations/postgres/embedded.ts'
import { migrate } from '../integrations/postgres/migrate.ts'

/** Opens the database that the settings name, or our own, and closes it whatever happens. */
export async function withDatabase<T>(
  config: Config,
  asItIs: boolean,
  use: (db: Db) => Promise<T>,
): Promise<T> {
  const server = config.DATABASE_URL
    ? { url: config.DATABASE_URL, stop: async () => {} }
    : await startEmbeddedPostgres({ dataDir: resolve(config.DATA_DIR, 'postgres'), durable: true })
  const db = connectPostgres(server.url, silent)
  try {
    if (!asItIs) await migrate(db)
    return await use(db)
  } finally {
    await db.destroy()
    await server.stop()
  }
}
