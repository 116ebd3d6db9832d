import type { Knex } from 'knex'

/** Customers who buy now and pay later: what they may owe, what they owe, and the invoices that say so. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(ACCOUNTS)
  await knex.raw(MOVEMENTS)
  await knex.raw(INVOICES)
  await knex.raw(ONLY_ADDED)
}

const ACCOUNTS = `
  create table credit_accounts (
    id text primary key,
    phone text not null unique,
    currency text not null,
    limit_minor bigint not null check (limit_minor >= 0),
    -- Kept here and not summed up from charges: whoever charges waits for this row and then sees what others charged.
    -- Below nought the customer has paid more than they owe.
    outstanding_minor bigint not null default 0,
    terms_days integer not null check (terms_days between 0 and 365),
    status text not null default 'open' check (status in ('open', 'stopped')),
    opened_at bigint not null
  ) with (fillfactor = 80);
`

const MOVEMENTS = `
  create table credit_charges (
    reference text primary key,
    -- null where it was refused: the same reference hears the same answer for ever
    account text references credit_accounts,
    amount_minor bigint not null check (amount_minor > 0),
    currency text not null,
    refunded_minor bigint not null default 0 check (refunded_minor between 0 and amount_minor),
    at bigint not null,
    check (account is not null or refunded_minor = 0)
  );

  create table credit_refunds (
    reference text primary key,
    charge text not null references credit_charges,
    amount_minor bigint not null check (amount_minor > 0),
    at bigint not null
  );

  create table credit_repayments (
    invoice text not null,
    -- the payment that brought it, or what a person wrote down of a transfer or of cash
    reference text not null,
    account text not null references credit_accounts,
    amount_minor bigint not null check (amount_minor > 0),
    by text,
    at bigint not null,
    primary key (invoice, reference)
  );
`

const INVOICES = `
  create table invoice_years (
    year integer primary key,
    last_no integer not null check (last_no > 0)
  );

  create table invoices (
    year integer not null references invoice_years,
    no integer not null check (no > 0),
    id text not null unique,
    charge text not null unique references credit_charges,
    primary key (year, no)
  );
`

const TABLES = ['credit_refunds', 'credit_repayments', 'invoices'] as const

const ONLY_ADDED = `
  ${TABLES.map(
    (table) => `create trigger ${table}_append_only before update or delete or truncate on ${table}
      for each statement execute function refuse_rewriting();`,
  ).join('\n')}
  do $$ begin
    if not exists (select from pg_roles where rolname = 'inzira_app') then return; end if;
    revoke update, delete on ${TABLES.join(', ')} from inzira_app;
    revoke delete on credit_accounts, credit_charges, invoice_years from inzira_app;
  end $$;
`

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table invoices, invoice_years, credit_repayments, credit_refunds, credit_charges, credit_accounts;
  `)
}
