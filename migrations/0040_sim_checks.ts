import type { Knex } from 'knex'

/** What networks were asked about SIM cards, and what they said. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table sim_checks (
      -- the provider's name for the question
      request text primary key,
      -- empty where the answer was faster than we
      person text not null default '',
      asked_at bigint not null,
      heard_at bigint,
      -- null: never, once it was heard
      swapped_at bigint
    );
    create index sim_checks_person on sim_checks (person, asked_at);
    create index sim_checks_old on sim_checks (asked_at);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table sim_checks')
}
