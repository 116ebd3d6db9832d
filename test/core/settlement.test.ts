import assert from 'node:assert/strict'
import fc from 'fast-check'
import { lastWeek, weekOf } from '../../src/core/base/calendar.ts'
import { dueMinor, type Movement, statementOf } from '../../src/core/pay/settlement.ts'

const at = (text: string) => Date.parse(text)

describe('a week', () => {
  it('begins and ends where the operator is', () => {
    const week = weekOf('2026-W47', 'Africa/Kigali')
    assert.deepEqual(week, {
      name: '2026-W47',
      from: at('2026-11-16T00:00:00+02:00'),
      until: at('2026-11-23T00:00:00+02:00'),
    })
  })

  it('is an hour longer or shorter where clocks are changed', () => {
    const hours = (name: string) => {
      const { from, until } = weekOf(name, 'Europe/Paris')
      return (until - from) / 3_600_000
    }
    assert.deepEqual(['2026-W12', '2026-W13', '2026-W43'].map(hours), [168, 167, 169])
  })

  it('that was over last is the one before this one', () => {
    const name = (now: string) => lastWeek(at(now), 'Africa/Kigali').name
    assert.equal(name('2026-11-21T12:00:00Z'), '2026-W46')
    assert.equal(name('2026-11-22T21:59:59Z'), '2026-W46')
    assert.equal(name('2026-11-22T22:00:00Z'), '2026-W47')
    assert.equal(name('2027-01-04T12:00:00Z'), '2026-W53')
  })

  for (const name of ['2026-W54', '2025-W53', '2026-47', '2026-W4', '2026-11-16', 'now', ''])
    it(`is not "${name}"`, () => assert.throws(() => weekOf(name, 'Africa/Kigali'), RangeError))

  it('has a zone that there is', () => {
    assert.throws(() => weekOf('2026-W47', 'Africa/Nowhere'), RangeError)
    assert.throws(() => lastWeek(0, 'Africa/Nowhere'), RangeError)
  })
})

describe('a statement', () => {
  const week = { name: '2026-W47', from: 100, until: 200 }
  const movement = fc.record({
    at: fc.integer({ min: 100, max: 300 }),
    kind: fc.constantFrom('earned', 'commission', 'paid out'),
    source: fc.string(),
    amountMinor: fc.integer({ min: -1_000_000, max: 1_000_000 }),
  })
  const of = (owedMinor: number, since: readonly Movement[]) =>
    statementOf({ account: 'driver:dr_1', currency: 'RWF', week }, owedMinor, since)
  const sum = (movements: readonly Movement[]) =>
    movements.reduce((total, { amountMinor }) => total + amountMinor, 0)

  it('leads from the opening to the closing, and from there to what is owed now', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(movement), (openingMinor, since) => {
        const statement = of(openingMinor + sum(since), since)
        assert.equal(statement.openingMinor, openingMinor)
        assert.equal(statement.closingMinor, openingMinor + sum(statement.movements))
        assert.ok(statement.movements.every((one) => one.at >= week.from && one.at < week.until))
      }),
    )
  })

  it('pays out what was owed at its end, less what has gone or is on its way since', () => {
    const earned = (when: number, amountMinor: number) => ({
      at: when,
      kind: 'earned',
      source: 'bk',
      amountMinor,
    })
    const due = (since: readonly Movement[], asideMinor = 0) =>
      dueMinor(of(sum(since), since), sum(since), asideMinor)
    assert.equal(due([earned(150, 900)]), 900)
    assert.equal(due([earned(150, 900), earned(250, 400)]), 900)
    assert.equal(due([earned(150, 900), earned(250, -500)]), 400)
    assert.equal(due([earned(150, 900), earned(250, 400)], 1_000), 300)
    assert.equal(due([earned(150, 900)], 900), 0)
    assert.equal(due([earned(150, -89)]), 0)
  })
})
