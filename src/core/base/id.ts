import { randomInt, randomUUID } from 'node:crypto'

/** An id says what it names: `bk_018f…` is a booking. */
export type Id<P extends string> = `${P}_${string}`

/** Makes ids before anyone outside is called, so that every attempt can carry the same one. */
export interface Ids {
  /**
   * `prefix_` + UUIDv7 (RFC 9562 §5.7) without dashes: sorts by time, so indexes stay compact, and what one process
   * makes by the order in which it made it.
   */
  next<P extends string>(prefix: P): Id<P>
  /** UUIDv4, which mobile-money providers ask of a payment's reference; its count is nought. */
  reference(): string
  /** Uniformly random decimal digits, for codes a person reads out. */
  digits(length: number): string
}

/** @param now the clock's reading, epoch ms */
export function newIds(now: () => number): Ids {
  const tick = ticking(now)
  return {
    next: (prefix) => `${prefix}_${uuid7(tick())}`,
    reference: () => counted(randomUUID(), 0),
    digits: (length) =>
      randomInt(10 ** length)
        .toString()
        .padStart(length, '0'),
  }
}

type Tick = { readonly ms: number; readonly count: number }

/** Ids of one millisecond; more borrow from the next (RFC 9562 §6.2, a counter of twelve bits). */
const MOST_A_MS = 0x1000

/** Moments that only go forward, each with its count. */
function ticking(now: () => number): () => Tick {
  let last: Tick = { ms: 0, count: 0 }
  return () => {
    const ms = now()
    const isFull = last.count + 1 >= MOST_A_MS
    if (ms > last.ms) last = { ms, count: 0 }
    else last = isFull ? { ms: last.ms + 1, count: 0 } : { ms: last.ms, count: last.count + 1 }
    return last
  }
}

// The random part comes from a version 4 UUID: node draws those from a pool, so an id costs no trip to the kernel.
function uuid7({ ms, count }: Tick): string {
  const random = randomUUID()
  return (
    ms.toString(16).padStart(12, '0') +
    '7' +
    count.toString(16).padStart(3, '0') +
    random.slice(19, 23) +
    random.slice(24)
  )
}

/** Where a reference counts: two digits of its third group, of which nothing else depends. */
const COUNT = { from: 16, to: 18, most: 255 } as const

const counted = (reference: string, count: number): string =>
  reference.slice(0, COUNT.from) + count.toString(16).padStart(2, '0') + reference.slice(COUNT.to)

/**
 * The reference of the first try to give back, from the payment's, and of each next one once a provider has plainly
 * refused the last: always the same for the same, so that whoever repeats a step asks under the same name, and whoever
 * hears of one finds the payment. After 255 tries, ten times more than we make, it would begin anew; never at the
 * payment's own.
 */
export function nextReference(reference: string): string {
  const count = Number.parseInt(reference.slice(COUNT.from, COUNT.to), 16) || 0
  return counted(reference, (count % COUNT.most) + 1)
}

/** The reference that this one was counted on from; one that was not counted is its own. */
export const firstReference = (reference: string): string => counted(reference, 0)

/** Whether it is of money on its way back. */
export const isCounted = (reference: string): boolean => firstReference(reference) !== reference

/** When an id of ours was made; null when it is none. */
export function bornAt(id: string): number | null {
  const ms = /^[a-z]+_([0-9a-f]{12})7/.exec(id)?.[1]
  return ms === undefined ? null : Number.parseInt(ms, 16)
}
