import type { Knex } from 'knex'

const FOLD = (schema: string, oldest: string) => `
  create or replace function fold_balances(most integer) returns integer
    language plpgsql security definer set search_path = ${schema}, pg_temp as $$
  declare taken integer;
  begin
    if not pg_try_advisory_xact_lock(hashtext('fold_balances')) then return 0; end if;
    with
      gone as (delete from balance_tail where ${oldest} returning *),
      summed as (insert into balance_sums as s (account, currency, amount_minor, debits_held_minor, credits_held_minor)
        select account, currency, sum(amount_minor), sum(debits_held_minor), sum(credits_held_minor)
          from gone group by account, currency
        on conflict (account, currency) do update set amount_minor = s.amount_minor + excluded.amount_minor,
          debits_held_minor = s.debits_held_minor + excluded.debits_held_minor,
          credits_held_minor = s.credits_held_minor + excluded.credits_held_minor)
    select count(*) into taken from gone;
    return taken;
  end $$;
`

async function currentSchema(knex: Knex): Promise<string> {
  const { rows } = await knex.raw('select quote_ident(current_schema()) as it')
  return rows[0].it
}

/**
 * Right after what was folded is counted by autovacuum, the tail seems empty; joining it to its own oldest rows was
 * then planned as a loop within a loop, and folding took seconds. Up to a row there is nothing to join.
 */
export async function up(knex: Knex): Promise<void> {
  const oldest = 'n <= (select max(n) from (select n from balance_tail order by n limit most) as first)'
  await knex.raw(FOLD(await currentSchema(knex), oldest))
}

export async function down(knex: Knex): Promise<void> {
  const oldest = 'n in (select n from balance_tail order by n limit most)'
  await knex.raw(FOLD(await currentSchema(knex), oldest))
}
