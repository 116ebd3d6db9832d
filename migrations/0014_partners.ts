import type { Knex } from 'knex'

/** Who acts for a partner, what it carries with, and every change that was made to what is a partner's. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(PEOPLE)
  await knex.raw(FLEET)
  await knex.raw(CHANGES)
}

const PEOPLE = `
  alter table partners
    -- what it is to us; kinds are added without a migration
    add column kind text not null default 'bus' check (kind ~ '^[a-z_]{1,32}$');

  create table partner_members (
    -- opaque: changes are kept for ever and name who made them
    id text primary key,
    partner text not null references partners,
    phone text not null,
    role text not null check (role in ('owner', 'clerk')),
    -- whether what the partner earned is sent to their phone
    paid boolean not null default false check (not paid or role = 'owner'),
    joined_at bigint not null,
    left_at bigint check (left_at >= joined_at)
  );
  create unique index partner_members_paid on partner_members (partner) where paid and left_at is null;
  create unique index partner_members_now on partner_members (phone, partner) where left_at is null;
  create index partner_members_of on partner_members (partner, id) where left_at is null;
  alter table admins add column id text not null unique
    default 'ad_' || replace(gen_random_uuid()::text, '-', '');

  create index routes_partner on routes (partner, id);
`

const FLEET = `
  create table vehicles (
    id text primary key,
    partner text not null references partners,
    plate text not null,
    kind text not null check (kind ~ '^[a-z_]{1,32}$'),
    -- people, or goods, or both
    seats integer check (seats between 1 and 200),
    capacity_kg integer check (capacity_kg > 0),
    status text not null default 'active' check (status in ('active', 'retired')),
    unique (partner, plate),
    check (seats is not null or capacity_kg is not null)
  );

  create table vehicle_papers (
    id text primary key,
    vehicle text not null references vehicles,
    kind text not null check (kind ~ '^[a-z_]{1,32}$'),
    number text not null,
    expires_at bigint not null,
    state text not null default 'submitted' check (state in ('submitted', 'verified', 'rejected'))
  );
  create index vehicle_papers_vehicle on vehicle_papers (vehicle, id);
`

const CHANGES = `
  create table partner_changes (
    n bigint generated always as identity primary key,
    partner text not null references partners,
    at bigint not null,
    -- a member or an administrator
    by text not null,
    what text not null,
    about text not null,
    before jsonb,
    after jsonb
  );
  create index partner_changes_of on partner_changes (partner, n);
  create trigger partner_changes_append_only before update or delete or truncate on partner_changes
    for each statement execute function refuse_rewriting();
  do $$ begin
    if not exists (select from pg_roles where rolname = 'inzira_app') then return; end if;
    revoke update, delete on partner_changes from inzira_app;
  end $$;
`

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table partner_changes, vehicle_papers, vehicles, partner_members;
    drop index routes_partner;
    alter table admins drop column id;
    alter table partners drop column kind;
  `)
}
