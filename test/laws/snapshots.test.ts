import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Flows } from '../../src/core/run/draft.ts'
import { FLOW_NAMES, type Flow } from '../../src/core/run/flow.ts'
import { flows } from '../../src/flows/index.ts'
import { LANGUAGES } from '../../src/flows/words/index.ts'
import { TYPICAL } from './data.ts'
import { T0 } from './events.ts'
import { pagesOf, viewsOf } from './views.ts'
import { canEnd, walks } from './walk.ts'

const FOLDER = 'test/snapshots'

const saved = z.object({
  flow: z.enum(FLOW_NAMES),
  version: z.int(),
  state: z.string(),
  context: z.record(z.string(), z.unknown()),
  done: z.boolean(),
})

let made: Map<string, z.infer<typeof saved>> | undefined
/** One snapshot of each state as the machines of today make it, the fullest that a walk leads to, by its file. */
function fresh(): Map<string, z.infer<typeof saved>> {
  if (made) return made
  const found = new Map<string, z.infer<typeof saved>>()
  for (const flow of FLOW_NAMES.map((name) => flows[name]))
    for (const { end } of walks(flow.name, TYPICAL)) {
      const { name, version } = flow
      const path = `${FOLDER}/${name}/${version}/${end.state}.json`
      const before = found.get(path)
      if (!before || fullness(end.context) > fullness(before.context))
        found.set(path, { flow: name, version, ...end })
    }
  made = found
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

type Kept = { readonly path: string; readonly saved: z.infer<typeof saved> }

const everySaved = async (): Promise<Kept[]> =>
  Promise.all(
    (await existing()).map(async (path) => ({
      path,
      saved: saved.parse(JSON.parse(await readFile(path, 'utf8'))),
    })),
  )

/** What such flows could not go on with, and why. */
const brokenBy = (all: Flows, kept: readonly Kept[]): string[] =>
  kept.flatMap(({ path, saved: { flow, ...old } }) => {
    try {
      livesIn(all[flow], old)
      assert.ok(path.includes(`/${flow}/${old.version}/`))
      return []
    } catch (error) {
      return [`${path}: ${error instanceof Error ? error.message : String(error)}`]
    }
  })

function livesIn(flow: Flow, old: Omit<Kept['saved'], 'flow'>): void {
  const snapshot = flow.revive(old)
  for (const language of LANGUAGES)
    for (const view of viewsOf(flow, snapshot, language)) assert.ok(pagesOf('ussd', view).length > 0)
  const limitMs = flow.deadlineMs(snapshot, T0)
  assert.ok(limitMs === null || limitMs > 0)
  const { ignored } = flow.step(snapshot, { type: 'DEADLINE', at: T0 + 1 })
  assert.ok(!ignored || limitMs === null || old.done, 'it waits for a deadline that moves nothing')
  assert.ok(canEnd(flow, snapshot, TYPICAL), 'it can never end')
}

describe('every snapshot ever stored', function () {
  this.timeout(120_000)

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

  it('still lives: it is brought to today, shows a screen and can go on to an end', async () => {
    const all = await everySaved()
    assert.ok(all.length > 0)
    assert.deepEqual(brokenBy(flows, all), [])
  })

  it('that a renamed state would break is named, each of them, before it is shipped', async () => {
    const all = (await everySaved()).filter(
      ({ saved: { state } }) => state === 'paying' || state === 'booked',
    )
    const renamed: Flow = {
      ...flows.booking,
      revive(old) {
        if (old.state === 'paying') throw new Error('no state is called paying')
        return flows.booking.revive(old)
      },
    }
    const lost = all.filter(({ saved: { flow, state } }) => flow === 'booking' && state === 'paying')
    assert.ok(lost.length > 1)
    assert.deepEqual(
      brokenBy({ ...flows, booking: renamed }, all),
      lost.map(({ path }) => `${path}: no state is called paying`),
    )
  })

  it('that could never end is named', async () => {
    const all = (await everySaved()).filter(({ saved: { flow } }) => flow === 'payment')
    const endless: Flow = { ...flows.payment, step: (snapshot) => ({ snapshot, effects: [], ignored: true }) }
    assert.notDeepEqual(brokenBy({ ...flows, payment: endless }, all), [])
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
