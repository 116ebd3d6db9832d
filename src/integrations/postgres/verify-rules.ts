import { ACCOUNTS } from '../../core/pay/accounts.ts'

/** One thing that must hold in the books: how many cases were looked at, and those in which it does not. */
export type Finding = {
  readonly rule: string
  /** `wrong` must not be; `note` is for a person to know. */
  readonly weight: 'wrong' | 'note'
  readonly cases: number
  readonly broken: number
  /** The first of them. */
  readonly examples: readonly string[]
}

export type Rule = Pick<Finding, 'rule' | 'weight'> & {
  /** How many there are to look at. */
  readonly of: string
  /** A row for each case in which it does not hold; `it` names it, by ids and never by people. */
  readonly broken: string
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** What a busy or restarted worker may be late by. */
const LATE_MS = 5 * MINUTE_MS

/** Where a payment may stay for ever. */
const ENDED = ['settled', 'declined', 'refunded', 'owed', 'kept', 'handed']
/** Where what goes back is set aside meanwhile. */
const GOING_BACK = ['approving', 'refunding', 'returning', 'checkingRefund', 'refused']
/** How long it may stand elsewhere without a word; longer than any step of it takes while a worker is alive. */
const PATIENCE_MS: Readonly<Record<string, number>> = {
  submitting: 10 * MINUTE_MS,
  checking: 10 * MINUTE_MS,
  refunding: 10 * MINUTE_MS,
  checkingRefund: 10 * MINUTE_MS,
  refused: 5 * HOUR_MS,
  // For a person to decide: a provider's statement comes within two days.
  unresolved: 72 * HOUR_MS,
  conflicted: 72 * HOUR_MS,
  approving: 72 * HOUR_MS,
}
const OTHERWISE_MS = HOUR_MS
/** And how long it may take in all, or its refund: a day of asking, three of trying, and some. */
const IN_ALL_MS = 100 * HOUR_MS

const NOW = 'cast(:now as bigint)'
const list = (texts: readonly string[]) => texts.map((text) => `'${text}'`).join(', ')
const patience = Object.entries(PATIENCE_MS)
  .map(([state, ms]) => `when '${state}' then ${ms}`)
  .join(' ')

const POSTINGS = 'select count(*) as n from postings'
const HOLDS = `select count(*) as n from postings where phase = 'held'`
const PAYMENTS = `select count(*) as n from instances where flow = 'payment'`
const ERRANDS = 'select count(*) as n from outbox'
/** Payments that have not ended, for how long they stand where they do, and since they or their refund began. */
const WAITING = `select p.id, p.state, p.deadline_at, ${NOW} - (select max(at) from journal where instance_id = p.id) as age,
    ${NOW} - coalesce(cast(p.context->>'refundSince' as bigint), cast(p.context->>'startedAt' as bigint)) as whole
  from instances p where p.flow = 'payment' and p.state not in (${list(ENDED)})`
const AGE = (ms: string) => `justify_interval(make_interval(secs => (${ms}) / 1000))`
const SIDES = `
  select debit as account, currency, case when phase in ('moved', 'posted') then amount_minor else 0 end as amount,
    case when phase = 'held' then amount_minor when hold_kind is not null then -held else 0 end as debits, 0 as credits from all_p
  union all
  select credit, currency, case when phase in ('moved', 'posted') then -amount_minor else 0 end, 0,
    case when phase = 'held' then amount_minor when hold_kind is not null then -held else 0 end from all_p`

/** What must hold in the books, or is worth knowing, each as the query for where it does not. */
export const RULES: readonly Rule[] = [
  {
    rule: 'the ledger sums to zero in each currency',
    weight: 'wrong',
    of: POSTINGS,
    broken: `select currency || ' ' || sum(amount_minor) as it from balances group by currency having sum(amount_minor) <> 0`,
  },
  {
    rule: 'each balance is the sum of its entries',
    weight: 'wrong',
    of: 'select count(*) as n from balances',
    broken: `with all_p as (select p.*, (select amount_minor from postings h where h.kind = p.hold_kind
        and h.source = p.hold_source) as held from postings p),
      summed as (select account, currency, sum(amount) as amount, sum(debits) as debits, sum(credits) as credits
        from (${SIDES}) sides group by account, currency)
      select account || ' ' || currency || ' ' || coalesce(amount_minor, 0) || ', entries ' || coalesce(amount, 0) as it
      from balances full join summed using (account, currency)
      where (amount_minor, debits_held_minor, credits_held_minor) is distinct from (amount, debits, credits)`,
  },
  {
    rule: 'every account is on the chart',
    weight: 'wrong',
    of: 'select count(distinct account) as n from balances',
    broken: `select distinct account as it from balances where account !~ '${ACCOUNTS}'`,
  },
  {
    rule: 'no booking has two charges that are kept',
    weight: 'wrong',
    of: PAYMENTS,
    broken: `select context->>'booking' || ': ' || string_agg(id, ' ' order by id) as it from instances
      where flow = 'payment' and state in ('settled', 'kept') group by context->>'booking' having count(*) > 1`,
  },
  {
    rule: 'no payment of a provider counts twice',
    weight: 'wrong',
    of: PAYMENTS,
    broken: `select context->>'provider' || ' ' || (context->>'transaction') || ': ' || string_agg(id, ' ' order by id) as it
      from instances where flow = 'payment' and context->>'transaction' is not null
      group by context->>'provider', context->>'transaction' having count(*) > 1`,
  },
  {
    rule: 'every settled payment is in the books, and no declined one',
    weight: 'wrong',
    of: PAYMENTS,
    broken: `select id || ' ' || state as it from instances p where flow = 'payment' and state in ('settled', 'kept', 'approving', 'refunded', 'declined')
      and (state = 'declined') = exists (select from postings where source = p.id and kind = 'collected')`,
  },
  {
    rule: 'no more is given back than was taken',
    weight: 'wrong',
    of: PAYMENTS,
    broken: `select p.id || ' ' || l.currency || ' ' || sum(l.amount_minor) as it from instances p
      join ledger l on l.source = p.id and l.account = 'provider:' || (p.context->>'provider')
      where p.flow = 'payment' group by p.id, l.currency having sum(l.amount_minor) < 0`,
  },
  {
    rule: 'every hold is resolved at most once',
    weight: 'wrong',
    of: HOLDS,
    broken: `select hold_kind || ' of ' || hold_source || ': ' || string_agg(phase, ', ') as it from postings
      where hold_kind is not null group by hold_kind, hold_source having count(*) > 1`,
  },
  {
    rule: 'no hold is open past its end',
    weight: 'wrong',
    of: HOLDS,
    broken: `select kind || ' of ' || source || ' by ' || ${AGE(`${NOW} - until_at`)} as it from holds
      where outcome = 'open' and until_at < ${NOW} - ${LATE_MS} order by until_at`,
  },
  {
    rule: 'every open hold is known to the sweep, and no other',
    weight: 'wrong',
    of: HOLDS,
    broken: `select coalesce(h.kind, o.kind) || ' of ' || coalesce(h.source, o.source) as it
      from (select * from holds where outcome = 'open') h full join open_holds o
        on o.kind = h.kind and o.source = h.source where o.kind is null or h.kind is null`,
  },
  ...['payout', 'escrow'].map(
    (flow): Rule => ({
      rule: `${flow}s set money aside until they end`,
      weight: 'wrong',
      of: `select count(*) as n from instances where flow = '${flow}'`,
      broken: `select id || ' ' || state as it from instances i where flow = '${flow}'
      and done = exists (select from open_holds where kind = '${flow}' and source = i.id)`,
    }),
  ),
  {
    rule: 'what goes back is set aside, and nothing else',
    weight: 'wrong',
    of: PAYMENTS,
    broken: `select id || ' ' || state as it from instances p where flow = 'payment'
      and (state in (${list(GOING_BACK)}) and coalesce(cast(context->>'refundHeld' as boolean), false))
        <> exists (select from open_holds where kind = 'refund' and source = p.id)`,
  },
  {
    rule: 'no payment is in limbo',
    weight: 'wrong',
    of: PAYMENTS,
    broken: `select id || ' ' || state || ' for ' || ${AGE('age')} as it from (${WAITING}) waiting
      where whole > ${IN_ALL_MS}
        or age > greatest(case state ${patience} else ${OTHERWISE_MS} end, deadline_at - ${NOW} + age + ${LATE_MS}) order by age desc`,
  },
  {
    rule: 'no deadline is missed',
    weight: 'wrong',
    of: 'select count(*) as n from instances where deadline_at is not null',
    broken: `select id || ' ' || state || ' by ' || ${AGE(`${NOW} - deadline_at`)} as it from instances
      where deadline_at < ${NOW} - ${LATE_MS} order by deadline_at`,
  },
  {
    rule: 'no errand is left lying, by its lease or by everybody',
    weight: 'wrong',
    of: ERRANDS,
    broken: `select id || ' ' || type || ' by ' || ${AGE(`${NOW} - due_at`)} || ' after ' || attempts || ' tries' as it from outbox
      where dead_at is null and due_at < ${NOW} - ${LATE_MS} order by due_at`,
  },
  ...(['wrong', 'note'] as const).map((weight) => ({
    rule: weight === 'wrong' ? 'no errand of money or bookings is given up' : 'messages that were given up',
    weight,
    of: ERRANDS,
    broken: `select id || ' ' || type || coalesce(' for ' || about, '') || coalesce(': ' || left(last_error, 80), '') as it
      from outbox where dead_at is not null and (lane in ('payment', 'booking')) = ${weight === 'wrong'} order by dead_at`,
  })),
  {
    rule: 'payments that wait, by state',
    weight: 'note',
    of: PAYMENTS,
    broken: `select count(*) || ' ' || state || ', the oldest for ' || ${AGE('max(age)')} as it
      from (${WAITING}) waiting group by state order by max(age) desc`,
  },
]
