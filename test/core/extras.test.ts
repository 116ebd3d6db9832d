import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Extras, extrasPrice, NO_EXTRAS, seatsMeant } from '../../src/core/sell/extras.ts'
import { busMarkets } from '../../src/demo/buses.ts'
import { bus } from '../../src/flows/lines/bus.ts'
import { extras, extrasApart, extrasIn, tellExtras, withExtras } from '../../src/flows/lines/bus-extras.ts'
import { phone } from '../channels/hosting.ts'

const RULES = busMarkets.RW.rules.extras ?? assert.fail('nothing is sold besides seats')
const OWNER = phone('+250788000001')

/** What is meant by a text, and what else it says. */
const TEXTS: readonly (readonly [text: string, extra: Partial<Extras>, rest: string])[] = [
  ['Kigali to Huye tomorrow 2 BAGS', { bags: 2 }, 'Kigali to Huye tomorrow'],
  [
    'Kigali to Huye tomorrow 07:30 window insured',
    { choice: 'window', isInsured: true },
    'Kigali to Huye tomorrow 07:30',
  ],
  ['Kigali to Huye 25/12 bag seat 12 13:00', { bags: 1, choice: [12] }, 'Kigali to Huye 25/12 13:00'],
  ['Kigali to Huye S12 S13', { choice: [12, 13] }, 'Kigali to Huye'],
  ['Kigali to Huye seats 12, 13', { choice: [12, 13] }, 'Kigali to Huye'],
  ['Kigali kugera Huye ejo imifuka 2 ubwishingizi', { bags: 2, isInsured: true }, 'Kigali kugera Huye ejo'],
  ['Kigali à Huye demain 1 bagage couloir', { bags: 1, choice: 'aisle' }, 'Kigali à Huye demain'],
  [
    'Kigali hadi Huye kesho mabegi 3 bima kiti 4',
    { bags: 3, choice: [4], isInsured: true },
    'Kigali hadi Huye kesho',
  ],
  ['الجزائر إلى وهران غدا 2 حقائب نافذة', { bags: 2, choice: 'window' }, 'الجزائر إلى وهران غدا'],
  ['Kigali to Huye 2 seats', {}, 'Kigali to Huye 2 seats'],
  ['Kigali to Huye 25/12', {}, 'Kigali to Huye 25/12'],
]

const some: fc.Arbitrary<Extras> = fc.record({
  bags: fc.integer({ min: 0, max: 12 }),
  isInsured: fc.boolean(),
  choice: fc.oneof(
    fc.constantFrom('window' as const, 'aisle' as const, null),
    fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 }),
  ),
})

describe('what goes along with a seat', () => {
  for (const [text, extra, rest] of TEXTS)
    it(`is read in: ${text}`, () => {
      const apart = extrasApart(text)
      const said = [{ field: 'extra', value: apart.extra, label: '' }]
      assert.deepEqual({ ...extrasIn(said), rest: apart.rest }, { ...NO_EXTRAS, ...extra, rest })
    })

  it('leaves the day and the towns of a text what they are', () => {
    const plain = bus.read('Kigali to Huye tomorrow 07:30')
    const more = bus.read('Kigali to Huye 2 bags tomorrow 07:30 insured')
    assert.deepEqual(
      more.filter(({ field }) => field !== 'extra'),
      plain,
    )
  })

  it('is the same once it was told and read again, whatever it is', () => {
    fc.assert(
      fc.property(some, (one) => {
        const along = { ...one }
        const result = extras.parse(tellExtras(along), [], [], OWNER)
        if (result.kind !== 'ok') return assert.deepEqual(along, NO_EXTRAS)
        assert.deepEqual(extrasIn([{ field: 'extra', value: result.value, label: '' }]), along)
        assert.deepEqual(extrasIn(withExtras([], along)), along)
      }),
    )
  })

  it('is a seat where only its number is typed, and nothing where it is no such thing', () => {
    const read = (text: string) => extras.parse(text, [], [], OWNER)
    assert.deepEqual(read('12'), { kind: 'ok', value: 'S12', label: 'S12' })
    assert.equal(read('a goat').kind, 'wrong')
  })

  it('costs what the rules say, each in a line of its own', () => {
    const along: Extras = { bags: 3, isInsured: true, choice: 'window' }
    assert.deepEqual(extrasPrice(along, RULES, 2), [
      { what: 'bags', amountMinor: 1_500 },
      { what: 'cover', amountMinor: 600 },
      { what: 'choice', amountMinor: 400 },
    ])
    assert.deepEqual(extrasPrice(NO_EXTRAS, undefined, 2), [])
  })

  it('is not sold where a route does not, nor more bags than fit, nor seats for others', () => {
    assert.equal(extrasPrice({ ...NO_EXTRAS, bags: 1 }, undefined, 1), null)
    assert.equal(extrasPrice({ ...NO_EXTRAS, bags: 5 }, RULES, 2), null)
    assert.equal(extrasPrice({ ...NO_EXTRAS, choice: [4] }, RULES, 2), null)
  })

  it('is a seat by the window at both ends of a row, and at the ends of the bench behind', () => {
    assert.deepEqual(seatsMeant('window', 9), [1, 4, 5, 9])
    assert.deepEqual(seatsMeant('aisle', 9), [2, 3])
    assert.deepEqual(seatsMeant('window', 8), [1, 4, 5, 8])
    assert.deepEqual(seatsMeant([3, 30], 29), [3])
  })
})
