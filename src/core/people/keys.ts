import { createHmac, hkdfSync } from 'node:crypto'

/** 32 bytes for one purpose out of the one secret of the settings (HKDF, RFC 5869): no key is used for two things. */
export const deriveKey = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `inzira ${purpose}`, 32))

/** 256 bits that nobody without the key can make (HMAC-SHA-256), base64url. */
export const seal = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url')
