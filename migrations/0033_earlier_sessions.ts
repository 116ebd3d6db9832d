import type { Knex } from 'knex'

/** The session before the present one: a hop of it that comes late is none of a new session. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`alter table conversations add column earlier text not null default ''`)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table conversations drop column earlier')
}
