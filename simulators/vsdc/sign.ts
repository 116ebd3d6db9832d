import { createHmac } from 'node:crypto'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const KIGALI_MS = 2 * 3_600_000

/** The first `length` signs of a digest in base32 (RFC 4648, 6), five bits a sign. */
export function base32(key: string, text: string, length: number): string {
  const bits = [...createHmac('sha256', key).update(text).digest()]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
  return Array.from({ length }, (_, at) => ALPHABET[Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)]).join(
    '',
  )
}

/** `yyyyMMddHHmmss` in Kigali's time. */
export const stampAt = (at: number): string =>
  new Date(at + KIGALI_MS).toISOString().replace(/\D/g, '').slice(0, 14)

/** Whether the text is a moment, `20260407040021`. */
export function isStamp(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{14}$/.test(value)) return false
  const at = Date.parse(value.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z'))
  return Number.isFinite(at) && stampAt(at - KIGALI_MS) === value
}
