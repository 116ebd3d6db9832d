import {
  constants,
  createCipheriv,
  createHmac,
  createPublicKey,
  type KeyObject,
  publicEncrypt,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

const KEY_BYTES = 32
const IV_BYTES = 16

/** Reads an RSA key as Airtel prints it: the Base64 of its X.509 form, without header lines. Throws on others. */
export const publicKeyOf = (base64: string): KeyObject =>
  createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' })

/** RSA with PKCS#1 v1.5 padding, in Base64; every call gives another text. */
export const sealed = (text: string, key: KeyObject): string =>
  publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text)).toString('base64')

/**
 * The headers of message signing (developers.airtel.co.zm, "Encryption"): `x-signature` is the body under a new
 * AES-256-CBC key, `x-key` is that key and its vector under Airtel's RSA key.
 */
export function signatureOf(body: string, key: KeyObject): { 'x-signature': string; 'x-key': string } {
  const secret = randomBytes(KEY_BYTES)
  const vector = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-cbc', secret, vector)
  const signature = Buffer.concat([cipher.update(body, 'utf8'), cipher.final()]).toString('base64')
  const pair = `${secret.toString('base64')}:${vector.toString('base64')}`
  return { 'x-signature': signature, 'x-key': sealed(pair, key) }
}

/** Whether `hash` is the Base64 of the HMAC-SHA256 of one of the texts. */
export function isHashOf(texts: readonly string[], hash: string, key: string): boolean {
  const given = Buffer.from(hash, 'base64')
  return texts.some((text) => {
    const wanted = createHmac('sha256', key).update(text).digest()
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  })
}
