import assert from 'node:assert/strict'
import fc from 'fast-check'
import { MOST_PAID_MINUTES, waitingCharge } from '../../src/core/sell/waiting.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
/** As the regulator has it for motos and for cars. */
const MOTO = { freeMinutes: 10, stepMinutes: 1, stepMinor: 21 }
const CAR = { freeMinutes: 15, stepMinutes: 15, stepMinor: 1_500 }

describe('waiting', () => {
  const byHand: readonly [
    kind: string,
    terms: typeof MOTO,
    waitedMs: number,
    minutes: number,
    minor: number,
  ][] = [
    ['a moto', MOTO, 0, 0, 0],
    ['a moto', MOTO, 10 * MINUTE_MS, 10, 0],
    // The eleventh minute has begun: 21, in coins of ten.
    ['a moto', MOTO, 10 * MINUTE_MS + 1, 11, 20],
    ['a moto', MOTO, 25 * MINUTE_MS, 25, 310],
    ['a car', CAR, 15 * MINUTE_MS, 15, 0],
    ['a car', CAR, 15 * MINUTE_MS + SECOND_MS, 16, 1_500],
    ['a car', CAR, 30 * MINUTE_MS, 30, 1_500],
    ['a car', CAR, 30 * MINUTE_MS + SECOND_MS, 31, 3_000],
    // After an hour that is paid nobody pays more.
    ['a moto', MOTO, 180 * MINUTE_MS, 180, 1_260],
  ]
  for (const [kind, terms, waitedMs, minutes, amountMinor] of byHand)
    it(`for ${kind}, ${waitedMs / SECOND_MS} s, costs RWF ${amountMinor}`, () =>
      assert.deepEqual(waitingCharge(terms, 10, waitedMs), { minutes, amountMinor }))

  const terms = fc.record({
    freeMinutes: fc.nat({ max: 30 }),
    stepMinutes: fc.integer({ min: 1, max: 30 }),
    stepMinor: fc.nat({ max: 5_000 }),
  })

  it('never costs more than its steps, nothing while it is free, and no less for longer', () => {
    fc.assert(
      fc.property(
        ...([terms, fc.constantFrom(1, 10, 50), fc.nat({ max: 300 * MINUTE_MS })] as const),
        fc.nat({ max: MINUTE_MS }),
        (rules, roundTo, waitedMs, moreMs) => {
          const { amountMinor } = waitingCharge(rules, roundTo, waitedMs)
          const begun = Math.ceil(Math.min(MOST_PAID_MINUTES, waitedMs / MINUTE_MS) / rules.stepMinutes)
          assert.ok(amountMinor <= begun * rules.stepMinor)
          assert.equal(amountMinor % roundTo, 0)
          if (waitedMs <= rules.freeMinutes * MINUTE_MS) assert.equal(amountMinor, 0)
          assert.ok(waitingCharge(rules, roundTo, waitedMs + moreMs).amountMinor >= amountMinor)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
