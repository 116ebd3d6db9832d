import assert from 'node:assert/strict'
import fc from 'fast-check'
import { motoMinutes, type Position, roadMetres } from '../../src/core/move/places.ts'
import { type FareLine, fareOf, type TariffRules, tariffRules } from '../../src/core/sell/fare.ts'
import { kigaliPlaces } from '../../src/demo/places.ts'

/** Motos in Kigali since 22 August 2022. */
const RULES: TariffRules = {
  currency: 'RWF',
  firstMinor: 400,
  firstMetres: 2_000,
  perKmMinor: 117,
  farMetres: 40_000,
  farPerKmMinor: 205,
  roundToMinor: 10,
  weightMinor: { 15: 500 },
  commissionBp: 0,
}

const amounts = (lines: readonly FareLine[]): Partial<Record<FareLine['what'], number>> =>
  Object.fromEntries(lines.map(({ what, amountMinor }) => [what, amountMinor]))

describe('fares', () => {
  const byHand: readonly [metres: number, amount: number, lines: ReturnType<typeof amounts>][] = [
    [0, 400, { first: 400 }],
    [1_999, 400, { first: 400 }],
    [2_000, 400, { first: 400 }],
    // 43 m × 117 / 1000 = 5.03
    [2_043, 410, { first: 400, distance: 5, rounding: 5 }],
    // 0.5 km × 117 = 58.5
    [2_500, 460, { first: 400, distance: 59, rounding: 1 }],
    [3_000, 520, { first: 400, distance: 117, rounding: 3 }],
    // 4.5 km × 117 = 526.5
    [6_500, 930, { first: 400, distance: 527, rounding: 3 }],
    [12_000, 1_570, { first: 400, distance: 1_170 }],
    // 38 km × 117 = 4446
    [40_000, 4_850, { first: 400, distance: 4_446, rounding: 4 }],
    // and 5.5 km × 205 = 1127.5
    [45_500, 5_970, { first: 400, distance: 4_446, far: 1_128, rounding: -4 }],
    [60_000, 8_950, { first: 400, distance: 4_446, far: 4_100, rounding: 4 }],
  ]
  for (const [metres, amount, lines] of byHand)
    it(`${metres} m cost RWF ${amount}`, () => {
      const fare = fareOf(RULES, metres)
      assert.deepEqual([fare.amountMinor, fare.currency], [amount, 'RWF'])
      assert.deepEqual(amounts(fare.lines), lines)
    })

  it('of a parcel costs more by its weight', () => {
    const heavy = fareOf(RULES, 3_000, '15')
    assert.equal(heavy.amountMinor, 1_020)
    assert.deepEqual(amounts(heavy.lines), { first: 400, distance: 117, weight: 500, rounding: 3 })
    assert.deepEqual(fareOf(RULES, 3_000, '5'), fareOf(RULES, 3_000))
  })

  const tariffs = fc
    .record({
      firstMinor: fc.nat({ max: 5_000 }),
      firstMetres: fc.integer({ min: 1, max: 5_000 }),
      perKmMinor: fc.nat({ max: 2_000 }),
      farMetres: fc.integer({ min: 1, max: 60_000 }),
      farPerKmMinor: fc.nat({ max: 4_000 }),
      roundToMinor: fc.constantFrom(1, 5, 10, 50, 100),
    })
    .map((prices): TariffRules => tariffRules.parse({ currency: 'RWF', ...prices }))
  const distances = fc.nat({ max: 200_000 })

  it('are the sum of their lines, whole, and within half a step of the exact sum', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constant(RULES), tariffs), distances, (rules, metres) => {
        const { amountMinor, lines } = fareOf(rules, metres)
        assert.equal(
          lines.reduce((sum, line) => sum + line.amountMinor, 0),
          amountMinor,
        )
        assert.ok(lines.every((line) => Number.isSafeInteger(line.amountMinor) && line.amountMinor !== 0))
        assert.equal(amountMinor % rules.roundToMinor, 0)
        assert.ok(Math.abs(amounts(lines).rounding ?? 0) <= rules.roundToMinor / 2)
      }),
      { numRuns: 5_000 },
    )
  })

  it('never fall as the way grows', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constant(RULES), tariffs),
        distances,
        fc.nat({ max: 5_000 }),
        (rules, metres, more) =>
          assert.ok(fareOf(rules, metres + more).amountMinor >= fareOf(rules, metres).amountMinor),
      ),
      { numRuns: 5_000 },
    )
  })
})

describe('ways by road', () => {
  const named = (name: string): Position => {
    const place = kigaliPlaces.find((one) => one.name === name)
    if (!place) throw new Error(`${name} is not in Kigali`)
    return place
  }
  // Straight lines by hand: a degree is 111.195 km, and one of longitude × cos 1.94° there.
  const byHand: readonly [string, string, metres: number][] = [
    ['Kimironko', 'Kacyiru', 6_745],
    ['Nyabugogo', 'Remera', 11_465],
  ]
  for (const [from, to, metres] of byHand)
    it(`${from} to ${to} is about ${metres} m`, () => {
      const way = roadMetres(named(from), named(to))
      assert.ok(Math.abs(way - metres) <= metres / 500, `${way}`)
    })

  const positions: fc.Arbitrary<Position> = fc.record({
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    lng: fc.double({ min: -180, max: 180, noNaN: true }),
  })

  it('are the same both ways, whole metres, and no longer than halfway round the earth', () => {
    fc.assert(
      fc.property(positions, positions, (from, to) => {
        const way = roadMetres(from, to)
        assert.equal(way, roadMetres(to, from))
        assert.ok(Number.isInteger(way) && way >= 0 && way <= 27_020_368, `${way}`)
        assert.equal(roadMetres(from, from), 0)
      }),
      { numRuns: 5_000 },
    )
  })

  for (const [metres, minutes] of [
    [0, 1],
    [400, 1],
    [599, 1],
    [600, 2],
    [6_745, 17],
  ] as const)
    it(`${metres} m take a moto ${minutes} min`, () => assert.equal(motoMinutes(metres), minutes))
})
