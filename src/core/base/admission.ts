import type { Instant } from './clock.ts'

const MINUTE_MS = 60_000
/** Beyond so many in a minute nobody is refused: memory has an end, and it is not these who flood us. */
const MOST_KEYS = 200_000

/** Whether somebody is heard; `first` refuses them the first time in that minute, which is worth a line in the log. */
export type Admission = 'heard' | 'first' | 'refused'

/** @param who a person, or an address */
export type Admits = (who: string, at: Instant) => Admission

/**
 * How much one of them may say in a minute. Each process counts for itself, so that nobody is held up by a counter that
 * is away, nor waits for one: what is said is always heard where that is in doubt.
 */
export function createAdmission(perMinute: number): Admits {
  let minute = 0
  let counts = new Map<string, number>()
  return (who, at) => {
    const now = Math.floor(at / MINUTE_MS)
    if (now !== minute) [minute, counts] = [now, new Map()]
    const count = (counts.get(who) ?? 0) + 1
    if (count > 1 || counts.size < MOST_KEYS) counts.set(who, count)
    if (count <= perMinute) return 'heard'
    return count === perMinute + 1 ? 'first' : 'refused'
  }
}
