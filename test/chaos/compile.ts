import { cp, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { build, type Plugin } from 'esbuild'

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

/** A house with one thing broken: in which file of `src`, what stands there, and what instead. */
export type Broken = { readonly file: string; readonly was: string; readonly is: string }

const breaking = ({ file, was, is }: Broken): Plugin => ({
  name: 'broken',
  setup({ onLoad }) {
    onLoad({ filter: new RegExp(`/src/${file}$`) }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      if (!text.includes(was)) throw new Error(`${file} has no longer: ${was}`)
      return { contents: text.replace(was, is), loader: 'ts' }
    })
  },
})

/** Puts a program and its libraries into one file: it starts often, and so in a third of the time. */
async function compile(entryPoint: string, outfile: string, broken?: Broken): Promise<string> {
  await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: [...ABSENT, 'pg-native', 'pg-query-stream', 'bee-queue'],
    banner: { js: OLD_KIND },
    plugins: broken ? [breaking(broken)] : [],
    logLevel: 'error',
  })
  const [from, to] = BESIDE
  await cp(from, join(dirname(outfile), to), { recursive: true })
  return outfile
}

/** A node's program, in `dir`. @returns its path */
export const compileNode = (dir: string, broken?: Broken): Promise<string> =>
  compile('test/chaos/node.ts', join(dir, 'node.mjs'), broken)

/** What an operator starts, so deep below the checkout's root, in `.data/<dir>`, that it finds the migrations. @returns its path */
export const compileMain = (dir: string, broken?: Broken): Promise<string> =>
  compile('src/main.ts', join(dir, 'main', 'main.mjs'), broken)
