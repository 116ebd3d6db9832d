import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- a town's stages and landmarks are not asked for when somebody travels from town to town
    alter table places
      add column layer text not null default 'stage' check (layer in ('stage', 'city')),
      add column country text not null default 'RW' check (country ~ '^[A-Z]{2}$');

    create table partners (
      -- opaque: it names an account
      id text primary key,
      name text not null
    );

    create table routes (
      id text primary key,
      partner text not null references partners,
      zone text not null,
      currency text not null,
      rules jsonb not null
    );
    create table route_stops (
      route text not null references routes,
      -- its number on the way, from 0
      n integer not null check (n >= 0),
      place text not null references places,
      -- from the first stop: minutes of driving, and the fare
      minutes integer not null check (minutes >= 0),
      fare_minor bigint not null check (fare_minor >= 0),
      primary key (route, n),
      unique (route, place)
    );
    create index route_stops_place on route_stops (place, route, n) include (minutes, fare_minor);

    create table departures (
      id text primary key,
      route text not null references routes,
      -- from the first stop
      leaves_at bigint not null,
      plate text not null,
      conductor text not null,
      seats integer not null check (seats between 1 and 200),
      status text not null default 'open' check (status in ('open', 'called_off')),
      unique (route, leaves_at, plate)
    );
    create index departures_next on departures (route, leaves_at) where status = 'open';

    -- One row for a seat between two neighbouring stops, so that a seat given up on the way is sold again from there,
    -- and a plain key that every engine knows stands against selling it twice.
    create table seat_legs (
      departure text not null references departures,
      leg integer not null,
      seat integer not null,
      journey text not null,
      person text not null,
      -- a hold ends then, by the database's clock; null once it is sold
      until_at bigint,
      primary key (departure, leg, seat)
    );
    create index seat_legs_journey on seat_legs (journey);
    create index seat_legs_held on seat_legs (person) where until_at is not null;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table seat_legs, departures, route_stops, routes, partners;
    alter table places drop column layer, drop column country;
  `)
}
