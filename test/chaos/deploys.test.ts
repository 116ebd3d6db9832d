import assert from 'node:assert/strict'
import { sized } from '../support/size.ts'
import { startGround } from './arena.ts'
import { type Broken, compileMain } from './compile.ts'
import { type Rolled, roll } from './rolling.ts'

/** Each of the three nodes is deployed so often. */
const ROUNDS = Number(process.env.DEPLOYS ?? sized(1, 10, 2))
/** As many as two cores bear beside nodes that start again and again. */
const HOPS_PER_SECOND = Number(process.env.HOPS_PER_SECOND ?? sized(60, 200, 40))
/** More than anybody bears: somebody is always being answered. */
const FOR_A_MUTANT = 1_000
const DRAINED_WITHIN_MS = 10_000

type Caught = { readonly mutant: string; readonly broken: Broken; readonly by: readonly (keyof Rolled)[] }

const CAUGHT: readonly Caught[] = [
  {
    mutant: 'ends at once',
    broken: {
      file: 'main.ts',
      was: "'SIGTERM', () => stop(noticeMs)",
      is: "'SIGTERM', () => process.exit()",
    },
    by: ['failed', 'lost', 'kept'],
  },
]
/** Those that are run where there is time. */
const CAUGHT_TOO: readonly Caught[] = [
  {
    mutant: 'gives nothing back',
    broken: { file: 'worker.ts', was: 'await drain.release()', is: 'await Promise.resolve()' },
    by: ['kept'],
  },
  {
    mutant: 'gives no notice',
    broken: { file: 'main.ts', was: "'SIGTERM', () => stop(noticeMs)", is: "'SIGTERM', () => stop(0)" },
    by: ['lost'],
  },
]

async function rolled(rounds: number, hopsPerSecond: number, broken?: Broken): Promise<Rolled> {
  const ground = await startGround((dir) => compileMain(dir, broken))
  try {
    const seen = await roll(ground, rounds, hopsPerSecond)
    const slowest = Math.max(...seen.drains.map(({ tookMs }) => tookMs))
    console.log(
      `      ${seen.drains.length} deploys, ${seen.hops} hops, ${seen.perSecond.toFixed(0)} a second: ` +
        `${seen.failed.length} failed, ${seen.lost.length} lost, ${seen.kept.length} kept; ` +
        `the slowest drain ${slowest} ms`,
    )
    return seen
  } finally {
    await ground.stop()
  }
}

describe('deploys under load', function () {
  this.timeout(600_000)

  it(`of ${ROUNDS * 3} deploys nobody notices anything`, async () => {
    const { hops, failed, lost, wrong, astray, kept, drains } = await rolled(ROUNDS, HOPS_PER_SECOND)
    const none: string[] = []
    assert.deepEqual(
      { failed, lost, wrong, astray, kept },
      { failed: none, lost: none, wrong: none, astray: none, kept: none },
    )
    assert.deepEqual(
      drains.filter(({ tookMs, how }) => tookMs > DRAINED_WITHIN_MS || how !== '0'),
      [],
    )
    assert.ok(hops > 0)
  })

  for (const { mutant, broken, by } of [...CAUGHT, ...(sized(false, true, false) ? CAUGHT_TOO : [])])
    it(`finds out the house that ${mutant}`, async () => {
      const seen = await rolled(1, FOR_A_MUTANT, broken)
      for (const rule of by) assert.notDeepEqual(seen[rule], [], rule)
    })
})
