import assert from 'node:assert/strict'
import { sized } from '../support/size.ts'
import { startGround } from './arena.ts'
import { type Broken, compileNode } from './compile.ts'
import { type Frozen, freeze, type Load } from './frozen.ts'

const FROZEN_MS = Number(process.env.FROZEN_MS ?? sized(8_000, 60_000, 8_000))
/** At full size some five thousand texts are promised, of which a hundred a second may go. */
const LOAD = {
  people: 150,
  perSecond: sized(30, 100, 20),
  frozenMs: FROZEN_MS,
  textsWithinMs: sized(15_000, 180_000, 15_000),
}
const ANSWERED_WITHIN_MS = 4_000

async function frozen(load: Load, broken?: Broken): Promise<Frozen> {
  const ground = await startGround((dir) => compileNode(dir, broken))
  try {
    const seen = await freeze(ground, load)
    const { hops, perSecond, promised, lost, slowestMs } = seen
    console.log(
      `      ${load.people} people, ${load.frozenMs / 1_000} s frozen at ${perSecond.toFixed(0)} hops a second: ${hops} hops, ` +
        `${promised} promised a text, ${lost.length} lost; the slowest ${slowestMs.toFixed(0)} ms`,
    )
    return seen
  } finally {
    await ground.stop()
  }
}

describe('a database that stands still', function () {
  this.timeout(400_000)

  it('leaves nobody without an answer; what was said is done once, or said again', async () => {
    const { lost, unkept, stuck, twice, crashes, promised, slowestMs } = await frozen(LOAD)
    const none: string[] = []
    assert.deepEqual(
      { lost, unkept, stuck, twice, crashes },
      { lost: none, unkept: none, stuck: none, twice: none, crashes: none },
    )
    assert.ok(promised > 0, 'nobody noticed')
    assert.ok(slowestMs <= ANSWERED_WITHIN_MS, `the slowest took ${slowestMs} ms`)
  })

  it('finds out the house that waits for it', async () => {
    const broken = { file: 'core/talk/gateway.ts', was: 'orLate(turn, LIMITS.hopStopMs)', is: 'turn' }
    const { slowestMs } = await frozen({ ...LOAD, people: 50, frozenMs: 6_000 }, broken)
    assert.ok(slowestMs > ANSWERED_WITHIN_MS)
  })

  if (sized(false, true, false))
    it('finds out the house that tries once to keep what it promised', async () => {
      const broken = { file: 'core/talk/promises.ts', was: 'LIMITS.promiseTries', is: '1' }
      const { unkept } = await frozen(
        { ...LOAD, people: 500, frozenMs: 9_000, textsWithinMs: 20_000 },
        broken,
      )
      assert.notDeepEqual(unkept, [])
    })
})
