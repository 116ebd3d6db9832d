import assert from 'node:assert/strict'
import fc from 'fast-check'
import { parsePhone } from '../../src/core/base/phone.ts'
import { departuresBetween, type Timetable } from '../../src/core/sell/timetable.ts'

const at = (text: string) => Date.parse(text)
const conductor = parsePhone('+250788210001')
assert.ok(conductor)
const bus = { plate: 'RAH 101 C', conductor, seats: 29 }
const DAY_MS = 24 * 3_600_000
const PARIS = 'Europe/Paris'
const run = (time: string, weekdays: readonly number[] = [1, 2, 3, 4, 5, 6, 7]) => ({ time, weekdays, bus })
const table = (...runs: Timetable['runs']): Timetable => ({ route: 'a-b', runs })

describe('a timetable', () => {
  it('leaves on its days, from a moment on and before another', () => {
    const departures = departuresBetween(
      table(run('07:30'), run('18:00', [1, 2, 3, 4, 5, 6])),
      at('2026-11-21T07:30:00+02:00'),
      at('2026-11-23T07:30:00+02:00'),
      'Africa/Kigali',
    )
    const expected = [
      ['a-b-20261121-0730', at('2026-11-21T07:30:00+02:00')],
      ['a-b-20261121-1800', at('2026-11-21T18:00:00+02:00')],
      ['a-b-20261122-0730', at('2026-11-22T07:30:00+02:00')],
    ] as const
    assert.deepEqual(
      departures,
      expected.map(([id, leavesAt]) => ({ id, route: 'a-b', leavesAt, ...bus })),
    )
  })

  it('keeps its clock where clocks are changed', () => {
    const leaves = (from: string, until: string, time: string) =>
      departuresBetween(table(run(time)), at(from), at(until), PARIS).map(({ leavesAt }) =>
        new Date(leavesAt).toISOString().slice(0, 16),
      )
    assert.deepEqual(leaves('2026-03-28T00:00:00Z', '2026-03-31T00:00:00Z', '07:30'), [
      '2026-03-28T06:30',
      '2026-03-29T05:30',
      '2026-03-30T05:30',
    ])
    // Left out on the 29th: an hour of the clock later.
    assert.deepEqual(leaves('2026-03-28T00:00:00Z', '2026-03-31T00:00:00Z', '02:30'), [
      '2026-03-28T01:30',
      '2026-03-29T01:30',
      '2026-03-30T00:30',
    ])
    // Shown twice on the 25th: the first.
    assert.deepEqual(leaves('2026-10-24T00:00:00Z', '2026-10-26T12:00:00Z', '02:30'), [
      '2026-10-24T00:30',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ])
  })

  it('has one bus a day for each time, also when clocks are changed', () => {
    for (const zone of ['Africa/Algiers', PARIS, 'America/New_York'])
      for (const time of ['00:00', '01:30', '02:30', '03:00', '23:59']) {
        const begin = at('2026-01-01T12:00:00Z')
        const ids = departuresBetween(table(run(time)), begin, begin + 390 * DAY_MS, zone).map(({ id }) => id)
        assert.equal(ids.length, 390, `${time} ${zone}`)
        assert.equal(new Set(ids).size, 390)
      }
  })

  it('is the same in one piece as in many, so that seeding again adds only what is missing', () => {
    const runs = table(run('00:00'), run('02:30', [6, 7]), run('12:15', [1, 3, 5]), run('23:59'))
    const begin = at('2026-03-20T00:00:00Z')
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 * DAY_MS }), { maxLength: 4 }), (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), 20 * DAY_MS].map((ms) => begin + ms)
        const pieces = edges
          .slice(1)
          .flatMap((until, n) => departuresBetween(runs, edges[n] ?? begin, until, PARIS))
        assert.deepEqual(pieces, departuresBetween(runs, begin, begin + 20 * DAY_MS, PARIS))
      }),
      { numRuns: 25 },
    )
  })

  it('has times and zones that there are', () => {
    for (const time of ['24:00', '7:30', '07:60', 'noon', ''])
      assert.throws(() => departuresBetween(table(run(time)), 0, DAY_MS, PARIS), RangeError)
    assert.throws(() => departuresBetween(table(run('07:30')), 0, DAY_MS, 'Africa/Nowhere'), RangeError)
    assert.throws(() => departuresBetween(table(run('07:30')), 0, 500 * DAY_MS, PARIS), RangeError)
  })
})
