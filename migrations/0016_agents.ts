import type { Knex } from 'knex'

/** People who book for others, and whom they asked to confirm. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table agents (
      -- opaque: it names an account
      id text primary key default 'ag_' || replace(gen_random_uuid()::text, '-', ''),
      phone text not null unique,
      -- it stands in texts of 160 septets
      name text not null check (char_length(name) between 1 and 20),
      -- of the fare, out of the operator's own part
      commission_bp integer not null check (commission_bp between 0 and 10000),
      active boolean not null default true
    );

    create table agent_requests (
      booking text primary key,
      agent text not null references agents,
      customer text not null,
      at bigint not null,
      -- null until they say yes or no
      answer text check (answer in ('yes', 'no'))
    );
    create index agent_requests_customer on agent_requests (customer, at);
    create index agent_requests_agent on agent_requests (agent, at);

    drop index postings_earned_by, postings_earned_from;
    create index postings_earned_by on postings (credit, at) where credit ~ '^(driver|partner|agent):';
    create index postings_earned_from on postings (debit, at) where debit ~ '^(driver|partner|agent):';
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index postings_earned_by, postings_earned_from;
    create index postings_earned_by on postings (credit, at) where credit ~ '^(driver|partner):';
    create index postings_earned_from on postings (debit, at) where debit ~ '^(driver|partner):';
    drop table agent_requests, agents;
  `)
}
