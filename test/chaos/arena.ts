import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Simulators, startSimulators } from '../../simulators/server.ts'
import { silent } from '../../src/core/base/log.ts'
import { seedDemo } from '../../src/demo/seed.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { migrate } from '../../src/integrations/postgres/migrate.ts'
import { freePort } from '../../src/integrations/process.ts'
import { freshDatabase, redisUrl } from '../support/servers.ts'
import { compileNode } from './compile.ts'
import { type Database, startDatabase } from './database.ts'
import { seedLines } from './seeds.ts'

const HOOK_SECRET = 'chaos'

/** What nodes stand on: the database, Redis, and the providers with their books, who are never killed. */
export interface Arena {
  readonly db: Db
  /** Where the database may be killed. */
  readonly database: Database | null
  readonly simulators: Simulators
  /** The program of a node. */
  readonly entry: string
  /** Where USSD hops go. */
  readonly hookUrl: string
  /** The settings of a node. */
  readonly env: NodeJS.ProcessEnv
  stop(): Promise<void>
}

export interface Ground {
  /** A fresh town; with a PostgreSQL of its own where that one is to be killed. */
  arena(isMortal: boolean): Promise<Arena>
  stop(): Promise<void>
}

let grounds = 0

/** @param compile puts the nodes' program into a folder; gives its path */
export async function startGround(
  compile: (dir: string) => Promise<string> = (dir) => compileNode(dir),
): Promise<Ground> {
  grounds += 1
  const dir = resolve('.data', `chaos-${process.pid}-${grounds}`)
  const entry = await compile(dir)
  return {
    arena: (isMortal) => startArena(entry, isMortal ? join(dir, 'postgres') : null),
    stop: () => rm(dir, { recursive: true, force: true }),
  }
}

async function prepare(url: string): Promise<void> {
  const db = connectPostgres(url, silent)
  await migrate(db)
  await seedDemo(db, Date.now())
  await seedLines(db, Date.now())
  await db.destroy()
}

/** The database of the tests need not fear for its disk; one that is killed must. */
async function openDatabase(dir: string | null) {
  if (dir === null) return { ...(await freshDatabase(prepare)), mortal: null }
  const mortal = await startDatabase(dir)
  await prepare(mortal.url)
  const drop = async () => {
    await mortal.stop()
    await rm(dir, { recursive: true, force: true })
  }
  return { url: mortal.url, drop, mortal }
}

async function startArena(entry: string, dir: string | null): Promise<Arena> {
  const database = await openDatabase(dir)
  const databaseUrl = database.url
  const db = connectPostgres(databaseUrl, silent)
  const port = await freePort()
  const simulators = await startSimulators({
    port: 0,
    gatewayUrl: `http://127.0.0.1:${port}`,
    hookSecret: HOOK_SECRET,
    whatsappAppSecret: 'dev-app-secret',
    phoneNumberId: '106540352242922',
    seed: 1,
  })
  await mkdir('.artifacts', { recursive: true })
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    REDIS_URL: await redisUrl(),
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    INTERNAL_PORT: '0',
    SIM_PORT: String(simulators.port),
    HOOK_SECRET,
    LOG_LEVEL: 'warn',
    // A thousand rides a minute are more than MTN would answer for by default.
    MTN_STATUS_RPS: '100',
    // One desk packs for all of them, and one conductor is on every bus.
    SAID_PER_MINUTE: '100000',
  }
  return {
    entry,
    db,
    database: database.mortal,
    simulators,
    env,
    hookUrl: `http://127.0.0.1:${port}/hooks/ussd/africastalking/${HOOK_SECRET}`,
    async stop() {
      await simulators.stop()
      await db.destroy()
      await database.drop()
    },
  }
}
