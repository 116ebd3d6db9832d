import type { Knex } from 'knex'

/** Baskets that a person orders again and again, by the names they gave them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table saved_baskets (
      person text not null,
      -- as it is compared: in small letters, without accents
      name text not null check (length(name) between 1 and 20),
      -- as it is typed: 12x3 45x2
      basket text not null,
      primary key (person, name)
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table saved_baskets')
}
