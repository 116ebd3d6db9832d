import type { Knex } from 'knex'

/** Who had a number before its present holder, and when whoever holds it last logged in. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(HOLDERS)
  await knex.raw(HELD)
}

const REFRESH_LIFE_MS = 30 * 24 * 3_600_000

const HOLDERS = `
  create table former_holders (
    n bigint generated always as identity primary key,
    -- a number of no country: what is kept of them goes on under it
    former text not null unique generated always as ('+999' || lpad(n::text, 10, '0')) stored,
    person text not null,
    -- what began before is theirs, and not the present holder's
    until_at bigint not null,
    -- null: nobody had spoken from the number for too long
    by text check (by <> ''),
    -- they had it all the time, as somebody found who is named
    back_at bigint,
    back_by text,
    back_why text,
    check ((back_at is null) = (back_by is null) and (back_at is null) = (back_why is null))
  );
  create index former_holders_person on former_holders (person, until_at) where back_at is null;

  create table log_ins (person text primary key, at bigint not null);
  insert into log_ins select phone, max(expires_at) - ${REFRESH_LIFE_MS} from refresh_tokens group by phone;

  create index refresh_tokens_phone on refresh_tokens (phone);
  create index whatsapp_users_person on whatsapp_users (person);
  create index departures_conductor on departures (conductor);
`

const HELD = `
  -- whether that which it was begun for began since the number is its present holder's; what is not there yet did
  create function is_held(who text, what text) returns boolean language sql stable as $$
    select not exists (select from former_holders f where f.person = who and f.back_at is null and f.until_at > (
      select min(j.at) from journal j
      where j.instance_id = coalesce((select i.root from instances i where i.id = what), what)))
  $$;

  -- what comes of something that a former holder began is theirs too
  create function own_as_root() returns trigger language plpgsql as $$
  declare theirs text;
  begin
    select f.former into theirs from former_holders f where f.person = new.owner and f.back_at is null
      and f.until_at > (select min(j.at) from journal j where j.instance_id = new.root) order by f.until_at limit 1;
    new.owner := coalesce(theirs, new.owner);
    return new;
  end $$;
  create trigger instances_owned_as_root before insert on instances for each row when (new.root <> new.id)
    execute function own_as_root();
`

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger instances_owned_as_root on instances;
    drop function own_as_root;
    drop function is_held;
    drop index departures_conductor, whatsapp_users_person, refresh_tokens_phone;
    drop table log_ins, former_holders;
  `)
}
