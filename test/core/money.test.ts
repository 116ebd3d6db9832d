import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  type Currency,
  formatMoney,
  fromDecimal,
  isCurrency,
  type Money,
  toDecimal,
} from '../../src/core/base/money.ts'

const DIGITS: Readonly<Record<Currency, number>> = {
  RWF: 0,
  BIF: 0,
  GNF: 0,
  UGX: 0,
  XAF: 0,
  XOF: 0,
  CDF: 2,
  DZD: 2,
  ETB: 2,
  EUR: 2,
  GHS: 2,
  KES: 2,
  MWK: 2,
  MZN: 2,
  NGN: 2,
  PKR: 2,
  TZS: 2,
  USD: 2,
  ZAR: 2,
  ZMW: 2,
}
const currencies = Object.keys(DIGITS).filter(isCurrency)
const MOST_WHOLE = 10 ** 12 - 1

describe('money', () => {
  it('knows its currencies and nothing else', () => {
    assert.equal(currencies.length, 20)
    for (const text of ['XAU', 'rwf', '', 'toString', '__proto__', 'RWF '])
      assert.equal(isCurrency(text), false, text)
  })

  const amounts = fc
    .constantFrom(...currencies)
    .chain((currency) =>
      fc
        .nat({ max: (MOST_WHOLE + 1) * 10 ** DIGITS[currency] - 1 })
        .map((amountMinor): Money => ({ amountMinor, currency })),
    )

  it('comes back from its decimal to the unit, in every currency', () => {
    fc.assert(
      fc.property(amounts, (money) => {
        assert.deepEqual(fromDecimal(toDecimal(money), money.currency), money)
        assert.ok(Number.isSafeInteger(money.amountMinor))
        assert.equal(toDecimal(money).split('.')[1]?.length ?? 0, DIGITS[money.currency])
      }),
      { numRuns: 10_000 },
    )
  })

  it('is read whether or not the noughts behind the point are written', () => {
    fc.assert(
      fc.property(amounts, fc.nat({ max: 4 }), (money, noughts) => {
        const text = toDecimal(money)
        const padded = `${text}${text.includes('.') ? '' : '.0'}${'0'.repeat(noughts)}`
        assert.deepEqual(fromDecimal(padded, money.currency), money)
      }),
    )
  })

  it('is shown in thousands, and nothing is lost in the showing', () => {
    fc.assert(
      fc.property(amounts, (money) => {
        const shown = formatMoney(money)
        assert.match(shown, /^[A-Z]{3} \d{1,3}(,\d{3})*(\.\d\d)?$/)
        assert.equal(shown.replaceAll(',', ''), `${money.currency} ${toDecimal(money)}`)
      }),
    )
  })

  const shown: readonly [number, Currency, string][] = [
    [1150, 'RWF', 'RWF 1,150'],
    [1150, 'KES', 'KES 11.50'],
    [5, 'KES', 'KES 0.05'],
    [0, 'EUR', 'EUR 0.00'],
    [0, 'UGX', 'UGX 0'],
    [123_456_789, 'NGN', 'NGN 1,234,567.89'],
    [-115_000, 'RWF', 'RWF -115,000'],
    [-5, 'GHS', 'GHS -0.05'],
  ]
  for (const [amountMinor, currency, text] of shown)
    it(text, () => assert.equal(formatMoney({ amountMinor, currency }), text))

  const read: readonly [string, Currency, number | undefined][] = [
    ['1150', 'RWF', 1150],
    ['1150.0', 'RWF', 1150],
    ['1150.5', 'RWF', undefined],
    ['11.5', 'KES', 1150],
    ['11.500', 'KES', 1150],
    ['11.505', 'KES', undefined],
    ['0.01', 'EUR', 1],
    [' 12 ', 'XOF', 12],
    ['007', 'XOF', 7],
    ['999999999999.99', 'EUR', 99_999_999_999_999],
    ['1000000000000', 'EUR', undefined],
    ...[
      '',
      '-1',
      '+1',
      '1e3',
      '0x10',
      '1,150',
      '.5',
      '5.',
      '1 150',
      'NaN',
      'Infinity',
      '١',
      '1.2.3',
      '12\n3',
    ].map((text) => [text, 'KES', undefined] as [string, Currency, undefined]),
  ]
  for (const [text, currency, amountMinor] of read)
    it(`${JSON.stringify(text)} is ${amountMinor ?? 'no'} ${currency}`, () =>
      assert.equal(fromDecimal(text, currency)?.amountMinor, amountMinor))
})
