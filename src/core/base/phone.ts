import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** A phone number in E.164: `+250788000001`. */
export type Msisdn = string & { readonly __form: 'e164' }

/** Reads what a person or a provider wrote; undefined when no phone can have that number. */
export function parsePhone(text: string, country: CountryCode = 'RW'): Msisdn | undefined {
  const trimmed = text.trim()
  const international = /^\d{11,15}$/.test(trimmed) ? `+${trimmed}` : trimmed
  const parsed = parsePhoneNumberFromString(international, country)
  return parsed?.isValid() ? (parsed.number as string as Msisdn) : undefined
}

/** The only form in which a phone number may be logged: `+25078•••001`. */
export const maskPhone = (phone: string): string =>
  phone.length < 9 ? '•••' : `${phone.slice(0, 6)}•••${phone.slice(-3)}`

/** Whether the text already has the form we store: digits behind a plus. */
export const isMsisdn = (text: string): text is Msisdn => /^\+[1-9]\d{7,14}$/.test(text)
