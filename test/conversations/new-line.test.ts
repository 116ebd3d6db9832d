import assert from 'node:assert/strict'
import { cp, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { resolve } from 'node:path'
import { LANGUAGES } from '../../src/core/base/languages.ts'
import { run } from '../../src/integrations/process.ts'
import { sized } from '../support/size.ts'

const NAME = 'tanker'
const LABEL = 'Water tanker'
const PARTS = ['src', 'scripts', 'test', 'migrations', 'simulators', 'bench']
const SETTINGS = ['package.json', 'tsconfig.json', '.mocharc.json']
/** The lists that a new line is added to. */
const LISTS = ['lines', ...LANGUAGES.map((language) => `words/${language}`)].map(
  (folder) => `src/flows/${folder}/index.ts`,
)
const LAWS = ['limits', 'round-trip', 'architecture'].map((law) => `test/laws/${law}.test.ts`)
/** Long and hostile names do to its screens what they do to those of other lines. */
const ENOUGH = 'ordinary|menu|the architecture'
const CHANNELS = ['ussd', 'sms', 'whatsapp', 'voice', 'rest']

/** In a copy of the tree, beside ours so that libraries and servers are found. */
describe('a new service line, from the template', function () {
  this.timeout(900_000)
  const root = resolve()
  const cwd = resolve('.data', `new-line-${process.pid}`)
  const node = (...words: string[]) => run(process.execPath, words, { cwd, timeoutMs: 800_000 })
  const mocha = (...words: string[]) => node(`${root}/node_modules/mocha/bin/mocha.js`, ...words)

  const filesIn = async (folder: string): Promise<Map<string, string>> => {
    const found = new Map<string, string>()
    for (const part of PARTS)
      for (const entry of await readdir(`${folder}/${part}`, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue
        const path = `${entry.parentPath}/${entry.name}`
        found.set(path.slice(folder.length + 1), await readFile(path, 'utf8'))
      }
    return found
  }

  before(async () => {
    await mkdir(cwd, { recursive: true })
    for (const part of PARTS) await cp(part, `${cwd}/${part}`, { recursive: true })
    for (const file of SETTINGS) await cp(file, `${cwd}/${file}`)
    for (const shared of ['node_modules', '.cache']) await symlink(`${root}/${shared}`, `${cwd}/${shared}`)
    await node('scripts/new-line.mjs', NAME, LABEL)
  })
  after(() => rm(cwd, { recursive: true, force: true }))

  it('touches its own files, the list of lines and the words', async () => {
    const [before, after] = await Promise.all([filesIn(root), filesIn(cwd)])
    const touched = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path)
    const own = touched.filter((path) => !LISTS.includes(path))
    assert.deepEqual(touched.filter((path) => LISTS.includes(path)).sort(), [...LISTS].sort())
    assert.ok(own.length > CHANNELS.length)
    for (const path of own) {
      assert.match(path, new RegExp(`[/-]${NAME}\\.(?:ts|json)$`))
      assert.doesNotMatch(after.get(path) ?? '', /__/)
    }
  })

  it('is strict TypeScript', () => node(`${root}/node_modules/typescript/bin/tsc`, '--noEmit'))

  it('is booked on every channel', async () => {
    const said = await mocha('test/conversations/conversations.test.ts', '--grep', LABEL)
    assert.match(said, new RegExp(`^${CHANNELS.length} passed, 0 failed$`, 'm'))
  })

  if (sized(false, true, false))
    it('is under the laws without their being told', async () => {
      assert.match(await mocha(...LAWS, '--grep', ENOUGH), /^\d+ passed, 0 failed$/m)
    })

  it('overwrites nothing', () => assert.rejects(node('scripts/new-line.mjs', NAME, LABEL)))
})
