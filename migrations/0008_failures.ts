import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- tries that came back to say that they failed; the others among the attempts ended with their worker
    alter table outbox add column failures integer not null default 0;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table outbox drop column failures')
}
