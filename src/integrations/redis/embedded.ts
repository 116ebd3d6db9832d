import { mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { freePort, isAlive, type Launched, launch, tail, waitFor } from '../process.ts'
import { findRedis, type RedisProgram } from './binary.ts'

const READY_TIMEOUT_MS = 15_000
const PROBE_TIMEOUT_MS = 2_000
const START_ATTEMPTS = 3

export interface EmbeddedRedis {
  /** `redis://127.0.0.1:<port>`, logical database 0. */
  url: string
  /** Stops the server, unless it was somebody else's. May be called twice. */
  stop: () => Promise<void>
}

export interface RedisOptions {
  /** The server's own folder, made when missing. */
  dir: string
  /** Where a fetched server program is kept. */
  cacheDir: string
  /** TCP port on 127.0.0.1; a free one when left out. */
  port?: number
  /** true appends every write to a file, at most a second late; false, the default, keeps nothing. */
  durable?: boolean
}

/**
 * Starts Redis on `dir`, or adopts the one that already runs there. Nothing is evicted from it: it holds
 * jobs, not only a cache. The server ends with this process.
 * Throws an Error that says why and what else can be done.
 */
export async function startEmbeddedRedis(options: RedisOptions): Promise<EmbeddedRedis> {
  await mkdir(options.dir, { recursive: true })
  const dir = await realpath(options.dir)
  const adopted = await adopt(dir)
  if (adopted !== undefined) return { url: urlOf(adopted), stop: async () => {} }
  const redis = await findRedis(options.cacheDir)
  const log = join(dir, 'server.log')
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
    const port = options.port ?? (await freePort())
    const server = start(redis, dir, port, options.durable ?? false, log)
    if (!(await becomesReady(dir, port, server))) continue
    await writeFile(noteOf(dir), `${server.pid} ${port}`)
    return { url: urlOf(port), stop: () => server.stop().then(() => rm(noteOf(dir), { force: true })) }
  }
  throw new Error(`Embedded Redis did not start: ${tail(log)}\nREDIS_URL names one of your own.`)
}

const urlOf = (port: number): string => `redis://127.0.0.1:${port}`

/** Holds the server's process id and port. */
const noteOf = (dir: string): string => join(dir, 'server.pid')

/** Port of the server that runs on `dir`, waiting while it stops; undefined when there is none. */
async function adopt(dir: string): Promise<number | undefined> {
  const note = await readFile(noteOf(dir), 'utf8').catch(() => '')
  const [pid, port] = note.split(' ').map(Number)
  if (!pid || !port) return undefined
  return waitFor(`the Redis already on ${dir}`, READY_TIMEOUT_MS, async () => {
    if (!isAlive(pid)) return 'none'
    return (await serves(port, dir)) ? port : undefined
  }).then((found) => (found === 'none' ? undefined : found))
}

function becomesReady(dir: string, port: number, server: Launched): Promise<boolean> {
  return waitFor('Redis', READY_TIMEOUT_MS, async () => {
    if (server.hasExited()) return false
    return (await serves(port, dir)) || undefined
  }).catch(async (error: unknown) => {
    await server.stop()
    throw error
  })
}

/** Whether the Redis on this port answers and is the one of `dir`. */
async function serves(port: number, dir: string): Promise<boolean> {
  const client = new Redis(urlOf(port), {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: PROBE_TIMEOUT_MS,
    commandTimeout: PROBE_TIMEOUT_MS,
    // A closed client would hold our process for this long.
    disconnectTimeout: 1,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.config('GET', 'dir'))[1] === dir
  } catch {
    return false
  } finally {
    client.disconnect()
  }
}

function start(
  { program, env }: RedisProgram,
  dir: string,
  port: number,
  durable: boolean,
  log: string,
): Launched {
  const settings = {
    port,
    bind: '127.0.0.1',
    dir,
    daemonize: 'no',
    save: '',
    appendonly: durable ? 'yes' : 'no',
    'maxmemory-policy': 'noeviction',
  }
  return launch({
    program,
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    env,
    log,
    stopBy: [
      { signal: 'SIGTERM', withinMs: 10_000 },
      { signal: 'SIGKILL', withinMs: 1_000 },
    ],
  })
}
