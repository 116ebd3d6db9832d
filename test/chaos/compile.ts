import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

/** Read by the code at run time, beside it. */
const BESIDE = ['src/integrations/redis/lua', 'lua'] as const
/** What libraries would use if it were there; WhatsApp Web is not part of it. */
const ABSENT = [
  'mysql',
  'mysql2',
  'mariadb',
  'sqlite3',
  'better-sqlite3',
  'tedious',
  'oracledb',
  'whatsapp-web.js',
]

/** A library of the old kind looks for what the old kind of module gives it. */
const OLD_KIND = `
import { createRequire as requireFrom } from 'node:module'
const require = requireFrom(import.meta.url)
const __filename = import.meta.filename
const __dirname = import.meta.dirname
`

/** Puts a node's program and its libraries into one file in `dir`: it starts often, and so in a third of the time. @returns its path */
export async function compileNode(dir: string): Promise<string> {
  const outfile = join(dir, 'node.mjs')
  await build({
    entryPoints: ['test/chaos/node.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: [...ABSENT, 'pg-native', 'pg-query-stream', 'bee-queue'],
    banner: { js: OLD_KIND },
    logLevel: 'error',
  })
  const [from, to] = BESIDE
  await cp(from, join(dir, to), { recursive: true })
  return outfile
}
