import type { Knex } from 'knex'

/** A journey that came to nothing may be followed by another of the same booking, which people name by the same code. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index instances_code;
    create unique index instances_code on instances
      (flow, code, (case when done and flow = 'tracking' then id else '' end)) where code is not null;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index instances_code;
    create unique index instances_code on instances (flow, code) where code is not null;
  `)
}
