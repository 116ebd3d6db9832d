import type { Clock } from '../../core/base/clock.ts'
import { type Db, prepared } from './connect.ts'

/** Who sends a reference to somebody who cannot tell a repetition from a second wish: the first who asks, and nobody else. */
export function createClaims(db: Db, clock: Clock) {
  return {
    /** True for the first who asks about that reference, until it is given up. */
    async take(reference: string): Promise<boolean> {
      const text =
        'insert into claims (reference, at) values ($1, $2) on conflict do nothing returning reference'
      return (await prepared(db, 'claim_take', text, [reference, clock.now()], (row) => row)).length > 0
    },
    async giveUp(reference: string): Promise<void> {
      await prepared(
        db,
        'claim_give_up',
        'delete from claims where reference = $1',
        [reference],
        (row) => row,
      )
    },
  }
}
