import assert from 'node:assert/strict'
import fc from 'fast-check'
import { seatPrice } from '../../src/core/sell/seat-price.ts'
import type { Departure } from '../../src/core/sell/seats.ts'
import { busMarkets } from '../../src/demo/buses.ts'
import { phone } from '../channels/hosting.ts'

const DAY_MS = 86_400_000
const LEAVES_AT = Date.parse('2026-03-04T05:30:00Z')

/** Fares in centimes of DZD. */
const BUS: Departure = {
  ...{ id: 'dz-alger-oran-20260304-0600', from: 'dz-alger', to: 'dz-oran', span: { from: 0, to: 4 } },
  ...{ leavesAt: LEAVES_AT, arrivesAt: LEAVES_AT + 5 * 3_600_000, zone: 'Africa/Algiers' },
  ...{ partner: { id: 'pt_1', name: 'Atlas' }, plate: '02140 322 16', conductor: phone('+213550010001') },
  ...{ seats: 50, free: 50, fareMinor: 120_000, currency: 'DZD' },
  rules: { ...busMarkets.DZ.rules, capBp: 1_000 },
}

const TABLE: readonly (readonly [
  what: string,
  free: number,
  daysAhead: number,
  count: number,
  minor: number,
])[] = [
  ['the fare itself', 50, 1, 1, 120_000],
  ['for each seat', 50, 1, 3, 360_000],
  ['more once half is sold', 25, 1, 1, 126_000],
  ['just before half is sold', 26, 1, 1, 120_000],
  ['never above the cap', 5, 1, 1, 132_000],
  ['less a week ahead', 50, 7, 1, 114_000],
  ['and still less two weeks ahead', 50, 14, 1, 108_000],
  ['both at once', 25, 14, 2, 228_000],
]

describe('the price of a seat', () => {
  for (const [what, free, daysAhead, count, minor] of TABLE)
    it(`is ${what}`, () => {
      const { amountMinor } = seatPrice({ ...BUS, free }, count, LEAVES_AT - daysAhead * DAY_MS)
      assert.equal(amountMinor, minor)
    })

  it('is told line by line: they sum to it, whatever the rules, and it keeps to the cap', () => {
    const bp = fc.integer({ min: 0, max: 9_000 })
    fc.assert(
      fc.property(
        fc.record({
          fareMinor: fc.integer({ min: 0, max: 1_000_000 }),
          free: fc.integer({ min: 0, max: 50 }),
          rules: fc.record({
            fuller: fc.array(fc.record({ soldBp: bp, addBp: bp }), { maxLength: 3 }),
            earlier: fc.array(fc.record({ days: fc.integer({ min: 0, max: 60 }), offBp: bp }), {
              maxLength: 3,
            }),
            capBp: bp,
            roundToMinor: fc.constantFrom(1, 10, 500, 1_000),
            commissionBp: bp,
          }),
        }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 90 }),
        (bus, count, days) => {
          const { lines, amountMinor } = seatPrice({ ...BUS, ...bus }, count, LEAVES_AT - days * DAY_MS)
          assert.equal(
            lines.reduce((sum, line) => sum + line.amountMinor, 0),
            amountMinor,
          )
          assert.ok(amountMinor >= 0 && amountMinor % bus.rules.roundToMinor === 0)
          assert.ok(amountMinor <= count * Math.round(bus.fareMinor * (1 + bus.rules.capBp / 10_000)))
        },
      ),
    )
  })
})
