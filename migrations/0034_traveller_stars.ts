import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- how drivers found whoever they drove: counts only, as theirs are
    create table traveller_stars (
      person text primary key,
      stars_sum integer not null check (stars_sum between stars_count and 5 * stars_count),
      stars_count integer not null check (stars_count > 0)
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table traveller_stars')
}
