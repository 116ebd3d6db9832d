import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- rates are hundredths of a percent
    create table tax_rates (
      class text not null check (class in ('A', 'B', 'C', 'D')),
      valid_from bigint not null,
      rate_bp integer not null check (rate_bp between 0 and 10000),
      primary key (class, valid_from)
    );
    insert into tax_rates values ('A', 0, 0), ('B', 0, 1800), ('C', 0, 0), ('D', 0, 0);

    -- how a service is taxed from a day on, and its name in the taxpayer's register of items
    create table tax_services (
      service text not null,
      valid_from bigint not null,
      class text not null check (class in ('A', 'B', 'C', 'D')),
      name text not null,
      item_code text not null,
      item_class text not null,
      primary key (service, valid_from)
    );

    create table fiscal_devices (
      -- taxpayer and branch: 999000001-00
      id text primary key,
      last_invoice_no bigint not null check (last_invoice_no >= 0),
      -- one worker at a time speaks to a device
      lease integer not null default 0,
      leased_until bigint not null default 0
    );

    create table fiscal_receipts (
      id text primary key,
      device text not null references fiscal_devices,
      invoice_no bigint not null check (invoice_no > 0),
      kind text not null check (kind in ('sale', 'refund')),
      sale text,
      receipt jsonb not null,
      -- pending: waits for the device; signed: may be printed; unseen: signed, and the signature lost on its way;
      -- refused: a person must mend it, and all behind it wait
      state text not null default 'pending' check (state in ('pending', 'signed', 'unseen', 'refused')),
      attempts integer not null default 0,
      -- whether some attempt may have been signed without our knowing
      in_doubt boolean not null default false,
      code text,
      signature jsonb,
      queued_at bigint not null,
      ended_at bigint,
      unique (device, invoice_no),
      unique (id, device),
      foreign key (sale, device) references fiscal_receipts (id, device),
      check ((kind = 'refund') = (sale is not null)),
      check ((state = 'signed') = (signature is not null)),
      check ((state in ('signed', 'unseen')) = (ended_at is not null))
    );
    create index fiscal_receipts_waiting on fiscal_receipts (device, invoice_no) where state in ('pending', 'refused');
    create index fiscal_receipts_sale on fiscal_receipts (sale) where sale is not null;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table fiscal_receipts, fiscal_devices, tax_services, tax_rates')
}
