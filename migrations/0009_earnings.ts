import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- whose account in the books: entries outlive telephone numbers
    alter table drivers add column id text not null unique
      default 'dr_' || replace(gen_random_uuid()::text, '-', '');

    -- what moved on an earner's account in a week
    create index postings_earned_by on postings (credit, at) where credit ~ '^(driver|partner):';
    create index postings_earned_from on postings (debit, at) where debit ~ '^(driver|partner):';
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index postings_earned_by, postings_earned_from; alter table drivers drop column id')
}
