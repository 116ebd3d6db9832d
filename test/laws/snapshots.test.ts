import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { FLOW_NAMES } from '../../src/core/run/flow.ts'
import { flows } from '../../src/flows/index.ts'
import { LANGUAGES } from '../../src/flows/words/index.ts'
import { TYPICAL } from './data.ts'
import { T0 } from './events.ts'
import { pagesOf, viewsOf } from './views.ts'
import { walks } from './walk.ts'

const FOLDER = 'test/snapshots'

const saved = z.object({
  flow: z.enum(FLOW_NAMES),
  version: z.int(),
  state: z.string(),
  context: z.record(z.string(), z.unknown()),
  done: z.boolean(),
})

/** One snapshot of each state as the machines of today make it, the fullest that a walk leads to, by its file. */
function fresh(): Map<string, z.infer<typeof saved>> {
  const found = new Map<string, z.infer<typeof saved>>()
  for (const flow of FLOW_NAMES.map((name) => flows[name]))
    for (const { end } of walks(flow.name, TYPICAL)) {
      const { name, version } = flow
      const path = `${FOLDER}/${name}/${version}/${end.state}.json`
      const before = found.get(path)
      if (!before || fullness(end.context) > fullness(before.context))
        found.set(path, { flow: name, version, ...end })
    }
  return found
}

/** Keys that hold something. */
const fullness = (context: object): number =>
  Object.values(context).filter((value) => value !== null && value !== false).length

const existing = async (): Promise<string[]> =>
  (await readdir(FOLDER, { recursive: true }).catch(() => []))
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${FOLDER}/${name.replaceAll('\\', '/')}`)
    .sort()

/** Adds the files of new states and versions. What was once stored is never rewritten: it is what the past looks like. */
async function addMissing(): Promise<void> {
  const known = new Set(await existing())
  for (const [path, snapshot] of fresh()) {
    if (known.has(path)) continue
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, `${JSON.stringify(snapshot, null, 2)}\n`)
  }
}

describe('every snapshot ever stored', () => {
  before(async () => {
    if (process.env.UPDATE === '1') await addMissing()
  })

  it('is kept, one for each state of the present versions (UPDATE=1 adds what is missing)', async () => {
    const known = new Set(await existing())
    assert.deepEqual(
      [...fresh().keys()].filter((path) => !known.has(path)),
      [],
    )
  })

  it('still lives: it is brought to today, shows a screen and can go on', async () => {
    const paths = await existing()
    assert.ok(paths.length > 0)
    for (const path of paths) {
      const { flow: name, ...old } = saved.parse(JSON.parse(await readFile(path, 'utf8')))
      const flow = flows[name]
      const snapshot = flow.revive(old)
      assert.ok(path.includes(`/${name}/${old.version}/`), path)
      for (const language of LANGUAGES)
        for (const view of viewsOf(flow, snapshot, language))
          assert.ok(pagesOf('ussd', view).length > 0, path)
      const limitMs = flow.deadlineMs(snapshot, T0)
      assert.ok(limitMs === null || limitMs > 0, path)
      const { ignored } = flow.step(snapshot, { type: 'DEADLINE', at: T0 + 1 })
      assert.equal(
        ignored && limitMs !== null && !old.done,
        false,
        `${path} waits for a deadline that moves nothing`,
      )
    }
  })

  it('of a version or a state that nobody knows is refused, not guessed at', () => {
    const [first] = fresh().values()
    assert.ok(first)
    const { flow, ...snapshot } = first
    assert.throws(() => flows[flow].revive({ ...snapshot, version: flows[flow].version + 1 }), /newer/)
    assert.throws(() => flows[flow].revive({ ...snapshot, state: 'dreaming' }), /dreaming/)
    assert.throws(() =>
      flows[flow].revive({ ...snapshot, context: { ...snapshot.context, given: 'all of it' } }),
    )
  })
})
