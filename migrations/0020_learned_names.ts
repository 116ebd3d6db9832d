import type { Knex } from 'knex'

/** What people typed that was not understood, and where they meant: said by enough of them it becomes a name. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table place_misses (
      -- folded to lower case without accents
      name text not null,
      place text not null references places (id) on delete cascade,
      -- who has travelled there: once, however often they type it
      person text not null,
      at bigint not null,
      primary key (name, place, person)
    );
    alter table place_names add column learned boolean not null default false;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table place_names drop column learned;
    drop table place_misses;
  `)
}
