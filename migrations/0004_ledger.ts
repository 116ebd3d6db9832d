import type { Knex } from 'knex'

/*
 * Money that is held, balances that are read in no time, and a role that cannot rewrite the books.
 *
 * An operator keeps the owner of the schema for migrations and gives the application a login of its own:
 *
 *   create role inzira login password '…' in role inzira_app;
 *
 * A new version is first started once with the owner in DATABASE_URL, which migrates, then with `inzira`; one with
 * nothing to migrate starts with `inzira` alone. Members of inzira_app may add postings and read them and no more: no
 * update, no delete, no truncate, and not being owners they cannot take the triggers off either. What is derived from
 * postings they may only read; functions with the owner's rights keep it. Where whoever migrates may not create
 * roles, the application remains the owner, and only the triggers stand in its way.
 */
export async function up(knex: Knex): Promise<void> {
  const schema = await currentSchema(knex)
  await knex.raw(PHASES)
  await knex.raw(BALANCES)
  await knex.raw(BOOKING(schema))
  await knex.raw(FOLDING(schema))
  await knex.raw(EXPIRING)
  await knex.raw(OPENING)
  await knex.raw(ROLE(schema))
}

async function currentSchema(knex: Knex): Promise<string> {
  const { rows } = await knex.raw('select quote_ident(current_schema()) as it')
  return rows[0].it
}

/** A posting moves money, or holds it, or says what became of a hold: all of them rows that are only added. */
const PHASES = `
  alter table postings
    add column phase text not null default 'moved' check (phase in ('moved', 'held', 'posted', 'voided', 'expired')),
    -- when a hold ends by itself
    add column until_at bigint,
    -- the hold that this one resolves
    add column hold_kind text,
    add column hold_source text,
    add check ((phase = 'held') = (until_at is not null) and coalesce(until_at > at, true)),
    add check ((phase in ('posted', 'voided', 'expired')) = (hold_kind is not null)
      and (hold_kind is null) = (hold_source is null));
  -- a hold is resolved once, whoever tries and whenever
  create unique index postings_resolved on postings (hold_kind, hold_source) where hold_kind is not null;

  create or replace view ledger as
    select kind, source, debit as account, amount_minor, currency, at from postings where phase in ('moved', 'posted')
    union all
    select kind, source, credit as account, -amount_minor, currency, at from postings where phase in ('moved', 'posted');

  create view holds as
    select h.kind, h.source, h.debit, h.credit, h.amount_minor, h.currency, h.at, h.until_at,
      coalesce(r.phase, 'open') as outcome, r.kind as resolved_by, r.at as resolved_at,
      case when r.phase = 'posted' then r.amount_minor else 0 end as posted_minor
    from postings h left join postings r on r.hold_kind = h.kind and r.hold_source = h.source
    where h.phase = 'held';
`

/** Derived from postings: what was folded, what was not yet, and which holds are open. */
const BALANCES = `
  create table balance_sums (
    account text not null,
    currency text not null,
    amount_minor bigint not null,
    debits_held_minor bigint not null,
    credits_held_minor bigint not null,
    primary key (account, currency)
  ) with (fillfactor = 80);

  -- Sides of postings that are in no sum yet. A row is either here or summed, in every snapshot, so that no reader
  -- need know which numbers were still being written when somebody folded.
  create table balance_tail (
    n bigint generated always as identity primary key,
    account text not null,
    currency text not null,
    amount_minor bigint not null,
    debits_held_minor bigint not null,
    credits_held_minor bigint not null
    -- readers pass over what was folded until it is swept up, so that happens by the thousand and not by the share
  ) with (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);
  create index balance_tail_account on balance_tail (account);

  create table open_holds (kind text, source text, until_at bigint not null, primary key (kind, source));
  create index open_holds_until on open_holds (until_at);

  create view balances as
    select account, currency, sum(amount_minor)::bigint as amount_minor,
      sum(debits_held_minor)::bigint as debits_held_minor, sum(credits_held_minor)::bigint as credits_held_minor
    from (
      select account, currency, amount_minor, debits_held_minor, credits_held_minor from balance_sums
      union all
      select account, currency, amount_minor, debits_held_minor, credits_held_minor from balance_tail
    ) sides group by account, currency;
`

/** Books one posting: a row trigger costs a turn without postings nothing. */
const BOOKING = (schema: string) => `
  create function book_posting() returns trigger language plpgsql security definer set search_path = ${schema}, pg_temp as $$
  declare
    held postings;
    moved bigint := case when new.phase in ('moved', 'posted') then new.amount_minor else 0 end;
    waits bigint := case when new.phase = 'held' then new.amount_minor else 0 end;
  begin
    if new.phase = 'held' then
      -- It may be resolved by a row of the same statement, whose turn came before this one's.
      insert into open_holds (kind, source, until_at) select new.kind, new.source, new.until_at
        where not exists (select from postings where hold_kind = new.kind and hold_source = new.source);
    elsif new.phase <> 'moved' then
      select * into held from postings where kind = new.hold_kind and source = new.hold_source and phase = 'held';
      if not found or (held.debit, held.credit, held.currency) <> (new.debit, new.credit, new.currency) then
        raise exception 'no such hold: % of % between these accounts', new.hold_kind, new.hold_source
          using errcode = 'check_violation';
      end if;
      if new.amount_minor > held.amount_minor or (new.phase <> 'posted' and new.amount_minor <> held.amount_minor) then
        raise exception 'not what is held: % of %', new.amount_minor, held.amount_minor using errcode = 'check_violation';
      end if;
      -- What becomes of a hold depends on when it was decided, never on whether a sweep was faster.
      if (new.phase = 'expired') <> (new.at >= held.until_at) then
        raise exception 'the hold ends at %, and this was at %', held.until_at, new.at using errcode = 'IZ001';
      end if;
      delete from open_holds where kind = new.hold_kind and source = new.hold_source;
      waits := -held.amount_minor;
    end if;
    insert into balance_tail (account, currency, amount_minor, debits_held_minor, credits_held_minor)
      values (new.debit, new.currency, moved, waits, 0), (new.credit, new.currency, -moved, 0, waits);
    return null;
  end $$;
  create trigger postings_booked after insert on postings for each row execute function book_posting();
`

