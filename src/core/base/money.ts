/** Digits after the point, our own table: CLDR and ISO 4217 disagree, and money may not depend on either. */
const EXPONENT = { RWF: 0, UGX: 0, XOF: 0, KES: 2, TZS: 2, NGN: 2, GHS: 2, DZD: 2, PKR: 2, EUR: 2 } as const

export type Currency = keyof typeof EXPONENT

/** An amount in the currency's smallest unit, always a safe integer. */
export type Money = { readonly amountMinor: number; readonly currency: Currency }

export const isCurrency = (text: string): text is Currency => Object.hasOwn(EXPONENT, text)

/** `{1150, RWF}` → `RWF 1,150`; `{1150, KES}` → `KES 11.50`. Only ASCII, so that it fits GSM-7. */
export function formatMoney({ amountMinor, currency }: Money): string {
  return `${currency} ${toDecimal({ amountMinor, currency }).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`
}

/** The amount as a plain decimal string, as payment providers want it: `1150`, `11.50`. */
export function toDecimal({ amountMinor, currency }: Money): string {
  const exponent = EXPONENT[currency]
  if (exponent === 0) return String(amountMinor)
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0')
  return `${amountMinor < 0 ? '-' : ''}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/** Reads a provider's decimal string; `1150.0` and `1150` are the same money. Undefined when it is not money. */
export function fromDecimal(text: string, currency: Currency): Money | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text.trim())
  if (!match) return undefined
  const exponent = EXPONENT[currency]
  const fraction = match[2] ?? ''
  if (/[1-9]/.test(fraction.slice(exponent))) return undefined
  return {
    amountMinor: Number((match[1] ?? '') + fraction.slice(0, exponent).padEnd(exponent, '0')),
    currency,
  }
}
