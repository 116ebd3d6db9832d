import { randomBytes, randomInt, randomUUID } from 'node:crypto'

/** Chance that repeats: the same seed gives the same waits and choices. */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
}

/** Mulberry32 (Tommy Ettinger, public domain algorithm). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  function next() {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { between: (low, high) => low + Math.floor(next() * (high - low + 1)) }
}

// Ids do not come from the seed: a second run would repeat them, and the gateway, which remembers
// the ids it has seen, would take new messages for old ones.

/** `bytes` random bytes in lower-case hex. */
export const hex = (bytes: number): string => randomBytes(bytes).toString('hex')

export const uuid = (): string => randomUUID()

/** A ten-digit number to count on from. */
export const tenDigits = (): number => randomInt(1_000_000_000, 9_000_000_000)
