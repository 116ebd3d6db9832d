import knex, { type Knex } from 'knex'
import pg from 'pg'
import type { Log } from '../../core/base/log.ts'

export type Db = Knex

// Amounts and moments are bigint columns and safe integers: read them as numbers.
pg.types.setTypeParser(20, Number)

/** Statements of a hop touch rows by key. A plan made while tables were small must not scan them once they are large. */
const BY_KEY =
  'set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off;'

/** How alike a word must be to be looked at as a place's name; the gazetteer then ranks what is left. */
const GAZETTEER = 'set pg_trgm.word_similarity_threshold = 0.5'

const LIMITS = {
  poolMax: 8,
  acquireMs: 2_000,
  statementMs: 5_000,
  idleInTransactionMs: 10_000,
  connectMs: 3_000,
} as const

/** Opens a pool. It survives PostgreSQL going away: knex drops broken connections and makes new ones. */
export function connectPostgres(url: string, log: Log, poolMax: number = LIMITS.poolMax): Db {
  return knex({
    client: 'pg',
    connection: {
      connectionString: url,
      connectionTimeoutMillis: LIMITS.connectMs,
      statement_timeout: LIMITS.statementMs,
      idle_in_transaction_session_timeout: LIMITS.idleInTransactionMs,
    },
    acquireConnectionTimeout: LIMITS.acquireMs,
    pool: {
      min: 0,
      max: poolMax,
      afterCreate(connection: pg.Client, done: (error: Error | null, connection: pg.Client) => void) {
        connection.query(BY_KEY + GAZETTEER, (error) => done(error, connection))
      },
    },
    // Its own messages repeat a stack trace a line; the caller gets the error anyway.
    log: {
      warn: (message: unknown) => log.warn({ message: String(message).slice(0, 200) }, 'knex'),
      error: () => {},
      debug: () => {},
      deprecate: () => {},
    },
  })
}

/** Runs a named prepared statement on the pool, or on the transaction's own connection. */
export async function prepared<Row>(
  db: Db,
  name: string,
  text: string,
  values: readonly unknown[],
  read: (row: unknown) => Row,
): Promise<Row[]> {
  const connection: unknown = await db.client.acquireConnection()
  if (!(connection instanceof pg.Client))
    throw new Error('knex gave something that is not a PostgreSQL connection')
  try {
    const { rows } = await connection.query({ name, text, values: [...values] })
    return rows.map(read)
  } finally {
    await db.client.releaseConnection(connection)
  }
}
