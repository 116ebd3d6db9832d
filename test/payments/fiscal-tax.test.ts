import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type FiscalReceipt, TAX_CLASSES, type TaxLaw } from '../../src/core/pay/fiscal.ts'
import { instantOf, stampOf } from '../../src/core/pay/stamp.ts'
import { isCovered, type Part, refundOf, saleOf, taxIn } from '../../src/core/pay/tax.ts'
import { LAW, NOW, refund, sale } from './fiscal-till.ts'

const amounts = fc.integer({ min: 1, max: 10 ** 9 })
const rates = fc.integer({ min: 0, max: 10_000 })
const SERVICES = ['s0', 's1', 's2', 's3', 's4', 's5']

/** Services over all classes, with any rates. */
const laws = fc
  .tuple(
    rates,
    rates,
    rates,
    rates,
    fc.array(fc.constantFrom(...TAX_CLASSES), { minLength: 6, maxLength: 6 }),
  )
  .map(([A, B, C, D, classes]): TaxLaw => {
    const services = SERVICES.map(
      (service, index) =>
        [service, { name: service, itemCode: 'x', itemClass: 'y', taxClass: classes[index] ?? 'A' }] as const,
    )
    return { ratesBp: { A, B, C, D }, services: new Map(services) }
  })
const parts = fc
  .dictionary(fc.constantFrom(...SERVICES), amounts, { minKeys: 1 })
  .map((sold): Part[] => Object.entries(sold).map(([service, amountMinor]) => ({ service, amountMinor })))
const sales = fc
  .tuple(laws, parts)
  .map(([law, sold]) => saleOf(law, { id: 'fr_1', at: NOW, method: 'cash', parts: sold }))

const total = (items: readonly number[]) => items.reduce((sum, item) => sum + item, 0)

function assertAddsUp(receipt: FiscalReceipt): void {
  for (const taxClass of TAX_CLASSES) {
    const own = receipt.lines.filter((line) => line.taxClass === taxClass)
    assert.equal(receipt.classes[taxClass].amountMinor, total(own.map((line) => line.amountMinor)))
    assert.equal(receipt.classes[taxClass].taxHundredths, total(own.map((line) => line.taxHundredths)))
  }
  const classes = Object.values(receipt.classes)
  assert.equal(receipt.amountMinor, total(classes.map((one) => one.amountMinor)))
  assert.equal(receipt.taxHundredths, total(classes.map((one) => one.taxHundredths)))
}

describe('tax', () => {
  for (const [amountMinor, taxHundredths] of [
    [200_000, 3_050_847],
    [60_000, 915_254],
    [168_000, 2_562_712],
    [1_000, 15_254],
    [118, 1_800],
    [0, 0],
  ] as const)
    it(`in ${amountMinor} at 18 % is ${taxHundredths} hundredths`, () =>
      assert.equal(taxIn(amountMinor, 1800), taxHundredths))

  it('is half up: as near as it can be, and the larger of two as near', () => {
    fc.assert(
      fc.property(amounts, rates, (amount, rate) => {
        const [exact, whole] = [BigInt(amount) * 100n * BigInt(rate), BigInt(10_000 + rate)]
        const off = exact - BigInt(taxIn(amount, rate)) * whole
        assert.ok(-whole < 2n * off + 1n && 2n * off < whole, `${off} of ${whole}`)
      }),
    )
  })

  it('is rounded up at the very half', () => assert.equal(taxIn(1, 6_000), 38))

  it('never falls when the amount or the rate rises, nor reaches the amount', () => {
    fc.assert(
      fc.property(amounts, rates, (amount, rate) => {
        assert.ok(taxIn(amount + 1, rate) >= taxIn(amount, rate))
        assert.ok(taxIn(amount, rate + 1) >= taxIn(amount, rate))
        assert.ok(taxIn(amount, rate) < amount * 100)
      }),
    )
  })
})

describe('a receipt', () => {
  it('adds up to the hundredth, by class and in all', () => {
    fc.assert(fc.property(sales, assertAddsUp))
  })

  it('of a whole refund has its sale’s figures', () => {
    fc.assert(
      fc.property(sales, (sold) => {
        const back = refundOf(sold, { id: 'fr_2', at: NOW })
        assert.deepEqual(
          [back.classes, back.amountMinor, back.lines],
          [sold.classes, sold.amountMinor, sold.lines],
        )
        assert.deepEqual([back.kind, back.of, back.reason], ['refund', sold.id, 'refund'])
        assert.equal(isCovered(sold, [back]), true)
        assert.equal(isCovered(sold, [back, back]), false)
      }),
    )
  })

  it('of a part adds up too, and two parts of a line cover it', () => {
    fc.assert(
      fc.property(sales, fc.nat(), (sold, seed) => {
        const [line] = sold.lines
        assert.ok(line)
        fc.pre(line.amountMinor > 1)
        const first = 1 + (seed % (line.amountMinor - 1))
        const of = (amountMinor: number) =>
          refundOf(sold, { id: 'fr_2', at: NOW, parts: [{ service: line.service, amountMinor }] })
        const [one, other] = [of(first), of(line.amountMinor - first)]
        assertAddsUp(one)
        assert.equal(isCovered(sold, [one, other]), true)
        assert.equal(isCovered(sold, [one, other, of(1)]), false)
        // Each part is rounded for itself: a hundredth may lie between them.
        assert.ok(Math.abs(one.taxHundredths + other.taxHundredths - line.taxHundredths) <= 1)
      }),
    )
  })

  it('of a refund keeps the law of its sale', () => {
    const sold = sale()
    const back = refund(sold, { at: NOW + 10 ** 10, parts: [{ service: 'fee', amountMinor: 500 }] })
    assert.deepEqual(back.classes.B, { rateBp: 1800, amountMinor: 500, taxHundredths: 7_627 })
  })

  it('is not made of what the law does not know, of nothing, of less than nothing, of one thing twice', () => {
    for (const bad of [
      [{ service: 'flight', amountMinor: 5 }],
      [],
      [{ service: 'ride', amountMinor: 0 }],
      [{ service: 'ride', amountMinor: -5 }],
      [{ service: 'ride', amountMinor: 1.5 }],
      [
        { service: 'ride', amountMinor: 5 },
        { service: 'ride', amountMinor: 5 },
      ],
    ])
      assert.throws(() => saleOf(LAW, { id: 'x', at: NOW, method: 'cash', parts: bad }), JSON.stringify(bad))
  })

  it('of a refund is not made of more, of something else, or of a refund', () => {
    const sold = sale()
    assert.throws(() => refund(sold, { parts: [{ service: 'fee', amountMinor: 1001 }] }))
    assert.throws(() => refund(sold, { parts: [{ service: 'seat', amountMinor: 1 }] }))
    assert.throws(() => refund(refund(sold)))
  })
})

describe('a stamp', () => {
  it('is Kigali’s time', () => assert.equal(stampOf(NOW), '20260407040000'))

  it('is read back to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (second) =>
        assert.equal(instantOf(stampOf(second * 1000)), second * 1000),
      ),
    )
  })

  for (const bad of [
    '',
    '2026',
    '20260231040000',
    '20261301000000',
    '20260407250000',
    '20260407040000Z',
    'x'.repeat(14),
  ])
    it(`is not ${bad || 'nothing'}`, () => assert.equal(instantOf(bad), undefined))
})
