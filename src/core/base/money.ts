/**
 * Digits after the point, our own table, taken from ISO 4217 list one (six-group.com, minor units). CLDR says none for
 * TZS and PKR, and what is shown may not decide what is charged, so money depends on no library's data.
 */
const EXPONENT = {
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
} as const

export type Currency = keyof typeof EXPONENT

/** An amount in the currency's smallest unit, always a safe integer. */
export type Money = { readonly amountMinor: number; readonly currency: Currency }

export const isCurrency = (text: string): text is Currency => Object.hasOwn(EXPONENT, text)

/** Every one that we can count in. */
export const CURRENCIES: readonly Currency[] = Object.keys(EXPONENT).filter(isCurrency)

/** `{1150, RWF}` → `RWF 1,150`; `{1150, KES}` → `KES 11.50`. Only ASCII, so that it fits GSM-7. */
export const formatMoney = (money: Money): string => `${money.currency} ${formatAmount(money)}`

/** The amount alone, where its currency is said beside it: `1,150`. */
export const formatAmount = (money: Money): string => toDecimal(money).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** The amount as a plain decimal string, as payment providers want it: `1150`, `11.50`. */
export function toDecimal({ amountMinor, currency }: Money): string {
  const exponent = EXPONENT[currency]
  if (exponent === 0) return String(amountMinor)
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0')
  return `${amountMinor < 0 ? '-' : ''}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/**
 * Reads a provider's decimal string; `1150.0` and `1150` are the same money. Undefined when it is not money.
 * @param less what becomes of less than the smallest unit: it is no money, or, where prices have such parts, one more
 */
export function fromDecimal(
  text: string,
  currency: Currency,
  less: 'refuse' | 'up' = 'refuse',
): Money | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text.trim())
  if (!match) return undefined
  const exponent = EXPONENT[currency]
  const fraction = match[2] ?? ''
  const hasLess = /[1-9]/.test(fraction.slice(exponent))
  if (hasLess && less === 'refuse') return undefined
  const amountMinor = Number((match[1] ?? '') + fraction.slice(0, exponent).padEnd(exponent, '0'))
  return { amountMinor: amountMinor + (hasLess ? 1 : 0), currency }
}

/** What to do with less than a unit. Of a negative amount the same is done to its size: `down` is always to nought. */
export type Rounding = 'down' | 'up' | 'half_up' | 'half_even'

/** An exact rate: `of` whole units of the one for `per` whole units of the other. Both positive integers. */
export type Ratio = { readonly of: number; readonly per: number }

/**
 * Parts of an amount, in the proportion of whole `weights`, that sum to it exactly. Units that are left over go to the
 * largest remainders, the earlier part first, so that the same question has the same answer everywhere.
 * @throws RangeError when a weight is negative or not whole, or when all are nought
 */
export function allocate(money: Money, weights: readonly number[]): Money[] {
  const amount = whole(money.amountMinor, 'an amount')
  const parts = weights.map((weight) => natural(weight, 'a weight'))
  const total = parts.reduce((sum, weight) => sum + weight, 0n)
  if (total === 0n) throw new RangeError('money needs somebody to go to: all weights are nought')
  const size = amount < 0n ? -amount : amount
  const shares = parts.map((weight) => (size * weight) / total)
  let left = Number(size - shares.reduce((sum, one) => sum + one, 0n))
  const remainders = parts.map((weight) => (size * weight) % total)
  const byRemainder = [...remainders.keys()].sort((a, b) => compare(remainders[b], remainders[a]) || a - b)
  for (const n of byRemainder) {
    if (left === 0) break
    shares[n] = (shares[n] ?? 0n) + 1n
    left -= 1
  }
  return shares.map((share) => ({ ...money, amountMinor: safe(amount < 0n ? -share : share) }))
}

/**
 * A part of an amount in hundredths of a per cent: 1800 basis points are 18 %.
 * @throws RangeError when the basis points are negative or not whole, or the outcome is no safe integer
 */
export function share(money: Money, basisPoints: number, rounding: Rounding): Money {
  const product = whole(money.amountMinor, 'an amount') * natural(basisPoints, 'basis points')
  return { ...money, amountMinor: safe(divide(product, WHOLE_BP, rounding)) }
}

/**
 * The amount in another currency. The rate is of whole units, not of cents: `{ of: 145_025, per: 100 }` from EUR to RWF
 * says that 1 EUR is 1,450.25 RWF.
 * @throws RangeError when a side of the rate is not a positive integer, or the outcome is no safe integer
 */
export function convert(money: Money, rate: Ratio, currency: Currency, rounding: Rounding): Money {
  const [of, per] = [natural(rate.of, 'a rate'), natural(rate.per, 'a rate')]
  if (of === 0n || per === 0n) throw new RangeError('a rate needs two sides above nought')
  const into = 10n ** BigInt(EXPONENT[currency])
  const from = 10n ** BigInt(EXPONENT[money.currency])
  const exact = whole(money.amountMinor, 'an amount') * of * into
  return { amountMinor: safe(divide(exact, per * from, rounding)), currency }
}

const WHOLE_BP = 10_000n

const compare = (a = 0n, b = 0n): number => (a < b ? -1 : a > b ? 1 : 0)

function divide(of: bigint, by: bigint, rounding: Rounding): bigint {
  const size = of < 0n ? -of : of
  const down = size / by
  const rounded = ROUNDS_UP[rounding](down, (size % by) * 2n, by) ? down + 1n : down
  return of < 0n ? -rounded : rounded
}

/** Whether a quotient goes up, by what is left of it: `twice` the remainder against the divisor. */
const ROUNDS_UP: Readonly<Record<Rounding, (down: bigint, twice: bigint, by: bigint) => boolean>> = {
  down: () => false,
  up: (_, twice) => twice > 0n,
  half_up: (_, twice, by) => twice >= by,
  half_even: (down, twice, by) => twice > by || (twice === by && down % 2n === 1n),
}

function whole(value: number, what: string): bigint {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${what} must be a safe integer, not ${value}`)
  return BigInt(value)
}

function natural(value: number, what: string): bigint {
  if (value < 0) throw new RangeError(`${what} must not be negative, as ${value} is`)
  return whole(value, what)
}

function safe(value: bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} minor units are more than money can hold`)
  return number
}
