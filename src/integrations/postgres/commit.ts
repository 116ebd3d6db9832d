import pg from 'pg'
import { type Committed, Refused } from '../../core/run/store.ts'
import type { Posting, Work } from '../../core/run/work.ts'
import { type Db, prepared } from './connect.ts'

// One statement writes a whole batch of turns. Every row that a turn relies on must still have the count it was read
// with; if a single one has moved on, the statement refuses itself and nothing of the batch is written.
const statement = (more = '') => `
with
  c as materialized (select * from json_to_recordset($1) as t(was int, person text, seq int, language text, channel text,
        focus jsonb, page int, session text, earlier text, heard text, "heardAt" bigint, "optedOut" bool)),
  i as materialized (select * from json_to_recordset($2) as t(was int, id text, flow text, version int, seq int, root text,
        owner text, code text, state text, context jsonb, done bool, "deadlineAt" bigint)),
  new_c as (insert into conversations (person, seq, language, channel, focus, page, session, earlier, heard, heard_at,
      opted_out)
    select person, seq, language, channel, focus, page, session, earlier, heard, "heardAt", "optedOut" from c where was = 0),
  old_c as (update conversations v set seq = c.seq, language = c.language, channel = c.channel, focus = c.focus, page = c.page,
      session = c.session, earlier = c.earlier, heard = c.heard, heard_at = c."heardAt", opted_out = c."optedOut"
    from c where v.person = c.person and v.seq = c.was and c.was > 0 returning 1),
  new_i as (insert into instances (id, flow, version, seq, root, owner, code, state, context, done, deadline_at)
    select id, flow, version, seq, root, owner, code, state, context, done, "deadlineAt" from i where was = 0),
  old_i as (update instances v set version = i.version, seq = i.seq, state = i.state, context = i.context, done = i.done,
      deadline_at = i."deadlineAt"
    from i where v.id = i.id and v.seq = i.was and i.was > 0 and i.seq > i.was returning 1),
  seen_i as (select 1 from i join instances v on v.id = i.id and v.seq = i.was where i.seq = i.was for share of v),
  old_f as (delete from outbox v using json_to_recordset($3) as f(id text, lease int)
    where v.id = f.id and v.lease = f.lease returning 1),
  new_a as (insert into answers (message_id, person, body, at)
    select "messageId", person, body, at from json_to_recordset($4) as t("messageId" text, person text, body text, at bigint)),
  new_j as (insert into journal (instance_id, cause, flow, seq, event, at)
    select id, cause, flow, seq, event, at
    from json_to_recordset($5) as t(id text, cause text, flow text, seq int, event jsonb, at bigint)),
  new_o as (insert into outbox (id, flow, about, root, type, params, lane, due_at)
    select id, flow, about, root, type, params, lane, "dueAt"
    from json_to_recordset($6) as t(id text, flow text, about text, root text, type text, params jsonb, lane text, "dueAt" bigint))${more}
select case when $7 = (select count(*) from old_c) + (select count(*) from old_i) + (select count(*) from seen_i)
  + (select count(*) from old_f) then true else refuse_turn() end as written`

// Most turns move no money, and even an insert of nothing opens the table, its indexes and its triggers.
const COMMIT = statement()
const COMMIT_MONEY = statement(`,
  new_p as (insert into postings (kind, source, debit, credit, amount_minor, currency, at, phase, until_at, hold_kind, hold_source, external)
    select kind, source, debit, credit, "amountMinor", currency, at, phase, until, "holdKind", "holdSource", external
    from json_to_recordset($8) as t(kind text, source text, debit text, credit text, "amountMinor" bigint, currency text,
      at bigint, phase text, until bigint, "holdKind" text, "holdSource" text, external text))`)

const PHASE = { post: 'posted', void: 'voided' } as const

const rowOf = ({ money, hold, resolve, ...posting }: Posting) => ({
  ...posting,
  ...money,
  phase: hold ? 'held' : resolve ? PHASE[resolve.how] : 'moved',
  until: hold?.until,
  holdKind: resolve?.kind,
  holdSource: resolve?.source,
})

/** Writes the turns all together or not at all. @throws when a turn is stale or breaks a constraint: the caller finds out whose */
async function commitTogether(db: Db, works: readonly Work[]): Promise<void> {
  const rows = <T>(of: (work: Work) => readonly T[]) => JSON.stringify(works.flatMap(of))
  const reliedOn = works.reduce((sum, { conversation, instances, finished }) => {
    const known = instances.filter(({ was }) => was > 0).length
    return sum + known + finished.length + (conversation && conversation.was > 0 ? 1 : 0)
  }, 0)
  const values = [
    rows(({ conversation }) => (conversation ? [{ ...conversation.next, was: conversation.was }] : [])),
    rows(({ instances }) => instances.map(({ next, was }) => ({ ...next, was }))),
    rows(({ finished }) => finished.map(({ id, lease }) => ({ id, lease }))),
    rows(({ answer }) => (answer ? [answer] : [])),
    rows(({ journal }) => journal),
    rows(({ outbox }) =>
      outbox.map(({ about, ...entry }) => ({ ...entry, flow: about?.flow, about: about?.id })),
    ),
    reliedOn,
  ]
  const postings = works.flatMap((work) => work.postings.map(rowOf))
  if (postings.length === 0) await prepared(db, 'commit', COMMIT, values, (row) => row)
  else await prepared(db, 'commit_money', COMMIT_MONEY, [...values, JSON.stringify(postings)], (row) => row)
}

/** What a turn must not share with another in the same statement. */
export const keysOf = (work: Work): string[] => [
  ...(work.conversation ? [work.conversation.next.person] : []),
  ...(work.answer ? [work.answer.messageId] : []),
  ...work.instances.map(({ next }) => next.id),
  ...work.finished.map(({ id }) => id),
]

/** PostgreSQL's own word for what went wrong (SQLSTATE, appendix A); undefined when it was not PostgreSQL. */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** Two payments cannot both be the one that a provider calls so (migration 0011). */
const refusalIn = (error: unknown): Refused | undefined =>
  error instanceof pg.DatabaseError && error.constraint === 'postings_external'
    ? new Refused(`booked before, for somebody else: ${error.detail ?? 'a movement of that name'}`)
    : undefined

/**
 * Writes the batch; where one turn is stale, breaks a constraint or is refused, each is written alone and only that one
 * is. A refusal is handed back and not thrown, so that it is nobody else's.
 */
export async function commitBatch(db: Db, works: readonly Work[]): Promise<(Committed | Refused)[]> {
  try {
    await commitTogether(db, works)
    return works.map(() => 'done')
  } catch (error) {
    if (!SOMEBODY_WAS_FASTER.has(sqlState(error) ?? '')) throw error
    if (works.length === 1) return [refusalIn(error) ?? 'stale']
    const outcomes: (Committed | Refused)[] = []
    for (const work of works) outcomes.push(...(await commitBatch(db, [work])))
    return outcomes
  }
}

/** Our own refusal, a unique violation, a deadlock. */
const SOMEBODY_WAS_FASTER = new Set(['IZ001', '23505', '40P01'])
