import assert from 'node:assert/strict'
import { cp, mkdir, readFile, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { run } from '../../src/integrations/process.ts'

const NAME = 'wave'
const FILES = ['index.ts', 'wire.ts'].map((file) => `src/integrations/payments/${NAME}/${file}`)
const TEST = `test/payments/${NAME}.wire.test.ts`
const STRICT = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--noEmit']
const MODERN = [
  '--ignoreConfig',
  '--skipLibCheck',
  '--target',
  'es2023',
  '--module',
  'nodenext',
  '--types',
  'node',
]

/** In a copy of the tree, beside ours so that libraries are found. */
describe('a new way to pay, from the template', function () {
  this.timeout(60_000)
  const root = resolve()
  const cwd = resolve('.data', `new-provider-${process.pid}`)
  const node = (...words: string[]) => run(process.execPath, words, { cwd, timeoutMs: 40_000 })
  before(async () => {
    await mkdir(cwd, { recursive: true })
    for (const part of ['src', 'scripts']) await cp(part, `${cwd}/${part}`, { recursive: true })
    await cp('package.json', `${cwd}/package.json`)
    await node('scripts/new-provider.mjs', NAME)
  })
  after(() => rm(cwd, { recursive: true, force: true }))

  it('bears its name everywhere', async () => {
    for (const file of [...FILES, TEST]) assert.doesNotMatch(await readFile(`${cwd}/${file}`, 'utf8'), /__/)
  })

  it('is strict TypeScript', async () => {
    const flags = [...STRICT, ...MODERN, '--allowImportingTsExtensions']
    await node(`${root}/node_modules/typescript/bin/tsc`, ...flags, ...FILES)
  })

  it('passes its own contract', async () => {
    const mocha = `${root}/node_modules/mocha/bin/mocha.js`
    await node('--import', 'tsx', mocha, '--no-config', TEST)
  })

  it('overwrites nothing', () => assert.rejects(node('scripts/new-provider.mjs', NAME)))
})
