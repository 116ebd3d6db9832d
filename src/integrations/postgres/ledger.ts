import { z } from 'zod'
import type { Clock } from '../../core/base/clock.ts'
import { isCurrency } from '../../core/base/money.ts'
import type { Balance, Hold, Ledger } from '../../core/pay/ledger.ts'
import { type Db, prepared } from './connect.ts'

const balanceRow = z.object({
  account: z.string(),
  currency: z.string().refine(isCurrency),
  amountMinor: z.int(),
  debitsHeldMinor: z.int(),
  creditsHeldMinor: z.int(),
}) satisfies z.ZodType<Balance>

const holdRow = z.object({ kind: z.string(), source: z.string() }) satisfies z.ZodType<Hold>
const takenRow = z.object({ taken: z.int() }).transform(({ taken }) => taken)

/** Reads the sum and what is not in it yet: one row, and as many as were written since the last fold. */
export const BALANCES_OF = `
  select account, currency, amount_minor as "amountMinor", debits_held_minor as "debitsHeldMinor",
    credits_held_minor as "creditsHeldMinor"
  from balances where account = $1 order by currency`

export const createLedger = (db: Db, clock: Clock): Ledger => ({
  balancesOf: (account) => prepared(db, 'balances', BALANCES_OF, [account], (row) => balanceRow.parse(row)),
  async fold(limit) {
    const text = 'select fold_balances($1) as taken'
    const [taken = 0] = await prepared(db, 'fold', text, [limit], (row) => takenRow.parse(row))
    return taken
  },
  expire: (limit) =>
    prepared(db, 'expire', 'select kind, source from expire_holds($1, $2)', [clock.now(), limit], (row) =>
      holdRow.parse(row),
    ),
})

/** Sides of entries and holds taken at once, so that a round is short whatever has piled up. */
const ROUND = { sides: 1_000, holds: 100 } as const

/**
 * One round of keeping the books short: holds past their end are let go, and entries go into the balances. For a
 * worker's loop. @returns whether there is more to do at once
 */
export async function keepBooks(ledger: Ledger): Promise<boolean> {
  const expired = await ledger.expire(ROUND.holds)
  const folded = await ledger.fold(ROUND.sides)
  return expired.length === ROUND.holds || folded === ROUND.sides
}
