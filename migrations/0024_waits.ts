import type { Knex } from 'knex'

/** Who waits for seats on what is full. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table seat_waits (
      journey text primary key,
      -- drawn while the departure is locked: who came first has the lower one
      n bigint generated always as identity,
      departure text not null references departures on delete cascade,
      board integer not null check (board >= 0),
      leave integer not null check (leave > board),
      seats integer not null check (seats > 0),
      person text not null,
      -- whoever does not ask again by then, by the database's clock, stands in nobody's way
      until_at bigint not null,
      -- nobody stands in a line twice
      unique (departure, person),
      unique (departure, n)
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table seat_waits')
}
