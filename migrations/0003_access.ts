import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table otps (
      id text primary key,
      phone text not null,
      code_hash text not null,
      tries integer not null default 0,
      used boolean not null default false,
      expires_at bigint not null
    );
    create index otps_phone on otps (phone, expires_at);

    create table refresh_tokens (
      token_hash text primary key,
      family text not null,
      phone text not null,
      -- set when it was exchanged; seeing it again after that means somebody stole it
      replaced_at bigint,
      expires_at bigint not null
    );
    create index refresh_tokens_family on refresh_tokens (family);

    create table idempotency_keys (
      owner text not null,
      key text not null,
      request_hash text not null,
      status integer,
      body text,
      at bigint not null,
      primary key (owner, key)
    );

    create table admins (phone text primary key);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table admins, idempotency_keys, refresh_tokens, otps')
}
