import { z } from 'zod'
import type { Payees, SimChecks } from '../../core/pay/clearance.ts'
import { type Db, prepared } from './connect.ts'

const NEWEST = `select asked_at as "askedAt", heard_at as "heardAt", swapped_at as "swappedAt" from sim_checks
where person = $1 order by asked_at desc limit 1`
const ASKED = `insert into sim_checks (request, person, asked_at) values ($1, $2, $3)
on conflict (request) do update set person = excluded.person, asked_at = excluded.asked_at`
// The first answer stays.
const ANSWERED = `insert into sim_checks as c (request, swapped_at, heard_at, asked_at) values ($1, $2, $3, $3)
on conflict (request) do update set swapped_at = excluded.swapped_at, heard_at = excluded.heard_at where c.heard_at is null`

// Whoever is paid for a partner is named by one of its owners, and that is kept.
const SINCE = `select max(c.at) as at from partner_changes c join partner_members m on m.id = c.about
where 'partner:' || c.partner = $1 and c.what = 'earnings go to' and m.phone = $2`

const checkRow = z.object({
  askedAt: z.number(),
  heardAt: z.number().nullable(),
  swappedAt: z.number().nullable(),
})
const sinceRow = z.object({ at: z.number().nullable() })

export const createSimChecks = (db: Db): SimChecks => ({
  newest: async (person) =>
    (await prepared(db, 'sim_newest', NEWEST, [person], (row) => checkRow.parse(row)))[0] ?? null,
  async asked(request, person, at) {
    await prepared(db, 'sim_asked', ASKED, [request, person, at], (row) => row)
  },
  async answered(request, swappedAt, at) {
    await prepared(db, 'sim_answered', ANSWERED, [request, swappedAt, at], (row) => row)
  },
})

export const createPayees = (db: Db): Payees => ({
  since: async (account, payee) =>
    (await prepared(db, 'payee_since', SINCE, [account, payee], (row) => sinceRow.parse(row).at))[0] ?? null,
})
