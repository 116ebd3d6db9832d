/** Everything a run stands on: PostgreSQL and Redis of its own, and each subject and the load in a process of theirs. */
import { type ChildProcess, fork } from 'node:child_process'

import { readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { seedKigali } from '../src/demo/seed.ts'
import { connectPostgres } from '../src/integrations/postgres/connect.ts'
import { startEmbeddedPostgres } from '../src/integrations/postgres/embedded.ts'
import { migrate } from '../src/integrations/postgres/migrate.ts'
import { startEmbeddedRedis } from '../src/integrations/redis/embedded.ts'
import { silent } from '../src/core/base/log.ts'
import { cpuOf } from './proc.ts'
import type { Walk, Walked } from './walk.ts'

/** Longer than any stretch of load. */
const REPLY_TIMEOUT_MS = 120_000

export type Subject = { readonly port: number; cpuUs(): Promise<number>; ask(question: 'watch' | 'watched'): Promise<unknown>; stop(): void }

export type Rig = {
  /** A migrated database with the demo in it. @returns its URL */
  database(name: string): Promise<string>
  /** Starts `serve.ts <name>`. @param node more flags for node */
  subject(name: string, databaseUrl?: string, node?: readonly string[]): Promise<Subject>
  walk(plan: Walk): Promise<Walked>
  /** CPU time of PostgreSQL with all its processes, µs; 0 where there is no /proc. */
  postgresCpuUs(): number
  stop(): Promise<void>
}

export async function startRig(): Promise<Rig> {
  const dir = resolve('.data', `bench-${process.pid}`)
  const postgres = await startEmbeddedPostgres({ dataDir: join(dir, 'postgres'), durable: true })
  const redis = await startEmbeddedRedis({ dir: join(dir, 'redis'), cacheDir: resolve('.cache') })
  const pid = Number((await readFile(join(dir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
  const load = run('walk.ts', [])
  await reply(load, z.object({ ready: z.literal(true) }))
  const children: ChildProcess[] = [load]
  return {
    async database(name) {
      await onServer(postgres.url, `CREATE DATABASE ${name}`)
      const url = new URL(postgres.url)
      url.pathname = `/${name}`
      const db = connectPostgres(url.href, silent)
      await migrate(db)
      await seedKigali(db, Date.now())
      await db.destroy()
      return url.href
    },
    async subject(name, databaseUrl = '', node = []) {
      const child = run('serve.ts', [name, databaseUrl, redis.url], node)
      children.push(child)
      const { port } = await reply(child, z.object({ port: z.int() }))
      return {
        port,
        cpuUs: async () => (await asked(child, 'cpu', z.object({ cpuUs: z.number() }))).cpuUs,
        ask: (question) => asked(child, question, z.unknown()),
        stop: () => child.disconnect(),
      }
    },
    walk: (plan) => asked(load, plan, walked),
    postgresCpuUs: () => cpuOf(pid),
    async stop() {
      for (const child of children) if (child.connected) child.disconnect()
      await redis.stop()
      await postgres.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

const walked: z.ZodType<Walked> = z.object({
  hops: z.int(),
  elapsedMs: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  wrong: z.int(),
  firstWrong: z.string().nullable(),
})

const run = (file: string, args: readonly string[], node: readonly string[] = []): ChildProcess =>
  fork(new URL(file, import.meta.url), args, { execArgv: [...node, '--import', 'tsx'] })

const asked = <T>(child: ChildProcess, question: object | string, answer: z.ZodType<T>): Promise<T> => {
  const replied = reply(child, answer)
  child.send(question)
  return replied
}

function reply<T>(child: ChildProcess, answer: z.ZodType<T>): Promise<T> {
  return new Promise((done, reject) => {
    const settle = (message: unknown) => {
      clearTimeout(timer)
      child.off('message', settle).off('exit', gone)
      const read = answer.safeParse(message)
      if (read.success) done(read.data)
      else reject(new Error(JSON.stringify(message)))
    }
    const gone = () => settle('a process of the bench ended')
    const timer = setTimeout(() => settle('a process of the bench does not answer'), REPLY_TIMEOUT_MS)
    child.once('message', settle).once('exit', gone)
  })
}

export async function onServer(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
