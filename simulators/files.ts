import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { type Answer, type Route, route } from './http.ts'
import { Refusal } from './read.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Serves the files under `dir`, `index.html` for `/`; nothing outside it, nothing of an unknown type. */
export const files = (dir: string): Route => route('GET', '/*', ({ path }) => file(dir, path))

async function file(dir: string, path: string): Promise<Answer> {
  const full = normalize(join(dir, path.endsWith('/') ? `${path}index.html` : path))
  const type = TYPES[extname(full)]
  const inside = full.startsWith(normalize(dir) + sep)
  if (!type || !inside) throw new Refusal(404, `no ${path} here`)
  try {
    const body = await readFile(full)
    return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-cache' }, body }
  } catch {
    throw new Refusal(404, `no ${path} here`)
  }
}
