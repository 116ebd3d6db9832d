import { z } from 'zod'
import { isCurrency } from '../../core/base/money.ts'
import { account } from '../../core/pay/accounts.ts'
import type { Earner, Earnings } from '../../core/pay/settlement.ts'
import { type Db, prepared } from './connect.ts'
import { phone } from './read.ts'

const earnerRow = z
  .object({ id: z.string(), phone })
  .transform((row): Earner => ({ account: account('driver', row.id), phone: row.phone }))

const movementRow = z.object({
  at: z.number(),
  kind: z.string(),
  source: z.string(),
  amountMinor: z.int(),
  currency: z.string().refine(isCurrency),
})

// Debits count up in the books, and what is owed to somebody is below nought there.
const MOVEMENTS = `
  select at, kind, source, -amount_minor as "amountMinor", currency from ledger
  where account = $1 and at >= $2 order by at, source, kind`

/** Who earns, and what moved on their accounts. */
export const createEarnings = (db: Db): Earnings => ({
  earners(after, limit) {
    const text = 'select id, phone from drivers where id > $1 order by id limit $2'
    return prepared(db, 'earners', text, [after?.split(':')[1] ?? '', limit], (row) => earnerRow.parse(row))
  },
  movementsSince: (of, from) =>
    prepared(db, 'movements_since', MOVEMENTS, [of, from], (row) => movementRow.parse(row)),
})
