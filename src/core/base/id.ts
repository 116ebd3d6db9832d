import { createHash, randomInt, randomUUID } from 'node:crypto'

/** An id says what it names: `bk_018f…` is a booking. */
export type Id<P extends string> = `${P}_${string}`

/** Makes ids before anyone outside is called, so that every attempt can carry the same one. */
export interface Ids {
  /** `prefix_` + UUIDv7 (RFC 9562 §5.7) without dashes: sorts by time, so indexes stay compact. */
  next<P extends string>(prefix: P): Id<P>
  /** UUIDv4, which mobile-money providers ask of a payment's reference. */
  reference(): string
  /** Uniformly random decimal digits, for codes a person reads out. */
  digits(length: number): string
}

/** @param now the clock's reading, epoch ms */
export function newIds(now: () => number): Ids {
  return {
    next: (prefix) => `${prefix}_${uuid7(now())}`,
    reference: () => randomUUID(),
    digits: (length) =>
      randomInt(10 ** length)
        .toString()
        .padStart(length, '0'),
  }
}

// The random part comes from a version 4 UUID: node draws those from a pool, so an id costs no trip to the kernel.
function uuid7(nowMs: number): string {
  const random = randomUUID()
  return (
    nowMs.toString(16).padStart(12, '0') +
    '7' +
    random.slice(15, 18) +
    random.slice(19, 23) +
    random.slice(24)
  )
}

/**
 * The reference to use once a provider has plainly refused what went under this one: always the same for the same, so
 * that whoever repeats a step asks under the same name. It has the form of a UUIDv4, which wallets insist on.
 */
export function nextReference(reference: string): string {
  const hex = createHash('sha256').update(`next ${reference}`).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-')
}
