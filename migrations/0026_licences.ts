import type { Knex } from 'knex'

/** What was shown of a driver's licence where no register answers, and until when it stands. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- null: the register's word alone
    alter table drivers add column licence_until bigint;
    create index drivers_licence_ends on drivers (licence_until) where licence_until is not null;
    create index drivers_licence on drivers (licence);

    create table licence_evidence (
      n bigint generated always as identity primary key,
      at bigint not null,
      -- drivers.id: what was shown outlives whom it was about
      driver text not null,
      licence text not null,
      how text not null check (how in ('file', 'hand')),
      status text not null check (status in ('valid', 'expired', 'suspended')),
      until bigint check ((until is not null) = (status = 'valid')),
      by text not null,
      why text not null
    );
    create index licence_evidence_of on licence_evidence (driver, n);
    create trigger licence_evidence_append_only before update or delete or truncate on licence_evidence
      for each statement execute function refuse_rewriting();
    do $$ begin
      if not exists (select from pg_roles where rolname = 'inzira_app') then return; end if;
      revoke update, delete on licence_evidence from inzira_app;
    end $$;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table licence_evidence;
    drop index drivers_licence, drivers_licence_ends;
    alter table drivers drop column licence_until;
  `)
}
