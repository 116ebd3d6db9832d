import { z } from 'zod'
import type { Instant } from '../../core/base/clock.ts'
import { isMsisdn, type Msisdn } from '../../core/base/phone.ts'
import { usual } from '../../core/people/habits.ts'
import type { Flows } from '../../core/run/draft.ts'
import { FLOW_NAMES, type FlowName, ROLES } from '../../core/run/flow.ts'
import type { Standing } from '../../core/run/store.ts'
import type { Instance, JournalEntry } from '../../core/run/work.ts'
import { offering } from '../../core/sell/loads.ts'
import { CHANNELS } from '../../core/talk/channel.ts'
import type { Conversation } from '../../core/talk/conversation.ts'
import { type Db, prepared } from './connect.ts'

const flowName = z.enum(FLOW_NAMES)
const about = z.object({ flow: flowName, id: z.string() })
const role = z.enum(ROLES)
const context = z.record(z.string(), z.unknown())

/** A phone number as we wrote it ourselves. */
export const phone = z.custom<Msisdn>(
  (text) => typeof text === 'string' && isMsisdn(text),
  'not a phone number',
)

const focus = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('menu'), usual: usual.nullable().exactOptional() }),
  z.object({ kind: z.literal('counter'), customer: phone.nullable() }),
  z.object({ kind: z.literal('bid'), load: offering }),
  z.object({ kind: z.literal('talk'), about, role, reopened: z.boolean() }),
  z.object({ kind: z.literal('resume'), about, role }),
])

const conversationRow = z
  .object({
    person: phone,
    seq: z.int(),
    language: z.string(),
    channel: z.enum(CHANNELS),
    focus,
    page: z.int(),
    session: z.string(),
    earlier: z.string(),
    heard: z.string(),
    heard_at: z.number(),
    opted_out: z.boolean(),
  })
  .transform(
    ({ heard_at, opted_out, ...row }): Conversation => ({ ...row, heardAt: heard_at, optedOut: opted_out }),
  )

const instanceRow = z.object({
  id: z.string(),
  flow: flowName,
  version: z.int(),
  seq: z.int(),
  root: z.string(),
  owner: phone,
  code: z.string().nullable(),
  state: z.string(),
  context,
  done: z.boolean(),
  deadline_at: z.number().nullable(),
})

/** A row as today's code understands it: an older snapshot is migrated here, and rewritten at its next event. */
function toInstance(flows: Flows, row: unknown): Instance {
  const { deadline_at, ...saved } = instanceRow.parse(row)
  return { ...saved, ...flows[saved.flow].revive(saved), deadlineAt: deadline_at }
}

const INSTANCE = 'id, flow, version, seq, root, owner, code, state, context, done, deadline_at'

export async function instanceById(db: Db, flows: Flows, id: string): Promise<Instance | null> {
  const rows = await prepared(
    db,
    'instance',
    `select ${INSTANCE} from instances where id = $1`,
    [id],
    (row) => toInstance(flows, row),
  )
  return rows[0] ?? null
}

export async function instanceByCode(
  db: Db,
  flows: Flows,
  flow: FlowName,
  code: string,
  asker: Msisdn | null,
): Promise<Instance | null> {
  // Of several journeys for one booking the last is meant.
  const text = `select ${INSTANCE} from instances
    where flow = $1 and code = $2 and ($3::text is null or is_held($3, id)) order by id desc limit 1`
  return (
    (await prepared(db, 'by_code', text, [flow, code, asker], (row) => toInstance(flows, row)))[0] ?? null
  )
}

export async function activeOf(
  db: Db,
  flows: Flows,
  owner: Msisdn,
  flow: FlowName,
  limit: number,
): Promise<Instance[]> {
  const text = `select ${INSTANCE} from instances where owner = $1 and flow = $2 and not done order by id desc limit $3`
  return prepared(db, 'active', text, [owner, flow, limit], (row) => toInstance(flows, row))
}

export async function overdueBy(db: Db, flows: Flows, now: Instant, limit: number): Promise<Instance[]> {
  const text = `select ${INSTANCE} from instances where deadline_at <= $1 order by deadline_at limit $2`
  return prepared(db, 'overdue', text, [now, limit], (row) => toInstance(flows, row))
}

const standingRow = z.object({
  asked: z.int(),
  conversation: conversationRow.nullable(),
  instance: z.unknown(),
  body: z.string().nullable(),
})

const STANDINGS = `
select a.n::int as asked, to_jsonb(c) as conversation, to_jsonb(i) as instance, s.body
from unnest($1::text[], $2::text[]) with ordinality as a(person, message_id, n)
left join conversations c on c.person = a.person
left join instances i on i.id = c.focus #>> '{about,id}'
left join answers s on s.message_id = a.message_id and s.person = a.person`

/** What each of the askers needs to take their turn, in one trip for all of them. */
export async function readStandings(
  db: Db,
  flows: Flows,
  asked: readonly { person: Msisdn; messageId: string }[],
): Promise<Standing[]> {
  const values = [asked.map(({ person }) => person), asked.map(({ messageId }) => messageId)]
  const rows = await prepared(db, 'standing', STANDINGS, values, (row) => standingRow.parse(row))
  const found = new Map(rows.map((row) => [row.asked, row]))
  return asked.map((_, n) => {
    const row = found.get(n + 1)
    return {
      conversation: row?.conversation ?? null,
      instance: row?.instance ? toInstance(flows, row.instance) : null,
      answered: row?.body ?? null,
    }
  })
}

const journalRow = z.object({
  id: z.string(),
  cause: z.string(),
  flow: flowName,
  seq: z.int(),
  at: z.number(),
  event: z.looseObject({ type: z.string(), at: z.number() }),
})

/** Everything that happened to an instance, in order. */
export async function journalOf(db: Db, id: string): Promise<JournalEntry[]> {
  const text =
    'select instance_id as id, cause, flow, seq, event, at from journal where instance_id = $1 order by seq'
  return prepared(db, 'journal', text, [id], (row) => journalRow.parse(row))
}
