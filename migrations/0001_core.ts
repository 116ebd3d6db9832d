import type { Knex } from 'knex'

// Moments are epoch milliseconds (bigint): what was written is read back to the bit, and compares as a number.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table conversations (
      person text primary key,
      seq integer not null,
      language text not null,
      channel text not null,
      focus jsonb not null,
      page integer not null,
      session text not null,
      heard text not null,
      heard_at bigint not null,
      opted_out boolean not null
    ) with (fillfactor = 80);

    create table answers (
      message_id text primary key,
      person text not null,
      body text not null,
      at bigint not null
    );

    create table instances (
      id text primary key,
      flow text not null,
      version integer not null,
      seq integer not null,
      owner text not null,
      -- what it was begun for, its own id when for nothing else: follows a booking through the logs
      root text not null default '',
      code text,
      state text not null,
      context jsonb not null,
      done boolean not null,
      deadline_at bigint
    ) with (fillfactor = 80);
    create unique index instances_code on instances (flow, code) where code is not null;
    create index instances_active on instances (owner, flow) where not done;
    create index instances_overdue on instances (deadline_at) where deadline_at is not null;

    create table journal (
      instance_id text not null,
      cause text not null,
      flow text not null,
      seq integer not null,
      event jsonb not null,
      at bigint not null,
      primary key (instance_id, cause)
    );

    create table outbox (
      id text primary key,
      flow text,
      about text,
      root text not null default '',
      type text not null,
      params jsonb not null,
      lane text not null,
      due_at bigint not null,
      lease integer not null default 0,
      attempts integer not null default 0,
      last_error text,
      dead_at bigint
    );
    create index outbox_due on outbox (lane, due_at) where dead_at is null;

    create table postings (
      kind text not null,
      source text not null,
      debit text not null,
      credit text not null,
      amount_minor bigint not null check (amount_minor > 0),
      currency text not null,
      at bigint not null,
      primary key (kind, source),
      check (debit <> credit)
    );
    create view ledger as
      select kind, source, debit as account, amount_minor, currency, at from postings
      union all
      select kind, source, credit as account, -amount_minor, currency, at from postings;

    create function refuse_change() returns trigger language plpgsql as $$
      begin raise exception 'postings are append-only: correct with a new one'; end $$;
    create trigger postings_append_only before update or delete or truncate on postings
      for each statement execute function refuse_change();

    -- ends a statement that relied on what has moved on
    create function refuse_turn() returns boolean language plpgsql as $$
      begin raise exception 'a turn is stale' using errcode = 'IZ001'; end $$;

    create sequence codes start 100 increment 50;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop view ledger;
    drop table postings, outbox, journal, instances, answers, conversations;
    drop function refuse_change(), refuse_turn();
    drop sequence codes;
  `)
}
