import assert from 'node:assert/strict'
import { parse } from 'acorn'
import { transformSync } from 'esbuild'
import { check } from 'recheck'
import { sourcesOf } from './imports.ts'

type Written = { readonly path: string; readonly source: string; readonly flags: string }

/** Every regular expression that stands in a file. */
function written(path: string, text: string): Written[] {
  const found: Written[] = []
  const { code } = transformSync(text, { loader: 'ts', target: 'es2022' })
  parse(code, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    onToken({ type: { label }, start, end }) {
      const cut = code.lastIndexOf('/', end)
      if (label === 'regexp')
        found.push({ path, source: code.slice(start + 1, cut), flags: code.slice(cut + 1, end) })
    },
  })
  return found
}

/** Those whose time grows faster than the text they read. */
async function steep(all: readonly Written[]): Promise<string[]> {
  const found: string[] = []
  for (const { path, source, flags } of all) {
    const { status } = await check(source, flags)
    if (status !== 'safe') found.push(`${path}: /${source}/${flags} ${status}`)
  }
  return found
}

describe('regular expressions', function () {
  this.timeout(300_000)

  it('read any text in a time that grows with its length', async () => {
    const all = (await sourcesOf('src')).flatMap(([path, text]) => written(path, text))
    assert.ok(all.length > 0)
    assert.deepEqual(await steep(all), [])
  })

  it('are found out when one does not', async () => {
    const planted = written('mutant.ts', 'export const isPhone = (text: string) => /^(\\d+ ?)+$/.test(text)')
    assert.equal((await steep(planted)).length, 1)
  })
})
