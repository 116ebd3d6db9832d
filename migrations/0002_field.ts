import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create extension if not exists pg_trgm;

    create table places (
      id text primary key,
      name text not null,
      -- every name people use for it, folded to lower case without accents
      aliases text[] not null,
      alias_text text not null,
      area text not null,
      stage integer unique,
      at point not null,
      rank integer not null
    );
    create index places_alias on places using gin (alias_text gin_trgm_ops);
    create index places_rank on places (rank);
    create index places_at on places using gist (at);

    create table tariffs (
      line text not null,
      valid_from bigint not null,
      rules jsonb not null,
      primary key (line, valid_from)
    );

    create table drivers (
      phone text primary key,
      name text not null,
      plate text not null,
      line text not null,
      licence text not null,
      licence_status text not null default 'unknown',
      licence_checked_at bigint not null default 0,
      status text not null check (status in ('off', 'free', 'offered', 'busy')),
      -- the one journey a driver is offered or on: nobody can be on two
      journey text unique,
      at point not null,
      seen_at bigint not null,
      stars_sum integer not null default 0,
      stars_count integer not null default 0,
      check ((journey is null) = (status in ('off', 'free')))
    );
    create index drivers_free on drivers using gist (at) where status = 'free';

    create table messages (
      id text primary key,
      person text not null,
      channel text not null,
      external_id text,
      status text not null,
      rank integer not null,
      at bigint not null
    );
    create index messages_external on messages (channel, external_id) where external_id is not null;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table messages, drivers, tariffs, places')
}
