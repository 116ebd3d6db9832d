/** One PostgreSQL and one Redis for the whole run, started when the first test asks for them. */
import { readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Redis } from 'ioredis'
import pg from 'pg'
import { startEmbeddedPostgres } from '../../src/integrations/postgres/embedded.ts'
import { isAlive } from '../../src/integrations/process.ts'
import { startEmbeddedRedis } from '../../src/integrations/redis/embedded.ts'
import { atEnd } from './setup.ts'

const DATA_ROOT = resolve('.data')
const DATA_DIR = join(DATA_ROOT, `test-${process.pid}`)
const REDIS_DATABASES = 16

export interface TestDatabase {
  url: string
  /** Removes it, closing whatever is still connected. The end of the run does so too. */
  drop: () => Promise<void>
}

/** Gives the same promise to all who ask; the work is done once, when the first asks. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => {
    result ??= work()
    return result
  }
}

const dataDir = once(async () => {
  const names = await readdir(DATA_ROOT).catch(() => [])
  const left = names.filter((name) => /^test-\d+$/.test(name) && !isAlive(Number(name.slice('test-'.length))))
  for (const name of left) await rm(join(DATA_ROOT, name), { recursive: true, force: true })
  atEnd(() => rm(DATA_DIR, { recursive: true, force: true }))
  return DATA_DIR
})

const postgres = once(async () => {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL
  const { url, stop } = await startEmbeddedPostgres({
    dataDir: join(await dataDir(), 'postgres'),
    durable: false,
  })
  atEnd(stop)
  return url
})

const redis = once(async () => {
  if (process.env.REDIS_URL) return process.env.REDIS_URL
  const { url, stop } = await startEmbeddedRedis({
    dir: join(await dataDir(), 'redis'),
    cacheDir: resolve('.cache'),
  })
  atEnd(stop)
  return url
})

async function administer(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: await postgres() })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

let databases = 0

/** Makes a database of a name of its own, by `how` behind CREATE DATABASE. */
async function create(how = ''): Promise<TestDatabase & { name: string }> {
  const name = `inzira_test_${process.pid}_${++databases}`
  const url = new URL(await postgres())
  url.pathname = `/${name}`
  await administer(`CREATE DATABASE ${name} ${how}`)
  const drop = () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  // An embedded server goes as a whole; on somebody else's nothing of ours may stay.
  if (process.env.DATABASE_URL) atEnd(drop)
  return { name, url: url.href, drop }
}

type Migrate = (url: string) => Promise<void>
const templates = new Map<Migrate, Promise<string>>()

async function createTemplate(migrate: Migrate): Promise<string> {
  const { name, url } = await create()
  await migrate(url)
  // A database that anybody is connected to cannot be copied.
  await administer(
    `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`,
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`,
  )
  return name
}

/**
 * A migrated database nobody else uses, on the run's own server or the one of DATABASE_URL (PostgreSQL 15
 * or newer, allowed to create databases). `migrate` gets the URL of an empty one and runs once per function.
 */
export async function freshDatabase(migrate: Migrate): Promise<TestDatabase> {
  const template = templates.get(migrate) ?? createTemplate(migrate)
  templates.set(migrate, template)
  const { url, drop } = await create(`TEMPLATE ${await template} STRATEGY file_copy`)
  return { url, drop }
}

const ours = new Set<number>()
let next = 0

/**
 * URL of an empty logical Redis database, of the run's own server or the one of REDIS_URL. After 16 the
 * first is emptied and given out again. Databases that somebody else filled are left alone.
 * Published messages are heard in all of them. Throws when none is empty.
 */
export async function redisUrl(): Promise<string> {
  const url = new URL(await redis())
  for (let tries = 0; tries < REDIS_DATABASES; tries++) {
    const index = next++ % REDIS_DATABASES
    url.pathname = `/${index}`
    if (await claim(index, url.href)) return url.href
  }
  throw new Error(`${url.host}: no empty logical database among ${REDIS_DATABASES}`)
}

async function claim(index: number, url: string): Promise<boolean> {
  const client = new Redis(url)
  try {
    if (!ours.has(index) && (await client.dbsize()) > 0) return false
    await client.flushdb()
  } finally {
    await client.quit()
  }
  if (!ours.has(index) && process.env.REDIS_URL) atEnd(() => empty(url))
  ours.add(index)
  return true
}

async function empty(url: string): Promise<void> {
  const client = new Redis(url)
  await client.flushdb()
  await client.quit()
}
