import assert from 'node:assert/strict'
import { sized } from '../support/size.ts'
import { type Ground, startGround } from './arena.ts'
import type { Mutant } from './mutants.ts'
import { ROLES } from './nodes.ts'
import { RULES } from './oracles.ts'
import { FAULTS } from './plan.ts'
import { chaos, type Trial } from './run.ts'

const RIDES = Number(process.env.CHAOS_RIDES ?? sized(1_000, 10_000))
const SEED = Number(process.env.CHAOS_SEED ?? 1)

const TRIAL: Omit<Trial, 'mutant'> = {
  rides: RIDES,
  kills: ROLES,
  killEveryMs: 2_000,
  travelling: 105,
  onTheWayMs: 20_000,
  faults: FAULTS,
  cancels: 4,
  seed: SEED,
  settleWithinMs: 180_000,
  stillAfterMs: 60_000,
}

/** Few people at once, but more of them with a wallet that fails; it is over as soon as the house is found out. */
const SHORT = {
  ...TRIAL,
  rides: 400,
  travelling: 30,
  onTheWayMs: 6_000,
  faults: { ...FAULTS, declined: 25 },
  killEveryMs: 1_600,
  settleWithinMs: 25_000,
  // A payment is asked after at least each 72 s.
  stillAfterMs: 6_000,
} as const

/** Each broken house, the rule that must find it out, and who is killed so that it does. */
type Caught = {
  readonly mutant: Mutant
  readonly by: string
  readonly trial: Partial<Trial> & Pick<Trial, 'kills'>
}
const CAUGHT: readonly Caught[] = [
  { mutant: 'new reference per attempt', by: RULES.oneCharge, trial: { kills: ['worker'] } },
  { mutant: 'no poller', by: RULES.outcome, trial: { kills: ['worker'], rides: 50, untilBroken: undefined } },
  {
    mutant: 'answer before commit',
    by: RULES.acknowledged,
    trial: { kills: ['gateway'], travelling: 15, onTheWayMs: 0 },
  },
  { mutant: 'hint is payment', by: RULES.invented, trial: { kills: ['worker'], killEveryMs: 5_000 } },
]

/** Those that are run where there is time. */
const CAUGHT_TOO: readonly Caught[] = [
  {
    mutant: 'errand crossed off later',
    by: RULES.errands,
    trial: { kills: ['worker'], rides: 50, untilBroken: undefined },
  },
  {
    mutant: 'new key per retry',
    by: RULES.outcome,
    trial: { kills: ['worker'], rides: 150, cancels: 60, untilBroken: undefined },
  },
  { mutant: 'no inbox', by: RULES.hop, trial: { kills: ['gateway'] } },
  {
    mutant: 'status guard removed',
    by: RULES.outcome,
    trial: { kills: ['worker'], rides: 100, untilBroken: undefined },
  },
  {
    mutant: 'hold expiry ignores payment',
    by: RULES.travelled,
    trial: { kills: ['worker'], rides: 150, cancels: 60, untilBroken: undefined },
  },
]

describe('chaos: gateway, worker and database killed again and again', () => {
  let ground: Ground
  before(async function () {
    this.timeout(60_000)
    ground = await startGround()
  })
  after(async function () {
    this.timeout(60_000)
    await ground.stop()
  })

  for (const { mutant, by, trial } of sized(false, true, false) ? [...CAUGHT, ...CAUGHT_TOO] : CAUGHT) {
    it(`finds out the house with: ${mutant}`, async function () {
      this.timeout(300_000)
      const findings = await chaos(ground, { ...SHORT, untilBroken: by, ...trial, mutant })
      const found = findings.some(({ rule, broken }) => rule === by && broken.length > 0)
      assert.ok(found, `not found out by "${by}"`)
    })
  }

  it(`${RIDES} rides: none is lost, nobody pays twice, the books agree`, async function () {
    this.timeout(sized(600_000, 2_400_000))
    const findings = await chaos(ground, { ...TRIAL, databaseEvery: RIDES > 5_000 ? 900 : 400 })
    assert.deepEqual(
      findings.filter(({ broken }) => broken.length > 0),
      [],
    )
  })
})
