import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { parsePhoneNumberFromString as parseMobile } from 'libphonenumber-js/mobile'
import { LRUCache } from 'lru-cache'

/** A phone number in E.164: `+250788000001`. */
export type Msisdn = string & { readonly __form: 'e164' }

// The same phones speak again and again, and working out a number costs more than the rest of a hop's door.
const REMEMBERED = 50_000
const known = new LRUCache<string, Msisdn>({ max: REMEMBERED })
const countries = new LRUCache<string, string>({ max: REMEMBERED })

/** Reads what a person or a provider wrote; undefined when no phone can have that number. */
export function parsePhone(text: string, country: CountryCode = 'RW'): Msisdn | undefined {
  const key = `${country}${text}`
  const remembered = known.get(key)
  if (remembered) return remembered
  const phone = workOut(text, country)
  if (phone) known.set(key, phone)
  return phone
}

function workOut(text: string, country: CountryCode): Msisdn | undefined {
  const trimmed = text.trim()
  const international = /^[1-9]\d{10,14}$/.test(trimmed) ? `+${trimmed}` : trimmed
  const parsed = parsePhoneNumberFromString(international, country)
  return parsed?.isValid() && isMsisdn(parsed.number) ? parsed.number : undefined
}

/** The country that a number belongs to, as `RW`; null where several share it, or we do not know. */
export function countryOf(phone: Msisdn): string | null {
  const country = countries.get(phone) ?? parsePhoneNumberFromString(phone)?.country ?? ''
  countries.set(phone, country)
  return country === '' ? null : country
}

/** Whether a number can be a mobile phone's; where fixed lines look the same it may be one of those. */
export const isMobile = (phone: Msisdn): boolean => parseMobile(phone)?.isValid() ?? false

/** Characters that are hidden in the log, at the least. */
const HIDDEN = 3

/** The only form in which a phone number may be logged: `+25078•••001`; of a short one less is shown, or nothing. */
export const maskPhone = (phone: string): string =>
  phone.length < 11 ? '•••' : `${phone.slice(0, Math.min(6, phone.length - 3 - HIDDEN))}•••${phone.slice(-3)}`

/** The same for what a provider named: some write the number into their names of messages and sessions. */
export const maskPhones = (name: string): string => name.replace(/\d{9,}/g, maskPhone)

/** Whether the text already has the form we store: digits behind a plus. */
export const isMsisdn = (text: string): text is Msisdn => /^\+[1-9]\d{7,14}$/.test(text)

/** Fewer digits than any subscriber's number: another service, which would answer our answer for ever. */
const MIN_PERSON_DIGITS = 7

/** Whether a sender is a short code, a name, or our own number: nobody to talk with. */
export const isService = (sender: string, own: string | null): boolean =>
  /\p{L}/u.test(sender) || sender.replace(/\D/g, '').length < MIN_PERSON_DIGITS || sender === own
