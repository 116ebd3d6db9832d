import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type DynamicRules, movedFare } from '../../src/core/sell/dynamic-fare.ts'
import { fareOf, type TariffRules, tariffRules } from '../../src/core/sell/fare.ts'

type Mover = typeof movedFare

/** Cars, cheaper than allowed but for the morning and when few are free. */
const RULES: DynamicRules = {
  zone: 'Africa/Kigali',
  usualBp: -1_000,
  hours: [
    { from: 7, until: 9, addBp: 1_000 },
    { from: 22, until: 24, addBp: -2_500 },
  ],
  demand: [
    { busyBp: 5_000, addBp: 500 },
    { busyBp: 8_000, addBp: 1_500 },
  ],
  leastBp: 7_500,
}
const CAR: TariffRules = tariffRules.parse({
  ...{ currency: 'RWF', firstMinor: 1_500, firstMetres: 1_000, perKmMinor: 700 },
  ...{ farMetres: 30_000, farPerKmMinor: 500, roundToMinor: 10 },
})
/** 1,500 and ten kilometres of 700: 8,500. */
const WAY = fareOf(CAR, 11_000)

const bp = fc.integer({ min: -10_000, max: 10_000 })
const share = fc.integer({ min: 0, max: 10_000 })
const rules: fc.Arbitrary<DynamicRules> = fc.record({
  zone: fc.constant('Africa/Kigali'),
  usualBp: bp,
  hours: fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 24 }), bp)
      .map(([from, until, addBp]) => ({ from, until, addBp })),
    { maxLength: 4 },
  ),
  demand: fc.array(fc.record({ busyBp: share, addBp: bp }), { maxLength: 4 }),
  leastBp: share,
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
  .map((prices) => tariffRules.parse({ currency: 'RWF', ...prices }))

/** Whatever an operator writes down, the regulator's fare is the most. @throws AssertionError where it is not so */
function holds(move: Mover): void {
  fc.assert(
    fc.property(
      ...([tariffs, fc.nat({ max: 100_000 }), rules] as const),
      ...([fc.integer({ min: 0, max: 23 }), share] as const),
      (tariff, metres, dynamic, hour, busyBp) => {
        const regulated = fareOf(tariff, metres)
        const { amountMinor, lines, currency } = move(regulated, dynamic, tariff.roundToMinor, {
          hour,
          busyBp,
        })
        assert.ok(amountMinor <= regulated.amountMinor, 'above the cap')
        const leastMinor = Math.round((regulated.amountMinor * dynamic.leastBp) / 10_000)
        assert.ok(amountMinor > leastMinor - tariff.roundToMinor && amountMinor >= 0, 'below the least')
        assert.equal(
          lines.reduce((sum, line) => sum + line.amountMinor, 0),
          amountMinor,
          'not the sum of its lines',
        )
        assert.ok(lines.every((line) => Number.isSafeInteger(line.amountMinor) && line.amountMinor !== 0))
        assert.deepEqual([amountMinor % tariff.roundToMinor, currency], [0, 'RWF'])
      },
    ),
    { numRuns: 3_000, seed: 24, includeErrorInReport: true },
  )
}

type Mutant = { readonly does: string; readonly move: Mover; readonly says: RegExp }

const mutants: readonly Mutant[] = [
  {
    does: 'takes the cap off while few are free',
    move(regulated, dynamic, roundTo, moment) {
      const fare = movedFare(regulated, dynamic, roundTo, moment)
      const cut = fare.lines.find(({ what }) => what === 'cap')?.amountMinor ?? 0
      if (moment.busyBp < 5_000 || cut >= 0) return fare
      return {
        ...fare,
        amountMinor: fare.amountMinor - cut,
        lines: fare.lines.filter(({ what }) => what !== 'cap'),
      }
    },
    says: /above the cap/,
  },
  {
    does: 'rounds up',
    move(regulated, dynamic, roundTo, moment) {
      const fare = movedFare(regulated, dynamic, 1, moment)
      const amountMinor = Math.ceil(fare.amountMinor / roundTo + 0.5) * roundTo
      const rounding = { what: 'rounding', amountMinor: amountMinor - fare.amountMinor } as const
      return { ...fare, amountMinor, lines: [...fare.lines, rounding] }
    },
    says: /above the cap/,
  },
  {
    does: 'drives for nothing',
    move: (regulated, dynamic, roundTo, moment) =>
      movedFare(regulated, { ...dynamic, leastBp: 0 }, roundTo, moment),
    says: /below the least/,
  },
  {
    does: 'does not tell what the cap cut off',
    move(...asked) {
      const fare = movedFare(...asked)
      return { ...fare, lines: fare.lines.filter(({ what }) => what !== 'cap') }
    },
    says: /not the sum of its lines/,
  },
]

describe('a fare that moves', () => {
  const byHand: readonly [
    when: string,
    hour: number,
    busyBp: number,
    lines: Readonly<Record<string, number>>,
  ][] = [
    ['is a tenth less', 12, 0, { first: 1_500, distance: 7_000, usual: -850 }],
    [
      'is more when half are taken',
      12,
      5_000,
      { first: 1_500, distance: 7_000, usual: -850, demand: 425, rounding: -5 },
    ],
    [
      'is all that is allowed in the morning',
      8,
      0,
      { first: 1_500, distance: 7_000, usual: -850, hour: 850 },
    ],
    [
      'is not more than allowed when they are taken in the morning, too',
      ...([8, 9_000] as const),
      { first: 1_500, distance: 7_000, usual: -850, hour: 850, demand: 1_275, cap: -1_275 },
    ],
    [
      'is not so little that nobody drives',
      ...([23, 0] as const),
      { first: 1_500, distance: 7_000, usual: -850, hour: -2_125, cap: 850, rounding: -5 },
    ],
  ]
  for (const [when, hour, busyBp, wanted] of byHand)
    it(when, () => {
      const { lines } = movedFare(WAY, RULES, 10, { hour, busyBp })
      assert.deepEqual(Object.fromEntries(lines.map(({ what, amountMinor }) => [what, amountMinor])), wanted)
    })

  it('is never above what the regulator allows, whatever the rules, and is told line by line', () =>
    holds(movedFare))

  for (const { does, move, says } of mutants)
    it(`is found out where it ${does}`, () => assert.throws(() => holds(move), says))
})
