import type { Knex } from 'knex'

/** Who is behind an id of WhatsApp's that hides a number: as they say, and since they proved it as it is. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table whatsapp_users (
      user_id text primary key,
      person text not null,
      is_proven boolean not null,
      at bigint not null
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table whatsapp_users')
}
