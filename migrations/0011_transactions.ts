import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- what the one outside calls the movement, as provider:transaction: nothing is booked twice under one name
    alter table postings add column external text check (external <> '');
    create unique index postings_external on postings (external) where external is not null;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table postings drop column external')
}
