import { z } from 'zod'
import { isCurrency } from '../../core/base/money.ts'
import { account } from '../../core/pay/accounts.ts'
import type { Earner, Earnings } from '../../core/pay/settlement.ts'
import { type Db, prepared } from './connect.ts'
import { phone } from './read.ts'

const earnerRow = z
  .object({ earner: z.enum(['driver', 'partner', 'agent']), id: z.string(), phone: phone.nullable() })
  .transform((row): Earner => ({ account: account(row.earner, row.id), phone: row.phone }))

const movementRow = z.object({
  at: z.number(),
  kind: z.string(),
  source: z.string(),
  amountMinor: z.int(),
  currency: z.string().refine(isCurrency),
})

// By account, as whoever reads page by page names the last of them.
const EARNERS = `
  select earner, id, phone from (
    select 'driver' as earner, id, phone from drivers
    union all select 'agent', id, phone from agents
    union all select 'partner', p.id, m.phone from partners p
      left join partner_members m on m.partner = p.id and m.paid and m.left_at is null) earners
  where (earner || ':' || id) collate "C" > $1 order by (earner || ':' || id) collate "C" limit $2`

// Debits count up in the books, and what is owed to somebody is below nought there.
const MOVEMENTS = `
  select at, kind, source, -amount_minor as "amountMinor", currency from ledger
  where account = $1 and at >= $2 order by at, source, kind`

/** Who earns, and what moved on their accounts. */
export const createEarnings = (db: Db): Earnings => ({
  earners: (after, limit) =>
    prepared(db, 'earners', EARNERS, [after ?? '', limit], (row) => earnerRow.parse(row)),
  movementsSince: (of, from) =>
    prepared(db, 'movements_since', MOVEMENTS, [of, from], (row) => movementRow.parse(row)),
})
