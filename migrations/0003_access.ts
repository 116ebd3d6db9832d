import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table otps (
      id text primary key,
      phone text not null,
      code_hash text not null,
      tries integer not null default 0,
      used boolean not null default false,
      created_at bigint not null,
      expires_at bigint not null
    );
    create index otps_phone on otps (phone, created_at);

    create table refresh_tokens (
      token_hash text primary key,
      family text not null,
      phone text not null,
      -- set when it was exchanged, with what it was exchanged for; seen again, it may have been stolen
      replaced_at bigint,
      successor_hash text,
      expires_at bigint not null
    );
    create index refresh_tokens_family on refresh_tokens (family);

    create table idempotency_keys (
      owner text not null,
      key text not null,
      request_hash text not null,
      -- what the request is about to make, noted before it is committed
      about text,
      status integer,
      body text,
      leased_until bigint not null,
      at bigint not null,
      primary key (owner, key)
    );

    create table admins (phone text primary key);

    -- a person's bookings, newest first
    create index instances_owner on instances (owner, flow, id);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index instances_owner; drop table admins, idempotency_keys, refresh_tokens, otps')
}
