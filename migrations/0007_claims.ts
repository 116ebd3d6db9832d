import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- what was sent to somebody who could not tell a repetition from a second wish
    create table claims (
      reference text primary key,
      at bigint not null
    );
    create index claims_old on claims (at);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table claims')
}
