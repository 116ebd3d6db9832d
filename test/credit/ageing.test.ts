import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  type Age,
  addAgeing,
  ageingOf,
  ageOf,
  numberOf,
  partsOf,
  totalMinor,
} from '../../src/core/pay/credit.ts'
import { ageingCsv } from '../../src/integrations/settlement/csv.ts'

const DAY_MS = 24 * 3_600_000
const NOW = Date.parse('2026-11-21T15:00:00Z')

/** Days since it was due, and what that is called. */
const TABLE: readonly (readonly [days: number, Age])[] = [
  [-400, 'current'],
  [-1, 'current'],
  [-0.001, 'current'],
  [0, '1-30'],
  [0.5, '1-30'],
  [29.999, '1-30'],
  [30, '31-60'],
  [59.999, '31-60'],
  [60, '61-90'],
  [89.999, '61-90'],
  [90, 'over 90'],
  [4_000, 'over 90'],
]

const open = fc.record({
  number: fc.constant('2026-000001'),
  dueAt: fc.integer({ min: NOW - 200 * DAY_MS, max: NOW + 200 * DAY_MS }),
  openMinor: fc.integer({ min: 1, max: 10 ** 9 }),
})

describe('the age of what is owed', () => {
  for (const [days, age] of TABLE)
    it(`${days} days past due is ${age}`, () => assert.equal(ageOf(NOW - days * DAY_MS, NOW), age))

  it('sums every invoice once, by account and over all', () => {
    fc.assert(
      fc.property(fc.array(open), fc.array(open), (ours, theirs) => {
        const [one, other] = [ageingOf(ours, NOW), ageingOf(theirs, NOW)]
        const sum = ours.reduce((total, { openMinor }) => total + openMinor, 0)
        assert.equal(totalMinor(one), sum)
        assert.deepEqual(addAgeing(one, other), ageingOf([...ours, ...theirs], NOW))
      }),
    )
  })

  it('is a table for spreadsheets', () => {
    const ageing = ageingOf(
      [
        { number: '2026-000001', dueAt: NOW + DAY_MS, openMinor: 1_620 },
        { number: '2026-000002', dueAt: NOW - 45 * DAY_MS, openMinor: 500 },
      ],
      NOW,
    )
    const csv = ageingCsv([{ account: 'ca_1', phone: '+25078•••001', currency: 'RWF', ageing }])
    assert.equal(
      csv,
      'account,phone,currency,current,1-30,31-60,61-90,over 90,total\n' +
        'ca_1,+25078•••001,RWF,1620,0,500,0,0,2120\n',
    )
  })
})

describe('the number of an invoice', () => {
  it('is read as it was written', () => {
    assert.equal(numberOf(2026, 123), '2026-000123')
    for (const [year, no] of [
      [2026, 1],
      [2027, 999_999],
      [2027, 1_000_000],
    ] as const)
      assert.deepEqual(partsOf(numberOf(year, no)), { year, no })
  })

  for (const text of ['', '123', '2026-123', '26-000123', '2026-000123x', '2026-00012 3'])
    it(`is not "${text}"`, () => assert.equal(partsOf(text), undefined))
})
