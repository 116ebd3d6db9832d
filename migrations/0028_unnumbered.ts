import type { Knex } from 'knex'

/** What carriers' own wires leave open: which message is which, and which parts are one. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table unnumbered (
      -- a digest of channel, person, where it was said, and the text
      content text primary key,
      person text not null,
      message_id text not null,
      at bigint not null,
      -- until then it is known that the same comes once more; null when it is not
      expected_until bigint
    );
    create index unnumbered_at on unnumbered (at);
    -- whether a person was told something since
    create index messages_person on messages (person, at);

    create table message_parts (
      person text not null,
      addressee text not null,
      reference integer not null,
      total integer not null,
      id text not null unique,
      coding integer not null,
      -- octets in hexadecimal by the number of their part
      parts jsonb not null,
      at bigint not null,
      heard boolean not null default false,
      primary key (person, addressee, reference, total)
    );
    create index message_parts_overdue on message_parts (at) where not heard;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table message_parts, unnumbered;
    drop index messages_person;
  `)
}
