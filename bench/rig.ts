import { type ChildProcess, fork } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { silent } from '../src/core/base/log.ts'
import { seedDemo } from '../src/demo/seed.ts'
import { connectPostgres } from '../src/integrations/postgres/connect.ts'
import { startEmbeddedPostgres } from '../src/integrations/postgres/embedded.ts'
import { migrate } from '../src/integrations/postgres/migrate.ts'
import { startEmbeddedRedis } from '../src/integrations/redis/embedded.ts'
import { ask, reply } from './child.ts'
import { cpuOf } from './proc.ts'
import type { Walk, Walked } from './walk.ts'

/** A server being measured, in a process of its own. */
export type Subject = {
  readonly port: number
  /** Processor time it has used, µs. */
  cpuUs(): Promise<number>
  /** Begins a profile; `watched` ends it and gives it, as V8's inspector does. */
  watch(): Promise<unknown>
  watched(): Promise<unknown>
  stop(): void
}

/** PostgreSQL (durable) and Redis of the bench's own, and the processes that stand on them. */
export type Rig = {
  readonly redisUrl: string
  /** A migrated database with the demo in it. @returns its URL */
  database(name: string): Promise<string>
  /** Starts the subject of that name. */
  subject(name: string, databaseUrl: string): Promise<Subject>
  walk(plan: Walk): Promise<Walked>
  /** Processor time of PostgreSQL with all its processes, µs; 0 where there is no /proc. */
  postgresCpuUs(): number
  versions(): Promise<string>
  stop(): Promise<void>
}

const walked: z.ZodType<Walked> = z.object({
  hops: z.int(),
  hopsPerSecond: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  wrong: z.int(),
  firstWrong: z.string().nullable(),
})

export async function startRig(): Promise<Rig> {
  const dir = resolve('.data', `bench-${process.pid}`)
  const postgres = await startEmbeddedPostgres({ dataDir: join(dir, 'postgres'), durable: true })
  const redis = await startEmbeddedRedis({ dir: join(dir, 'redis'), cacheDir: resolve('.cache') })
  const pid = Number((await readFile(join(dir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
  const load = run('walk')
  const children = [load]
  await reply(load, z.object({ ready: z.literal(true) }))
  return {
    redisUrl: redis.url,
    async database(name) {
      await onServer(postgres.url, `CREATE DATABASE ${name}`)
      const url = new URL(postgres.url)
      url.pathname = `/${name}`
      const db = connectPostgres(url.href, silent)
      await migrate(db)
      await seedDemo(db, Date.now())
      await db.destroy()
      return url.href
    },
    async subject(name, databaseUrl) {
      const child = run('serve', name, databaseUrl, redis.url)
      children.push(child)
      const { port } = await reply(child, z.object({ port: z.int() }))
      return {
        port,
        cpuUs: async () => (await ask(child, 'cpu', z.object({ cpuUs: z.number() }))).cpuUs,
        watch: () => ask(child, 'watch', z.unknown()),
        watched: () => ask(child, 'watched', z.unknown()),
        stop: () => child.disconnect(),
      }
    },
    walk: (plan) => ask(load, plan, walked),
    postgresCpuUs: () => cpuOf(pid),
    versions: async () => {
      const [row] = await onServer(postgres.url, 'show server_version')
      return `PostgreSQL ${z.object({ server_version: z.string() }).parse(row).server_version}`
    },
    async stop() {
      for (const child of children) if (child.connected) child.disconnect()
      await redis.stop()
      await postgres.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Starts a file of this folder, as TypeScript or compiled, as we are ourselves. */
function run(name: string, ...args: readonly string[]): ChildProcess {
  const ending = import.meta.url.slice(-3)
  const execArgv = ending === '.ts' ? ['--import', 'tsx'] : ['--enable-source-maps']
  return fork(new URL(`${name}${ending}`, import.meta.url), args, { execArgv })
}

/** Runs statements one after another. @returns the last one's rows */
export async function onServer(url: string, ...statements: readonly string[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: unknown[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}
