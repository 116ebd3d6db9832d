import type { SeatClaims, SeatWish } from '../../src/core/sell/seats.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { createSeatTx } from '../../src/integrations/postgres/seats.ts'
import { inLine, lapses, type Waiting } from './waits-laws.ts'

type Mutant = {
  readonly does: string
  readonly claims: Waiting
  readonly law: (db: Db, claims: Waiting) => Promise<void>
  readonly says: RegExp
}

const refit =
  (change: (real: SeatClaims, trx: Db) => Partial<SeatClaims>): Waiting =>
  (trx) => {
    const real = createSeatTx(trx).seats
    return { ...real, ...change(real, trx) }
  }

const aLine: Mutant['law'] = (db, claims) => inLine(db, claims, 2)

/** As if nobody stood in line: every row is out of the way while it asks. */
const unseen = (trx: Db, { departure, journey }: SeatWish) =>
  trx('seat_waits').where({ departure }).whereNot({ journey }).update({ until_at: 1 })
const seen = (trx: Db, { departure }: SeatWish) =>
  trx('seat_waits').where({ departure }).update({ until_at: Number.MAX_SAFE_INTEGER })

/** What each would do wrong with a line. */
export const mutants: readonly Mutant[] = [
  {
    does: 'sells to whoever comes while others wait',
    claims: refit((real, trx) => ({
      async hold(wish) {
        await unseen(trx, wish)
        const held = await real.hold(wish)
        await seen(trx, wish)
        return held
      },
    })),
    law: lapses,
    says: /a stranger passed them by/,
  },
  {
    does: 'gives it to whoever in line asks first',
    claims: refit((real, trx) => ({
      async queue(wish) {
        await unseen(trx, wish)
        const held = await real.queue(wish)
        await seen(trx, wish)
        return held
      },
    })),
    law: lapses,
    says: /not the first/,
  },
  {
    does: 'leaves who has seats in the line',
    claims: refit((real, trx) => ({
      async queue(wish) {
        const { departure, span, count, journey, person } = wish
        const held = await real.queue(wish)
        if (held.kind === 'held')
          await trx('seat_waits')
            .insert({
              ...{ journey, departure, board: span.from, leave: span.to, seats: count, person },
              until_at: Number.MAX_SAFE_INTEGER,
            })
            .onConflict()
            .ignore()
        return held
      },
    })),
    law: aLine,
    says: /still stands in line|not the first in line|passed them by/,
  },
  {
    does: 'sends who asks again to the end',
    claims: refit((real, trx) => ({
      async queue(wish) {
        await trx('seat_waits').where({ journey: wish.journey }).delete()
        return real.queue(wish)
      },
    })),
    law: lapses,
    says: /the first was not served/,
  },
  {
    does: 'wakes the last',
    claims: refit((_real, trx) => ({
      async next(departure) {
        const last = await trx('seat_waits').where({ departure }).orderBy('n', 'desc').first()
        return last?.journey ?? null
      },
    })),
    law: lapses,
    says: /woken/,
  },
]
