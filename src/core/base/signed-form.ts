import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Whether a posted form bears its sender's signature: HMAC-SHA1, in base64, over the address that was called and every
 * field in order of its name. Source: Twilio, "Security", `X-Twilio-Signature`.
 * @param url whole, with its query
 */
export function isFormSigned(
  signature: string | undefined,
  url: string,
  form: Readonly<Record<string, string | string[] | undefined>>,
  key: string,
): boolean {
  const names = Object.keys(form).sort()
  const signed = url + names.map((name) => `${name}${[form[name]].flat().join('')}`).join('')
  const wanted = createHmac('sha1', key).update(signed).digest()
  const given = Buffer.from(signature ?? '', 'base64')
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
