import { z } from 'zod'
import { LIMITS } from '../../core/base/limits.ts'
import { isCurrency } from '../../core/base/money.ts'
import type { Waiting, WaitingRoom } from '../../core/pay/waiting.ts'
import type { Db } from './connect.ts'
import { deadEntries } from './outbox.ts'
import { phone } from './read.ts'
import { reading } from './verify.ts'

const waitingRows = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      flow: z.enum(['payment', 'payout', 'escrow', 'invoice', 'tracking']),
      state: z.string(),
      phone,
      money: z.object({ amountMinor: z.int(), currency: z.string().refine(isCurrency) }),
      by: z.string().nullable(),
      since: z.number(),
    }),
  ),
}) satisfies z.ZodType<{ rows: Waiting[] }>

const WAITING = `
  select i.id, i.flow, i.state, i.owner as phone, i.context->>'refundBy' as by,
    case i.flow when 'invoice' then jsonb_set(i.context->'money', '{amountMinor}', i.context->'openMinor')
      when 'tracking' then (select b.context->'quote'->'price' from instances b where b.id = i.root)
      else coalesce(nullif(i.context->'came', 'null'), nullif(i.context->'refundMoney', 'null'), i.context->'money') end as money,
    (select max(at) from journal where instance_id = i.id) as since
  from instances i
  where i.flow = 'payment' and i.state in ('approving', 'unresolved', 'conflicted', 'owed')
    or i.flow = 'payout' and i.state in ('unresolved', 'held')
    or i.flow = 'escrow' and i.state = 'disputed'
    or i.flow = 'invoice' and i.state = 'collecting'
    or i.flow = 'tracking' and i.state in ('assigned', 'underway') and (i.context->'wrongCodes')::int >= :wrongCodes
    or i.flow = 'tracking' and i.state = 'waiting' and (i.context->'searches')::int >= :searches
  order by since, i.id limit :limit`

// Whoever moves it on, an escrow or the journey itself, was begun for the same.
const UNEARNED = `
  select coalesce(-sum(l.amount_minor), 0)::bigint as minor from instances i join ledger l on l.source = i.id
  where i.root = :root and l.account = 'unearned'`
const unearnedRows = z.object({ rows: z.tuple([z.object({ minor: z.int() })]) })

/** What waits for a person, read past every memory. No index knows states: one would be touched by every hop. */
export const createWaitingRoom = (db: Db): WaitingRoom => ({
  waiting: (limit) =>
    reading(db, async (trx) => {
      const { wrongCodes, searches } = LIMITS
      return waitingRows.parse(await trx.raw(WAITING, { limit, wrongCodes, searches })).rows
    }),
  putAside: (limit) => deadEntries(db, limit),
  unearnedMinor: (root) =>
    reading(db, async (trx) => unearnedRows.parse(await trx.raw(UNEARNED, { root })).rows[0].minor),
  errand: async (id) => (await deadEntries(db, 1, id))[0],
})
