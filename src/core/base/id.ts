import { randomBytes, randomInt, randomUUID } from 'node:crypto'

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

function uuid7(nowMs: number): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(nowMs, 0, 6)
  bytes.writeUInt8(((bytes[6] ?? 0) & 0x0f) | 0x70, 6)
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8)
  return bytes.toString('hex')
}
