import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  allocate,
  type Currency,
  convert,
  isCurrency,
  type Money,
  type Rounding,
  share,
} from '../../src/core/base/money.ts'

const rwf = (amountMinor: number): Money => ({ amountMinor, currency: 'RWF' })
const minors = (parts: readonly Money[]) => parts.map(({ amountMinor }) => amountMinor)
const total = (parts: readonly number[]) => parts.reduce((sum, part) => sum + BigInt(part), 0n)

const amount = fc.oneof(fc.integer(), fc.maxSafeInteger())
const weights = fc
  .array(fc.oneof(fc.nat(), fc.nat({ max: Number.MAX_SAFE_INTEGER })), { minLength: 1, maxLength: 12 })
  .filter((all) => all.some((one) => one > 0))
const roundings = ['down', 'up', 'half_up', 'half_even'] as const
const rounding = fc.constantFrom<Rounding>(...roundings)

describe('money is split', () => {
  const table: readonly [number, number[], number[]][] = [
    [100, [1, 1, 1], [34, 33, 33]],
    [5, [1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 0, 0]],
    [1_150, [82, 15, 3], [943, 173, 34]],
    [10, [0, 1], [0, 10]],
    [0, [3, 4], [0, 0]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [Number.MAX_SAFE_INTEGER, [1, Number.MAX_SAFE_INTEGER], [1, Number.MAX_SAFE_INTEGER - 1]],
  ]
  for (const [whole, by, parts] of table)
    it(`${whole} by ${by} is ${parts}`, () => assert.deepEqual(minors(allocate(rwf(whole), by)), parts))

  it('into parts that sum to the whole, none a unit off its due', () => {
    fc.assert(
      fc.property(amount, weights, (whole, by) => {
        const parts = minors(allocate(rwf(whole), by))
        assert.equal(total(parts), BigInt(whole))
        const all = total(by)
        for (const [n, part] of parts.entries()) {
          const off = BigInt(part) * all - BigInt(whole) * BigInt(by[n] ?? 0)
          assert.ok((off < 0n ? -off : off) < all, `${part} of ${whole} by ${by[n]}`)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('the same way by the same proportion, with nothing for a weight of nought', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.nat({ max: 1_000 }), { minLength: 2 }), (whole, by) => {
        fc.pre(by.some((one) => one > 0))
        const parts = minors(allocate(rwf(whole), by))
        assert.deepEqual(
          minors(
            allocate(
              rwf(whole),
              by.map((one) => one * 7),
            ),
          ),
          parts,
        )
        for (const [n, part] of parts.entries()) if (by[n] === 0) assert.equal(part, 0)
      }),
    )
  })

  for (const [why, by] of [
    ['nobody', []],
    ['nobody by weight', [0, 0]],
    ['a negative weight', [1, -1]],
    ['a broken weight', [0.5, 0.5]],
    ['no number', [Number.NaN]],
    ['a weight past 2^53', [2 ** 53]],
  ] as const)
    it(`not for ${why}`, () => assert.throws(() => allocate(rwf(100), by), RangeError))
})

describe('a share', () => {
  const table: readonly [number, number, Record<Rounding, number>][] = [
    [1_000, 1_800, { down: 180, up: 180, half_up: 180, half_even: 180 }],
    [1_150, 1_500, { down: 172, up: 173, half_up: 173, half_even: 172 }],
    [1_170, 1_500, { down: 175, up: 176, half_up: 176, half_even: 176 }],
    [-1_150, 1_500, { down: -172, up: -173, half_up: -173, half_even: -172 }],
    [1, 1, { down: 0, up: 1, half_up: 0, half_even: 0 }],
    [-1, 1, { down: 0, up: -1, half_up: 0, half_even: 0 }],
    [0, 10_000, { down: 0, up: 0, half_up: 0, half_even: 0 }],
  ]
  for (const [whole, points, outcomes] of table)
    it(`of ${whole} at ${points} points`, () => {
      for (const how of roundings)
        assert.equal(share(rwf(whole), points, how).amountMinor, outcomes[how], how)
    })

  it('is all at 10,000 points and nothing at none, and a discount leaves the rest', () => {
    fc.assert(
      fc.property(amount, fc.nat({ max: 10_000 }), rounding, (whole, points, how) => {
        assert.deepEqual(share(rwf(whole), 10_000, how), rwf(whole))
        assert.equal(share(rwf(whole), 0, how).amountMinor, 0)
        const part = share(rwf(whole), points, how).amountMinor
        const size = Math.abs(whole)
        assert.ok(Math.abs(part) <= size && (part === 0 || Math.sign(part) === Math.sign(whole)))
      }),
    )
  })

  for (const [why, money, points] of [
    ['a broken amount', rwf(0.1), 100],
    ['negative points', rwf(100), -1],
    ['broken points', rwf(100), 12.5],
    ['an outcome past 2^53', rwf(Number.MAX_SAFE_INTEGER), 10_001],
  ] as const)
    it(`is refused of ${why}`, () => assert.throws(() => share(money, points, 'down'), RangeError))
})

describe('money is changed', () => {
  const table: readonly [Money, { of: number; per: number }, Currency, Rounding, number][] = [
    [{ amountMinor: 100, currency: 'EUR' }, { of: 145_025, per: 100 }, 'RWF', 'half_even', 1_450],
    [{ amountMinor: 1_450, currency: 'RWF' }, { of: 100, per: 145_025 }, 'EUR', 'half_even', 100],
    [{ amountMinor: 1, currency: 'RWF' }, { of: 1, per: 10 }, 'KES', 'down', 10],
    [{ amountMinor: 250, currency: 'USD' }, { of: 1, per: 1 }, 'UGX', 'half_even', 2],
    [{ amountMinor: 250, currency: 'USD' }, { of: 1, per: 1 }, 'UGX', 'up', 3],
    [{ amountMinor: -250, currency: 'USD' }, { of: 1, per: 1 }, 'UGX', 'half_up', -3],
    [{ amountMinor: 123, currency: 'GHS' }, { of: 1, per: 1 }, 'GHS', 'down', 123],
  ]
  for (const [money, rate, into, how, out] of table)
    it(`${money.amountMinor} ${money.currency} at ${rate.of}/${rate.per} is ${out} ${into}, ${how}`, () =>
      assert.deepEqual(convert(money, rate, into, how), { amountMinor: out, currency: into }))

  for (const [why, rate] of [
    ['a rate of nought', { of: 0, per: 1 }],
    ['a rate by nought', { of: 1, per: 0 }],
    ['a negative rate', { of: -1, per: 1 }],
    ['a broken rate', { of: 1.5, per: 1 }],
    ['an outcome past 2^53', { of: Number.MAX_SAFE_INTEGER, per: 1 }],
  ] as const)
    it(`not at ${why}`, () => assert.throws(() => convert(rwf(100), rate, 'EUR', 'down'), RangeError))
})

/** Small, quick and always the same; its numbers are only examples. */
function dice(seed: number) {
  let state = seed
  return (most: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * (most + 1))
  }
}

it('a million splits, discounts and conversions lose and make no unit', function () {
  this.timeout(60_000)
  const roll = dice(20_260_302)
  const currencies = ['RWF', 'KES', 'EUR', 'XOF', 'TZS', 'DZD'].filter(isCurrency)
  const somewhere = (): Currency => currencies[roll(currencies.length - 1)] ?? 'RWF'
  let lost = 0
  for (let n = 0; n < 1_000_000; n += 1) {
    const money: Money = { amountMinor: roll(n % 2 === 0 ? 5_000 : 2_000_000_000), currency: somewhere() }
    if (n % 3 === 0) {
      const by = Array.from({ length: 2 + roll(3) }, () => 1 + roll(100))
      const sum = allocate(money, by).reduce((so, { amountMinor }) => so + amountMinor, 0)
      if (sum !== money.amountMinor) lost += 1
    } else if (n % 3 === 1) {
      const points = roll(10_000)
      const off = share(money, points, 'half_up').amountMinor
      const exact = BigInt(money.amountMinor) * BigInt(points)
      const error = 2n * (BigInt(off) * 10_000n - exact)
      if (error > 10_000n || error <= -10_000n) lost += 1
    } else {
      const rate = { of: 1 + roll(2_000), per: 1 + roll(1_000) }
      const into = somewhere()
      const [there, less] = [convert(money, rate, into, 'down'), convert(money, rate, into, 'up')]
      const back = convert(there, { of: rate.per, per: rate.of }, money.currency, 'down')
      if (back.amountMinor > money.amountMinor || less.amountMinor - there.amountMinor > 1) lost += 1
    }
  }
  assert.equal(lost, 0)
})
