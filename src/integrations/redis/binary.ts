/** Where the Redis server program comes from. */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import { findProgram, run, searchPath } from '../process.ts'

const APT_TIMEOUT_MS = 120_000
const CHECK_TIMEOUT_MS = 10_000
/** The server and those of its libraries that a small Debian or Ubuntu does not have. */
const PACKAGES = ['redis-server', 'redis-tools', 'liblzf1', 'libjemalloc2', 'libatomic1']
const WAYS =
  'Ways out: set REDIS_URL; apt-get install redis-server; brew install redis; docker compose up -d redis.'

export interface RedisProgram {
  program: string
  env: NodeJS.ProcessEnv
}

/**
 * The installed `redis-server` or `valkey-server`, else the one kept in `<cacheDir>/redis`, else one taken
 * there from the distribution's packages without root and without touching the system.
 * Throws an Error that says why and what else can be done.
 */
export async function findRedis(cacheDir: string): Promise<RedisProgram> {
  const installed = findProgram('redis-server') ?? findProgram('valkey-server')
  if (installed) return { program: installed, env: process.env }
  const home = join(resolve(cacheDir), 'redis')
  try {
    if (!existsSync(home)) await fetchRedis(home)
    return await unpacked(home)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`No Redis server: ${why}\n${WAYS}`, { cause: error })
  }
}

async function unpacked(home: string): Promise<RedisProgram> {
  const found = { program: join(home, 'usr', 'bin', 'redis-server'), env: await envOf(home) }
  await run(found.program, ['--version'], { env: found.env, timeoutMs: CHECK_TIMEOUT_MS })
  return found
}

async function envOf(home: string): Promise<NodeJS.ProcessEnv> {
  const names = await readdir(join(home, 'usr', 'lib')).catch(() => [])
  const libraries = names
    .filter((name) => name.includes('-linux-'))
    .map((name) => join(home, 'usr', 'lib', name))
  return { ...process.env, LD_LIBRARY_PATH: libraries.join(delimiter) }
}

/** Made aside and moved in place, so that a broken download is never taken for a server. */
async function fetchRedis(home: string): Promise<void> {
  const apt = findProgram('apt-get')
  const unpack = findProgram('dpkg-deb')
  if (!apt || !unpack) throw new Error('not installed, and no apt-get here to fetch it with')
  const draft = `${home}.new-${randomUUID()}`
  const root = join(draft, 'root')
  const debs = join(draft, 'cache', 'archives')
  await mkdir(join(draft, 'state', 'lists', 'partial'), { recursive: true })
  await mkdir(join(debs, 'partial'), { recursive: true })
  await mkdir(root)
  const options = {
    cwd: debs,
    env: { ...process.env, PATH: searchPath(), LC_ALL: 'C' },
    timeoutMs: APT_TIMEOUT_MS,
  }
  const get = (...args: string[]) => run(apt, [...aptFlags(draft), ...args], options)
  const extract = async () => {
    for (const name of await readdir(debs)) {
      if (name.endsWith('.deb')) await run(unpack, ['-x', join(debs, name), root], options)
    }
    await unpacked(root)
  }
  try {
    // A source of the machine that does not answer need not be the one that holds Redis.
    await get('update').catch(() => {})
    await get('install', '--download-only', '--no-install-recommends', '-y', 'redis-server')
    // A part that the system already has is not downloaded, yet its place is in our own tree.
    await extract().catch(() => get('download', ...PACKAGES).then(extract))
    await rename(root, home).catch((error: unknown) => {
      if (!existsSync(home)) throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** apt with its state and cache in our own folder: needs no root and takes no lock. */
function aptFlags(draft: string): string[] {
  const settings = {
    'Dir::State': join(draft, 'state'),
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': join(draft, 'cache'),
    'APT::Sandbox::User': '',
    'Debug::NoLocking': '1',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
    'Acquire::https::Timeout': '20',
  }
  return ['-q', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])]
}
