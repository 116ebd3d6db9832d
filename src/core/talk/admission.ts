import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'

const MINUTE_MS = 60_000
/** Beyond so many in a minute nobody is refused: memory has an end, and it is not these who flood us. */
const MOST_PERSONS = 200_000

/** Whether somebody is heard; `first` refuses them the first time in that minute, which is worth a line in the log. */
export type Admission = 'heard' | 'first' | 'refused'

/**
 * How much one person may say in a minute, on all channels together. Each process counts for itself, so that nobody
 * is held up by a counter that is away, nor waits for one: what a person says is always heard where that is in doubt.
 */
export function createAdmission(perMinute: number): (person: Msisdn, at: Instant) => Admission {
  let minute = 0
  let counts = new Map<Msisdn, number>()
  return (person, at) => {
    const now = Math.floor(at / MINUTE_MS)
    if (now !== minute) [minute, counts] = [now, new Map()]
    const count = (counts.get(person) ?? 0) + 1
    if (count > 1 || counts.size < MOST_PERSONS) counts.set(person, count)
    if (count <= perMinute) return 'heard'
    return count === perMinute + 1 ? 'first' : 'refused'
  }
}
