import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Currency, formatMoney } from '../../src/core/base/money.ts'
import type * as bids from '../../src/core/sell/bids.ts'
import { type Bid, MOST_BIDS } from '../../src/core/sell/bids.ts'
import { phone } from '../channels/hosting.ts'

export type Board = Pick<typeof bids, 'placed' | 'standing' | 'readAmount'>

const LAST = 1_000
/** Offers one after the other, of more carriers than are kept, some of them for a short time. */
const offers: fc.Arbitrary<Bid[]> = fc
  .array(
    fc.record({
      partner: fc.nat({ max: MOST_BIDS + 8 }),
      amountMinor: fc.integer({ min: 1, max: 40 }),
      stars: fc.option(fc.integer({ min: 10, max: 50 })),
      forMs: fc.nat({ max: LAST }),
    }),
    { maxLength: 60, size: 'max' },
  )
  .map((all) =>
    all.map(({ partner, amountMinor, stars, forMs }, n) => ({
      ...{ partner: `pt_${partner}`, name: '', phone: phone('+250788000001'), vehicle: '', plate: '' },
      ...{ stars, amountMinor, madeAt: n * 10, validUntil: n * 10 + forMs },
    })),
  )

const isBetter = (a: Bid, b: Bid): boolean =>
  a.amountMinor < b.amountMinor ||
  (a.amountMinor === b.amountMinor && (a.stars ?? 30) > (b.stars ?? 30)) ||
  (a.amountMinor === b.amountMinor && (a.stars ?? 30) === (b.stars ?? 30) && a.madeAt <= b.madeAt)

/** What is kept is the last word of each, still stands, the best first; and what goes is worse than all that is kept. */
function keeps({ placed }: Board, all: readonly Bid[]): void {
  all.reduce<readonly Bid[]>((before, bid) => {
    const kept = placed(before, bid)
    assert.ok(kept.length <= MOST_BIDS, 'too many are kept')
    assert.equal(new Set(kept.map(({ partner }) => partner)).size, kept.length, 'a carrier asks two prices')
    for (const [n, one] of kept.entries()) {
      assert.ok(one.validUntil >= bid.madeAt, 'one is kept that has passed')
      const was = kept[n - 1]
      assert.ok(!was || isBetter(was, one), 'a better one stands behind')
    }
    const could = [
      ...before.filter((one) => one.partner !== bid.partner && one.validUntil >= bid.madeAt),
      bid,
    ]
    assert.ok(
      kept.every((one) => could.includes(one)),
      'one is kept that nobody made',
    )
    for (const gone of could.filter((one) => !kept.includes(one))) {
      assert.equal(kept.length, MOST_BIDS, 'one goes though there is room')
      assert.ok(
        kept.every((one) => isBetter(one, gone)),
        'a better one goes',
      )
    }
    return kept
  }, [])
}

/** At any moment, the last of each above all, those stand whose time has not passed, and no others. */
function stands({ standing }: Board, all: readonly Bid[]): void {
  for (const at of all.flatMap(({ validUntil }) => [validUntil, validUntil + 1])) {
    const expected = all.filter(({ validUntil }) => validUntil >= at)
    assert.deepEqual(new Set(standing(all, at)), new Set(expected), 'what stands is another')
  }
}

const currency = fc.constantFrom<Currency>('RWF', 'PKR', 'NGN', 'DZD', 'KES')
const EXPONENT: Readonly<Partial<Record<Currency, number>>> = { RWF: 0 }
const minorOf = (units: number, of: Currency): number => units * 10 ** (EXPONENT[of] ?? 2)
const grouped = (units: number, by: string): string => String(units).replace(/\B(?=(\d{3})+(?!\d))/g, by)

/** However people write an amount, it is that amount; in other money it is none. */
function reads({ readAmount }: Board, units: number, of: Currency, other: Currency): void {
  const amountMinor = minorOf(units, of)
  const written = [
    ...['', ',', ' ', '.', "'"].map((by) => grouped(units, by)),
    ...[`${of} ${units}`, `${of.toLowerCase()}${units}`, formatMoney({ amountMinor, currency: of })],
  ]
  for (const text of written) assert.equal(readAmount(text, of), amountMinor, text)
  if (other !== of) assert.equal(readAmount(`${other} ${units}`, of), undefined, 'other money')
  for (const text of [`0${units}`, `-${units}`, `${units},5`, `${units}/2`, `about ${units}`])
    assert.equal(readAmount(text, of), undefined, `a guess: ${text}`)
}

/** Whatever is typed: an amount in whole units, or none. */
function guesses({ readAmount }: Board, text: string, of: Currency): void {
  const found = readAmount(text, of)
  if (found === undefined) return
  const digits = text.replace(/\.00$/, '').replace(/\D/g, '')
  assert.equal(found, minorOf(Number(digits), of), `a guess: ${text}`)
  assert.ok(found > 0)
}

/** @param endOnFailure what is wrong is enough, and need not be made small to be read */
const runs = (endOnFailure: boolean) => ({ numRuns: 300, includeErrorInReport: true, endOnFailure })
const units = fc.integer({ min: 1, max: 999_999_999 })
export const laws = {
  keeps: (is: Board, endOnFailure = false) =>
    fc.assert(
      fc.property(offers, (all) => keeps(is, all)),
      runs(endOnFailure),
    ),
  stands: (is: Board, endOnFailure = false) =>
    fc.assert(
      fc.property(offers, (all) => stands(is, all)),
      { ...runs(endOnFailure), numRuns: 50 },
    ),
  reads: (is: Board, endOnFailure = false) =>
    fc.assert(
      fc.property(units, currency, currency, (...of) => reads(is, ...of)),
      runs(endOnFailure),
    ),
  guesses: (is: Board, endOnFailure = false) =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789 ,.RWF-') }), currency, (...of) =>
        guesses(is, ...of),
      ),
      runs(endOnFailure),
    ),
}
