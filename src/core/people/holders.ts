import type { Instant } from '../base/clock.ts'
import type { Msisdn } from '../base/phone.ts'

/** Carriers give a number to somebody else once it was silent for about as long. */
export const IDLE_MS = 90 * 24 * 3_600_000

/** Former holders are kept under numbers of no country, which nobody can have. */
const NOWHERE = '+999'

/** Whether it stands for somebody who had a number once: nothing reaches them. */
export const isFormer = (person: Msisdn): boolean => person.startsWith(NOWHERE)

/** `theirs`: it is as it was; `nobody`: nobody had it before; `taken`: its present holder is by now what they were. */
export type Returned = 'theirs' | 'nobody' | 'taken'

/** Who has a number now, and what is theirs. */
export interface Holders {
  /**
   * From that moment the number is somebody else's: what its holder had, could do and did is put away, and the books
   * and what is under way stay as they are.
   * @param by who says so
   */
  pass(person: Msisdn, at: Instant, by: string): Promise<void>
  /** The same where nobody spoke from the number, or logged in with it, for `IDLE_MS`. @returns whether it was so */
  passIfIdle(person: Msisdn, at: Instant): Promise<boolean>
  /** They had it all the time: what was put away last is theirs again, and so is what they did since. */
  giveBack(
    person: Msisdn,
    word: { readonly at: Instant; readonly by: string; readonly why: string },
  ): Promise<Returned>
  /** Whether the instance of that id, or what it was begun for, began since the number is its present holder's. */
  isTheirs(person: Msisdn, id: string): Promise<boolean>
}
