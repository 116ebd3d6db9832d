import { z } from 'zod'
import type { Committed } from '../../core/run/store.ts'
import type { Work } from '../../core/run/work.ts'
import { type Db, prepared } from './connect.ts'

// One statement writes a whole batch of turns. First every row a turn relies on is locked, in one order for all;
// a turn whose row has moved on is stale and writes nothing; the others write everything.
const COMMIT = `
with
  c as (select * from json_to_recordset($1) as t(n int, was int, person text, seq int, language text, channel text,
        focus jsonb, page int, session text, heard text, "heardAt" bigint, "optedOut" bool)),
  i as (select * from json_to_recordset($2) as t(n int, was int, id text, flow text, version int, seq int, root text, owner text,
        code text, state text, context jsonb, done bool, "deadlineAt" bigint)),
  f as (select * from json_to_recordset($3) as t(n int, id text, lease int)),
  lc as (select v.person, v.seq from conversations v where v.person in (select person from c where was > 0) order by v.person for update),
  li as (select v.id, v.seq from instances v where v.id in (select id from i where was > 0) order by v.id for update),
  lf as (select v.id, v.lease from outbox v where v.id in (select id from f) order by v.id for update),
  stale as materialized (
    select n from c left join lc using (person) where was > 0 and lc.seq is distinct from was
    union select n from i left join li using (id) where was > 0 and li.seq is distinct from was
    union select n from f left join lf using (id) where lf.lease is distinct from f.lease),
  new_c as (insert into conversations (person, seq, language, channel, focus, page, session, heard, heard_at, opted_out)
    select person, seq, language, channel, focus, page, session, heard, "heardAt", "optedOut"
    from c where was = 0 and n not in (select n from stale)),
  old_c as (update conversations v set seq = c.seq, language = c.language, channel = c.channel, focus = c.focus, page = c.page,
      session = c.session, heard = c.heard, heard_at = c."heardAt", opted_out = c."optedOut"
    from c where v.person = c.person and v.seq = c.was and c.was > 0 and n not in (select n from stale)),
  new_i as (insert into instances (id, flow, version, seq, root, owner, code, state, context, done, deadline_at)
    select id, flow, version, seq, root, owner, code, state, context, done, "deadlineAt"
    from i where was = 0 and n not in (select n from stale)),
  old_i as (update instances v set version = i.version, seq = i.seq, state = i.state, context = i.context, done = i.done,
      deadline_at = i."deadlineAt"
    from i where v.id = i.id and v.seq = i.was and i.was > 0 and i.seq > i.was and n not in (select n from stale)),
  old_f as (delete from outbox v using f where v.id = f.id and v.lease = f.lease and n not in (select n from stale)),
  new_a as (insert into answers (message_id, person, body, at)
    select "messageId", person, body, at
    from json_to_recordset($4) as t(n int, "messageId" text, person text, body text, at bigint) where n not in (select n from stale)),
  new_j as (insert into journal (instance_id, cause, flow, seq, event, at)
    select id, cause, flow, seq, event, at
    from json_to_recordset($5) as t(n int, id text, cause text, flow text, seq int, event jsonb, at bigint) where n not in (select n from stale)),
  new_o as (insert into outbox (id, flow, about, root, type, params, lane, due_at)
    select id, flow, about, root, type, params, lane, "dueAt"
    from json_to_recordset($6) as t(n int, id text, flow text, about text, root text, type text, params jsonb, lane text, "dueAt" bigint)
    where n not in (select n from stale)),
  new_p as (insert into postings (kind, source, debit, credit, amount_minor, currency, at)
    select kind, source, debit, credit, "amountMinor", currency, at
    from json_to_recordset($7) as t(n int, kind text, source text, debit text, credit text, "amountMinor" bigint, currency text, at bigint)
    where n not in (select n from stale))
select n from stale`

const staleRow = z.object({ n: z.int() })

/** Writes the turns, each wholly or not at all. A unique violation anywhere throws: the caller finds out whose. */
export async function commitTogether(db: Db, works: readonly Work[]): Promise<Committed[]> {
  const rows = <T extends object>(of: (work: Work) => readonly T[]) => {
    const all = works.flatMap((work, n) => of(work).map((row) => ({ ...row, n })))
    return JSON.stringify(all)
  }
  const stale = await prepared(
    db,
    'commit',
    COMMIT,
    [
      rows(({ conversation }) => (conversation ? [{ ...conversation.next, was: conversation.was }] : [])),
      rows(({ instances }) => instances.map(({ next, was }) => ({ ...next, was }))),
      rows(({ finished }) => finished.map(({ id, lease }) => ({ id, lease }))),
      rows(({ answer }) => (answer ? [answer] : [])),
      rows(({ journal }) => journal),
      rows(({ outbox }) =>
        outbox.map(({ about, ...entry }) => ({ ...entry, flow: about?.flow, about: about?.id })),
      ),
      rows(({ postings }) => postings.map(({ money, ...posting }) => ({ ...posting, ...money }))),
    ],
    (row) => staleRow.parse(row).n,
  )
  const late = new Set(stale)
  return works.map((_, n) => (late.has(n) ? 'stale' : 'done'))
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

/** Writes the batch; where one turn breaks a constraint, each is written alone and only that one is stale. */
export async function commitBatch(db: Db, works: readonly Work[]): Promise<Committed[]> {
  try {
    return await commitTogether(db, works)
  } catch (error) {
    const state = sqlState(error)
    if (state !== UNIQUE_VIOLATION && state !== DEADLOCK) throw error
    if (works.length === 1) return ['stale']
    const outcomes: Committed[] = []
    for (const work of works) outcomes.push(...(await commitBatch(db, [work])))
    return outcomes
  }
}

const UNIQUE_VIOLATION = '23505'
const DEADLOCK = '40P01'
