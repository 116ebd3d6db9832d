import type { Knex } from 'knex'

/** What is meant to be said has a row before it is handed over, and its id is its intent: it is said once. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- status: handed | refused | unknown (rank 0), sent (1), failed | expired | withheld (2), delivered (3), read (4)
    alter table messages
      add column purpose text not null default 'booking',
      add column handed_at bigint,
      -- a worker died with it in hand, and its provider's silence about it let another hand it over
      add column handed_again boolean not null default false,
      -- a report came of it
      add column reported_at bigint,
      add column reason text,
      -- said by text where the other channel turns out to be closed; gone once it has arrived
      add column fall_back jsonb,
      add column parts integer,
      add column cost_minor bigint,
      add column cost_currency text;
    create index messages_reported on messages (channel, handed_at) where reported_at is not null;

    -- reports that came before we knew what they are about
    create table parked_receipts (
      channel text not null,
      external_id text not null,
      status text not null,
      rank integer not null,
      reason text,
      falls_back boolean not null,
      -- empty where the report does not say whose phone
      person text not null,
      at bigint not null,
      primary key (channel, external_id, status)
    );
    create index parked_receipts_person on parked_receipts (channel, person, at) where person <> '';
    create index parked_receipts_at on parked_receipts (at);

    -- what texts cost on one day of the operator's
    create table message_costs (
      day text not null,
      country text not null,
      currency text not null,
      amount_minor bigint not null,
      parts bigint not null,
      primary key (day, country, currency)
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table message_costs, parked_receipts;
    drop index messages_reported;
    alter table messages drop column purpose, drop column handed_at, drop column handed_again, drop column reported_at,
      drop column reason, drop column fall_back, drop column parts, drop column cost_minor, drop column cost_currency;
  `)
}
