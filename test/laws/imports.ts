import { readdir, readFile } from 'node:fs/promises'
import { posix } from 'node:path'

/** Source files by their path from the root of the project. */
export type Sources = ReadonlyMap<string, string>

/** The files of a folder with their text. */
export async function sourcesOf(folder: string): Promise<[string, string][]> {
  const paths = (await readdir(folder, { recursive: true }))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.(?:ts|js)$/.test(path) && !path.endsWith('.d.ts'))
  return Promise.all(
    paths.map(async (path): Promise<[string, string]> => [path, await readFile(path, 'utf8')]),
  )
}

/** Who may import whom, and which packages; the first row whose path fits a file is the file's. */
type Row = {
  readonly at: RegExp
  /** Rooms it may look into besides its own file; `own` is the folder that the path's first group names. */
  readonly rooms: readonly (RegExp | 'own')[]
  readonly packages: RegExp
}

const ZOD = ['zod']
const CORE = /^src\/core\//
const only = (...names: readonly string[]): RegExp => new RegExp(`^(?:${names.join('|')})$`)

const TABLE: readonly Row[] = [
  { at: /^src\/core\/run\/flow\.ts$/, rooms: [CORE], packages: only(...ZOD, 'xstate') },
  // Four more have a file or two each; none of them reaches outside the process.
  { at: /^src\/core\/people\/token\.ts$/, rooms: [CORE], packages: only(...ZOD, 'node:crypto', 'jose') },
  { at: /^src\/core\/base\/correlation\.ts$/, rooms: [], packages: only('node:async_hooks') },
  { at: /^src\/core\/base\/(?:calendar|day)\.ts$/, rooms: [CORE], packages: only('luxon') },
  {
    at: /^src\/core\/base\/phone\.ts$/,
    rooms: [CORE],
    packages: only('libphonenumber-js/\\w+', 'lru-cache'),
  },
  { at: CORE, rooms: [CORE], packages: only(...ZOD, 'node:crypto') },
  { at: /^src\/flows\//, rooms: [CORE, /^src\/flows\//], packages: only(...ZOD, 'xstate') },
  {
    at: /^(src\/channels\/[^/]+\/)/,
    rooms: [CORE, 'own'],
    packages: only(
      ...ZOD,
      'node:.*',
      'africastalking(?:/.*)?',
      'whatsapp-web\\.js',
      'koa',
      '@koa/.*',
      'sax',
      'ws',
      'lru-cache',
    ),
  },
  { at: /^src\/integrations\/(?:http|process)\.ts$/, rooms: [CORE], packages: only('node:.*') },
  {
    at: /^(src\/integrations\/[^/]+\/)/,
    rooms: [CORE, 'own', /^src\/integrations\/(?:http|process)\.ts$/],
    packages: only(
      ...ZOD,
      'node:.*',
      'knex',
      'pg',
      'ioredis',
      'bee-queue',
      'africastalking',
      'cockatiel',
      'rate-limiter-flexible',
      'csv-parse/sync',
      'csv-stringify/sync',
      'pdfkit',
      'qrcode',
      'lru-cache',
    ),
  },
  // The few files that know everyone.
  {
    at: /^src\/(?:(?:demo|commands)\/)?[^/]+\.ts$/,
    rooms: [/^src\//, /^simulators\/server\.ts$/],
    packages: /./,
  },
  { at: /^simulators\//, rooms: [/^simulators\//], packages: only('node:.*') },
  { at: /^migrations\//, rooms: [], packages: only('knex') },
]

const IMPORTS =
  /^(?:import|export)\s+(?:type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?'([^']+)'|\bimport\(\s*'([^']+)'|\brequire\w*\(\s*'([^']+)'/gm

/** What a file imports, as it is written: paths and packages. */
export const importsOf = (text: string): string[] =>
  [...text.matchAll(IMPORTS)].flatMap(([, named, dynamic, required]) => named ?? dynamic ?? required ?? [])

const target = (path: string, name: string): string | undefined =>
  name.startsWith('.') ? posix.join(posix.dirname(path), name) : undefined

/** Every import that the table does not allow, and every file that no row is about. */
export function strayImports(sources: Sources): string[] {
  return [...sources].flatMap(([path, text]) => {
    const row = TABLE.find(({ at }) => at.test(path))
    if (!row) return [`${path} stands in no room`]
    const own = row.at.exec(path)?.[1]
    const mayEnter = (file: string): boolean =>
      row.rooms.some((room) => (room === 'own' ? own !== undefined && file.startsWith(own) : room.test(file)))
    return importsOf(text)
      .filter((name) => {
        const file = target(path, name)
        return file === undefined ? !row.packages.test(name) : !mayEnter(file)
      })
      .map((name) => `${path} imports ${name}`)
  })
}

/** Types are gone before anything runs. */
const withoutTypes = (text: string): string => text.replace(/^(?:import|export) type [^']*'[^']+'/gm, '')

/** Files that need each other to load, each ring once, as `a -> b -> a`. */
export function rings(sources: Sources): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): void => {
    const since = trail.indexOf(path)
    if (since >= 0) {
      found.push([...trail.slice(since), path].join(' -> '))
      return
    }
    if (done.has(path)) return
    for (const name of importsOf(withoutTypes(sources.get(path) ?? ''))) {
      const file = target(path, name)
      if (file !== undefined && sources.has(file)) visit(file, [...trail, path])
    }
    done.add(path)
  }
  for (const path of sources.keys()) visit(path, [])
  return found
}

const TOKENS = /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g
const IMPURE = /\b(?:async|await|Date|Math\.random|process|setTimeout|setInterval|fetch|console|crypto)\b/g
const MAY_WAIT = /^src\/flows\/(?:handlers\.ts|(?:\w+\/)?effects(?:\.ts|\/[\w-]+\.ts))$/

/** Words in the pure files of `src/flows` that reach for time, chance or the world. */
export function impurities(sources: Sources): string[] {
  return [...sources]
    .filter(([path]) => path.startsWith('src/flows/') && !MAY_WAIT.test(path))
    .flatMap(([path, text]) => {
      const code = text.replace(TOKENS, (token) => (token.startsWith('`') ? token : ''))
      return [...code.matchAll(IMPURE)].map(([word]) => `${path} says ${word}`)
    })
}

/** Longer than this, a file was two ideas. */
export const MAX_LINES = 250

/** Files of `src` with more lines than anybody should read at once. */
export const tooLong = (sources: Sources): string[] =>
  [...sources]
    .filter(([path]) => path.startsWith('src/'))
    .map(([path, text]) => ({ path, lines: text.replace(/\n$/, '').split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines`)
