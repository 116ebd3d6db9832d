import type { Knex } from 'knex'

/** A message id is its provider's word: two people may come with the same, and each gets an answer of their own. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table answers drop constraint answers_pkey, add primary key (message_id, person)')
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table answers drop constraint answers_pkey, add primary key (message_id)')
}
