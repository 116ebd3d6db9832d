import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- what ever came in, and what of it has left for somebody: what lies there is the rest
    alter table stock drop constraint stock_covers, add column came integer, add column gone integer not null default 0;
    update stock set came = on_hand;
    alter table stock alter column came set not null, drop column on_hand;
    alter table stock add column on_hand integer generated always as (came - gone) stored,
      -- nothing is promised that is not there, and nothing is there below nought
      add constraint stock_covers check (gone >= 0 and reserved >= 0 and reserved <= on_hand);

    -- what left the warehouse for a journey, until it is put back
    create table goods_gone (
      journey text not null,
      product integer not null,
      warehouse text not null,
      count integer not null check (count > 0),
      person text not null,
      at bigint not null,
      primary key (journey, product),
      foreign key (warehouse, product) references stock
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table goods_gone;
    alter table stock drop constraint stock_covers, drop column on_hand;
    alter table stock add column on_hand integer;
    update stock set on_hand = came - gone;
    alter table stock alter column on_hand set not null, drop column came, drop column gone,
      add constraint stock_covers check (reserved >= 0 and reserved <= on_hand);
  `)
}