const FOLDING = (schema: string) => `
  create function fold_balances(most integer) returns integer language plpgsql security definer set search_path = ${schema}, pg_temp as $$
  declare taken integer;
  begin
    if not pg_try_advisory_xact_lock(hashtext('fold_balances')) then return 0; end if;
    with
      gone as (delete from balance_tail where n in (select n from balance_tail order by n limit most) returning *),
      summed as (insert into balance_sums as s (account, currency, amount_minor, debits_held_minor, credits_held_minor)
        select account, currency, sum(amount_minor), sum(debits_held_minor), sum(credits_held_minor)
          from gone group by account, currency
        on conflict (account, currency) do update set amount_minor = s.amount_minor + excluded.amount_minor,
          debits_held_minor = s.debits_held_minor + excluded.debits_held_minor,
          credits_held_minor = s.credits_held_minor + excluded.credits_held_minor)
    select count(*) into taken from gone;
    return taken;
  end $$;
`

/** A hold that somebody resolves at this very moment is theirs: the unique index says so, and nobody waits for a lock. */
const EXPIRING = `
  create function expire_holds(now_at bigint, most integer) returns setof open_holds language plpgsql as $$
  begin
    if not pg_try_advisory_xact_lock(hashtext('expire_holds')) then return; end if;
    return query
      with due as (select * from open_holds where until_at <= now_at order by until_at limit most)
      insert into postings (kind, source, debit, credit, amount_minor, currency, at, phase, hold_kind, hold_source)
        select h.kind || ' expired', h.source, h.debit, h.credit, h.amount_minor, h.currency, now_at, 'expired', h.kind, h.source
        from due join postings h on h.kind = due.kind and h.source = due.source
      on conflict (hold_kind, hold_source) where hold_kind is not null do nothing
      returning hold_kind, hold_source, at;
  end $$;
`

/** What was booked before there were balances. */
const OPENING = `
  insert into balance_sums (account, currency, amount_minor, debits_held_minor, credits_held_minor)
    select account, currency, sum(amount_minor), 0, 0 from ledger group by account, currency;
`

/** A role belongs to the whole server, so several databases may make it at once, and none takes it away. */
const ROLE = (schema: string) => `
  do $$ begin
    create role inzira_app nologin;
  exception
    when duplicate_object or unique_violation then null;
    when insufficient_privilege then raise notice 'no role inzira_app: whoever migrates may not create roles';
  end $$;
  revoke execute on function fold_balances(integer), expire_holds(bigint, integer) from public;
  do $$ begin
    if not exists (select from pg_roles where rolname = 'inzira_app') then return; end if;
    grant usage on schema ${schema} to inzira_app;
    grant select, insert, update, delete on all tables in schema ${schema} to inzira_app;
    grant usage, select on all sequences in schema ${schema} to inzira_app;
    grant execute on function fold_balances(integer), expire_holds(bigint, integer) to inzira_app;
    revoke update, delete on postings from inzira_app;
    revoke insert, update, delete on balance_sums, balance_tail, open_holds from inzira_app;
    alter default privileges in schema ${schema} grant select, insert, update, delete on tables to inzira_app;
    alter default privileges in schema ${schema} grant usage, select on sequences to inzira_app;
  end $$;
`

export async function down(knex: Knex): Promise<void> {
  const schema = await currentSchema(knex)
  const { rows } = await knex.raw(`select exists (select from postings where phase <> 'moved') as held`)
  if (rows[0].held) throw new Error('there are holds in the books, and they cannot be taken out')
  await knex.raw(`
    drop view balances, holds;
    drop trigger postings_booked on postings;
    drop function book_posting(), fold_balances(integer), expire_holds(bigint, integer);
    drop table balance_sums, balance_tail, open_holds;
    create or replace view ledger as
      select kind, source, debit as account, amount_minor, currency, at from postings
      union all
      select kind, source, credit as account, -amount_minor, currency, at from postings;
    alter table postings drop column phase, drop column until_at, drop column hold_kind, drop column hold_source;
    do $$ begin
      if not exists (select from pg_roles where rolname = 'inzira_app') then return; end if;
      alter default privileges in schema ${schema} revoke select, insert, update, delete on tables from inzira_app;
      alter default privileges in schema ${schema} revoke usage, select on sequences from inzira_app;
      revoke all on all tables in schema ${schema} from inzira_app;
      revoke all on all sequences in schema ${schema} from inzira_app;
      revoke all on schema ${schema} from inzira_app;
    end $$;
  `)
}
