import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table shelves (
      warehouse text not null,
      product integer not null,
      zone text not null check (length(zone) between 1 and 4),
      -- aisles are counted from the door, bays from the end of the aisle that is nearer to it
      aisle integer not null check (aisle between 1 and 99),
      bay integer not null check (bay between 1 and 99),
      primary key (warehouse, product),
      foreign key (warehouse, product) references stock
    );
    -- when a shop takes goods in, in minutes of its day
    alter table shops
      add column opens integer,
      add column closes integer,
      add constraint shops_hours check (opens >= 0 and opens < closes and closes <= 1440);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table shelves;
    alter table shops drop constraint shops_hours, drop column opens, drop column closes;
  `)
}
