import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Simulators, startSimulators } from '../../simulators/server.ts'
import { silent } from '../../src/core/base/log.ts'
import { kigaliPlaces } from '../../src/demo/places.ts'
import { seedKigali } from '../../src/demo/seed.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { startEmbeddedPostgres } from '../../src/integrations/postgres/embedded.ts'
import { migrate } from '../../src/integrations/postgres/migrate.ts'
import { freePort } from '../../src/integrations/process.ts'
import { redisUrl } from '../support/servers.ts'
import { compileNode } from './compile.ts'

const HOOK_SECRET = 'chaos'
const RIDERS = 300

/** What is never killed: the database, Redis, and the providers with their books. */
export interface Arena {
  readonly db: Db
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
  /** A fresh town with its own database. */
  arena(): Promise<Arena>
  stop(): Promise<void>
}

/** Starts a PostgreSQL that writes to disk before it says so. */
export async function startGround(): Promise<Ground> {
  const dataDir = resolve('.data', `chaos-${process.pid}`)
  const entry = await compileNode(join(dataDir, 'code'))
  const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), durable: true })
  const admin = connectPostgres(postgres.url, silent)
  let count = 0
  return {
    async arena() {
      const name = `chaos_${++count}`
      await admin.raw(`create database ${name}`)
      const url = new URL(postgres.url)
      url.pathname = `/${name}`
      return { entry, ...(await startArena(url.href)) }
    },
    async stop() {
      await admin.destroy()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function startArena(databaseUrl: string): Promise<Omit<Arena, 'entry'>> {
  const db = connectPostgres(databaseUrl, silent)
  await migrate(db)
  await seedKigali(db, Date.now())
  await seedRiders(db, Date.now())
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
  }
  return {
    db,
    simulators,
    env,
    hookUrl: `http://127.0.0.1:${port}/hooks/ussd/africastalking/${HOOK_SECRET}`,
    async stop() {
      await simulators.stop()
      await db.destroy()
    },
  }
}

/** Licensed riders at the stages, one after another. */
async function seedRiders(db: Db, now: number): Promise<void> {
  const rows = Array.from({ length: RIDERS }, (_, n) => {
    const place = kigaliPlaces[n % kigaliPlaces.length]
    return {
      phone: `+250788${150_000 + n}`,
      name: `Rider ${n}`,
      plate: `RC ${n}`,
      line: 'ride',
      licence: `RURA-T-${n}`,
      licence_status: 'valid',
      licence_checked_at: now,
      status: 'free',
      at: db.raw('point(?, ?)', [place?.lng ?? 0, place?.lat ?? 0]),
      seen_at: now,
    }
  })
  await db('drivers').insert(rows)
}
