import type { Knex } from 'knex'

/** Carriers, their papers, the loads that are posted to them, and the days on which a vehicle has one. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table partner_papers (
      id text primary key,
      partner text not null references partners,
      kind text not null check (kind ~ '^[a-z_]{1,32}$'),
      number text not null,
      expires_at bigint not null,
      state text not null default 'submitted' check (state in ('submitted', 'verified', 'rejected'))
    );
    create index partner_papers_of on partner_papers (partner, id);

    create table carriers (
      partner text primary key references partners,
      -- where its vehicles stand when they carry nothing
      home text not null references places,
      stars_sum integer not null default 0,
      stars_count integer not null default 0
    );

    create table loads (
      -- open for as long as its booking takes bids
      booking text primary key,
      code text not null,
      owner text not null,
      what text not null,
      kg integer not null check (kg > 0),
      "from" text not null references places,
      "to" text not null references places,
      -- when it is loaded, by the clocks of its zone
      day date not null,
      -- that it keeps its vehicle, with that one
      days integer not null check (days between 1 and 30),
      zone text not null,
      currency text not null,
      target_minor bigint check (target_minor > 0)
    );
    create index loads_from on loads ("from", booking desc);
    create index loads_day on loads (day);

    -- One row for each day that a load keeps a vehicle, so that a plain key stands against giving it two.
    create table vehicle_days (
      vehicle text not null references vehicles,
      day date not null,
      journey text not null,
      load text not null references loads,
      -- a hold ends then, by the database's clock; null once it is sold
      until_at bigint,
      primary key (vehicle, day)
    );
    create index vehicle_days_journey on vehicle_days (journey);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table vehicle_days, loads, carriers, partner_papers')
}
