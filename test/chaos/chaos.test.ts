import assert from 'node:assert/strict'
import { type Ground, startGround } from './arena.ts'
import { chaos } from './run.ts'

const RIDES = Number(process.env.CHAOS_RIDES ?? 1_000)
const SEED = Number(process.env.CHAOS_SEED ?? 1)

describe('chaos: gateway and worker killed again and again', () => {
  let ground: Ground
  before(async function () {
    this.timeout(60_000)
    ground = await startGround()
  })
  after(async function () {
    this.timeout(60_000)
    await ground.stop()
  })

  it(`${RIDES} rides: none is lost, nobody pays twice, the books agree`, async function () {
    this.timeout(400_000)
    const findings = await chaos(ground, {
      rides: RIDES,
      killEveryMs: Number(process.env.KILL ?? 2_000),
      travelling: Number(process.env.TRAV ?? 100),
      seed: SEED,
      settleWithinMs: 120_000,
    })
    assert.deepEqual(
      findings.filter(({ broken }) => broken.length > 0),
      [],
    )
  })
})
