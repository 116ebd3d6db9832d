/** A number from 0 (seldom, and never quite) to 1 (never) each time it is asked. */
export type Chance = () => number

/** The same numbers for the same seed: Marsaglia's xorshift of 32 bits. */
export function chanceFrom(seed: number): Chance {
  let bits = Math.imul(seed + 1, 0x9e3779b1) || 1
  return () => {
    bits ^= bits << 13
    bits ^= bits >>> 17
    bits ^= bits << 5
    return (bits >>> 0) / 2 ** 32
  }
}

/** A whole number from 0 to below `count`. */
export const pick = (chance: Chance, count: number): number => Math.floor(chance() * count)
