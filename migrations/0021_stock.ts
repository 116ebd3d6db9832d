import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table warehouses (
      id text primary key,
      partner text not null references partners,
      country text not null check (country ~ '^[A-Z]{2}$'),
      currency text not null,
      name text not null check (length(name) <= 20),
      at point not null,
      -- the phone of who packs there
      desk text not null
    );
    create index warehouses_of on warehouses (partner);

    create table products (
      -- typed as it is below 100: two digits, and none that turns a page
      no integer primary key check (no between 10 and 97 or no >= 100),
      partner text not null references partners,
      name text not null check (length(name) <= 24 and name !~ ','),
      category text not null check (length(category) <= 20),
      -- the lowest is shown first
      rank integer not null,
      alias_text text not null
    );
    create index products_of on products (partner, category, rank);
    create index products_named on products using gin (alias_text gin_trgm_ops);

    create table price_rules (
      id text primary key,
      partner text not null references partners,
      -- about this product; about more than one where it is null
      product integer references products,
      valid_from bigint not null,
      valid_until bigint check (valid_until > valid_from),
      rule jsonb not null
    );
    create index price_rules_of on price_rules (partner, product);

    create table shops (
      phone text primary key,
      id text not null unique,
      partner text not null references partners,
      name text not null check (length(name) <= 20),
      at point not null,
      segment text not null
    );

    create table stock (
      warehouse text not null references warehouses,
      product integer not null references products,
      -- what lies there, and what of it is somebody's already
      on_hand integer not null,
      reserved integer not null default 0,
      primary key (warehouse, product),
      -- nothing is promised that is not there, and nothing is there below nought
      constraint stock_covers check (reserved >= 0 and reserved <= on_hand)
    );

    create table stock_holds (
      journey text not null,
      product integer not null,
      warehouse text not null,
      count integer not null check (count > 0),
      person text not null,
      -- a hold ends then, by the database's clock; null once it is sold
      until_at bigint,
      primary key (journey, product),
      foreign key (warehouse, product) references stock
    );
    create index stock_holds_at on stock_holds (warehouse, product);
    create index stock_holds_held on stock_holds (person) where until_at is not null;

    -- what left the warehouse for whom: how often, and how many the last time
    create table bought (
      person text not null,
      product integer not null references products,
      times integer not null,
      count integer not null,
      at bigint not null,
      primary key (person, product)
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table bought, stock_holds, stock, shops, price_rules, products, warehouses')
}
