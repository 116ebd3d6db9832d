import type { Knex } from 'knex'

/** What people do again and again, so that it costs them fewer answers. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table habits (
      person text not null,
      line text not null,
      count integer not null check (count > 0),
      -- the last different journeys, newest first
      journeys jsonb not null,
      last_at bigint not null,
      primary key (person, line)
    );

    create table own_places (
      person text not null,
      name text not null check (name in ('home', 'work')),
      place text not null references places,
      primary key (person, name)
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table own_places, habits')
}
