import type { Knex } from 'knex'

/**
 * Every name of a place is a row of its own, so that it is found by how it sounds and new ones are learned one by one.
 * What it is found by is written behind the migrations, by the rules of the day (`markNames`).
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create extension if not exists fuzzystrmatch;

    create table place_names (
      place text not null references places (id) on delete cascade,
      -- folded to lower case without accents
      name text not null,
      sound text not null default '',
      marks text[] not null default '{}',
      -- which rules made the sound and the marks; 0: none yet
      rules integer not null default 0,
      primary key (place, name)
    );
    insert into place_names (place, name) select id, alias from places, unnest(aliases) alias on conflict do nothing;

    -- names are read far more often than written: nothing may wait to be put in order
    create index place_names_marks on place_names using gin (marks) with (fastupdate = off);
    create index place_names_name on place_names using gin (name gin_trgm_ops) with (fastupdate = off);
    alter table places drop column aliases, drop column alias_text;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table places add column aliases text[], add column alias_text text;
    update places set (aliases, alias_text) = (
      select array_agg(name), string_agg(name, ' | ') from place_names where place = id
    );
    alter table places alter column aliases set not null, alter column alias_text set not null;
    create index places_alias on places using gin (alias_text gin_trgm_ops);
    drop table place_names;
  `)
}
