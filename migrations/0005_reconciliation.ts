import type { Knex } from 'knex'

/** What providers say moved, what of it does not agree with our books, and what people did about that. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(STATEMENTS)
  await knex.raw(MISMATCHES)
  await knex.raw(ONLY_ADDED)
}

const STATEMENTS = `
  -- a file; one that replaces an earlier of the same day is its next revision
  create table statements (
    provider text not null,
    day text not null check (day ~ '^\\d{4}-\\d\\d-\\d\\d$'),
    revision integer not null check (revision > 0),
    sha256 text not null,
    row_count integer not null,
    -- lines that could not be read and totals that do not fit
    faults jsonb not null,
    at bigint not null,
    primary key (provider, day, revision)
  );

  create table statement_rows (
    provider text not null,
    day text not null,
    revision integer not null,
    line integer not null,
    kind text not null check (kind in ('collection', 'refund', 'payout')),
    reference text not null,
    transaction text not null,
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null,
    fee_minor bigint not null check (fee_minor >= 0),
    at bigint not null,
    primary key (provider, day, revision, line)
  );
  create index statement_rows_reference on statement_rows (provider, reference, kind);

  create view current_statement_rows as
    select r.* from statement_rows r
    where r.revision = (select max(revision) from statements s where s.provider = r.provider and s.day = r.day);

  -- what moved on providers' accounts by itself: not their fees, and not what they paid out to our bank
  create view provider_movements as
    select p.kind as posting, p.source, split_part(case when p.debit like 'provider:%' then p.debit else p.credit end, ':', 2)
        as provider,
      case when p.debit like 'provider:%' then 'collection' when p.kind = 'refunded' then 'refund' else 'payout' end as kind,
      coalesce(i.context ->> case when p.kind = 'refunded' then 'refundReference' else 'reference' end, i.code, p.source)
        as reference,
      p.amount_minor, p.currency, p.at
    from postings p left join instances i on i.id = p.source
    where p.phase in ('moved', 'posted') and (p.debit like 'provider:%' or p.credit like 'provider:%')
      and 'bank' not in (p.debit, p.credit) and p.debit not like 'fee:%' and p.credit not like 'fee:%';

  -- postings come in the order of time, so a day's are found by a few pages and cost their writers next to nothing
  create index postings_at on postings using brin (at) with (pages_per_range = 32, autosummarize = on);
`

const MISMATCHES = `
  create table mismatches (
    id bigint generated always as identity primary key,
    provider text not null,
    day text not null,
    found text not null,
    -- what it is about and what was seen: another amount is another mismatch
    key text not null,
    kind text,
    reference text,
    ours jsonb,
    theirs jsonb,
    why text,
    at bigint not null,
    unique (provider, day, found, key)
  );

  create table mismatch_events (
    mismatch_id bigint not null references mismatches,
    seq integer not null check (seq > 0),
    what text not null check (what in ('opened', 'closed', 'reopened')),
    by text not null check (by ~ '\\S'),
    reason text not null check (reason ~ '\\S'),
    at bigint not null,
    primary key (mismatch_id, seq)
  );

  create view open_mismatches as
    select m.* from mismatches m
    where (select e.what from mismatch_events e where e.mismatch_id = m.id order by e.seq desc limit 1) <> 'closed';
`

const TABLES = ['statements', 'statement_rows', 'mismatches', 'mismatch_events'] as const

const ONLY_ADDED = `
  create function refuse_rewriting() returns trigger language plpgsql as $$
    begin raise exception '% is append-only', tg_table_name; end $$;
  ${TABLES.map(
    (table) => `create trigger ${table}_append_only before update or delete or truncate on ${table}
      for each statement execute function refuse_rewriting();`,
  ).join('\n')}
  do $$ begin
    if not exists (select from pg_roles where rolname = 'inzira_app') then return; end if;
    revoke update, delete on ${TABLES.join(', ')} from inzira_app;
  end $$;
`

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop view open_mismatches, current_statement_rows, provider_movements;
    drop table mismatch_events, mismatches, statement_rows, statements;
    drop index postings_at;
    drop function refuse_rewriting();
  `)
}
