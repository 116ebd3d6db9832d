/** Inserts it, or takes up what a provider certainly did not. */
export const HAND = `
insert into messages (id, person, channel, purpose, status, rank, at, handed_at, fall_back)
select id, person, channel, purpose, 'handed', 0, at, at, "fallBack"
from json_to_recordset($1) as m(id text, person text, channel text, purpose text, at bigint, "fallBack" jsonb)
on conflict (id) do update set status = 'handed', channel = excluded.channel, handed_at = excluded.handed_at,
  fall_back = excluded.fall_back, reason = null
where messages.status = 'refused'
returning id`

/** It was handed over by somebody who died, and a report about that phone came since of which nobody knows more: it is this. */
export const ADOPT = `
with p as (
  select p.external_id, p.status, p.rank, p.reason, p.at from parked_receipts p, messages m
  where m.id = $1 and m.status = 'handed' and p.channel = m.channel and p.person = m.person and p.at >= m.handed_at
    and not exists (select from messages o where o.channel = p.channel and o.external_id = p.external_id)
  order by p.at, p.rank desc limit 1)
update messages m set external_id = p.external_id, status = p.status, rank = p.rank, reason = p.reason, reported_at = p.at
from p where m.id = $1 and m.status = 'handed' returning m.id`

const NOTHING_LIKE_IT = `not exists (
  select from parked_receipts p where p.channel = m.channel and p.person = '' and p.at >= m.handed_at
    and not exists (select from messages o where o.channel = p.channel and o.external_id = p.external_id))`

/**
 * Once more, when its provider has told of what was handed over later but nothing of it, nor of something that could be
 * it: a report that names neither a message that we know nor a phone.
 */
export const AGAIN = `
update messages m set handed_at = $2, handed_again = true, channel = $4
where id = $1 and status = 'handed' and not handed_again and handed_at <= $3 and ${NOTHING_LIKE_IT}
  and exists (select from messages o where o.channel = m.channel and o.reported_at is not null and o.handed_at >= m.handed_at)
returning id`

/** Once more without knowing: who waits for it can do nothing without it, and twice is better than never. */
export const RATHER = `
update messages m set handed_at = $2, handed_again = true, channel = $4
where id = $1 and status = 'handed' and purpose <> 'marketing' and handed_at <= $3 and ${NOTHING_LIKE_IT}
returning id`

/** @returns whether it is still too early to tell */
export const GIVE_UP = `
with m as (select status, handed_at from messages where id = $1),
  u as (update messages set status = 'unknown', reason = 'whoever had it died' where id = $1 and status = 'handed' and handed_at <= $2)
select status = 'handed' and handed_at > $2 as so from m`

const NOTED = `json_to_recordset($1) as n(id text, status text, rank int, reason text, "externalId" text, parts int,
  "costMinor" bigint, currency text, day text, country text)`

/** What has come further meanwhile stays there. Costs of one day and country are added up. */
export const NOTE = `
with n as (select * from ${NOTED}),
  paid as (insert into message_costs (day, country, currency, amount_minor, parts)
    select n.day, n.country, n.currency, sum(n."costMinor"), sum(n.parts) from n join messages m on m.id = n.id
    where n.currency is not null and m.cost_currency is null group by n.day, n.country, n.currency
    order by n.day, n.country, n.currency
    on conflict (day, country, currency) do update set amount_minor = message_costs.amount_minor + excluded.amount_minor,
      parts = message_costs.parts + excluded.parts)
update messages m set external_id = coalesce(n."externalId", m.external_id), parts = n.parts, cost_minor = n."costMinor",
  cost_currency = n.currency, rank = greatest(m.rank, n.rank), reason = case when n.rank >= m.rank then n.reason else m.reason end,
  status = case when n.rank >= m.rank then n.status else m.status end
from n where m.id = n.id returning m.id`

export const LEAVE = `
insert into messages (id, person, channel, purpose, status, rank, at, reason)
select id, person, channel, purpose, status, 2, at, reason
from json_to_recordset($1) as m(id text, person text, channel text, purpose text, at bigint, status text, reason text)
on conflict (id) do update set status = excluded.status, rank = 2, reason = excluded.reason
where messages.status in ('handed', 'refused') returning id`

/** Where the channel was closed, the same is said by text: an errand in the same statement, once. */
const FALL_BACK = `
  insert into outbox (id, root, type, params, lane, due_at)
  select id || '.sms', '', 'speak', fall_back -> 'params', fall_back ->> 'lane', at
  from hit where "fallsBack" and fall_back is not null on conflict do nothing`

const REPORTS = `json_to_recordset($1) as r(channel text, "externalId" text, status text, rank int, reason text,
  person text, intent text, at bigint, "fallsBack" bool)`

/**
 * By the provider's id or by ours: found apart, since one index serves each and none serves both.
 * @returns \`channel externalId\` of what is known, and the same with \`new\` behind it of what had not come so far
 */
export const REPORT = `
with r as (select * from ${REPORTS}),
  known as (
    select r.*, m.id from r join messages m on m.channel = r.channel and m.external_id = r."externalId"
    union select r.*, m.id from r join messages m on m.id = r.intent and m.channel = r.channel),
  hit as (update messages m set status = k.status, rank = k.rank, reason = k.reason, reported_at = k.at,
      external_id = coalesce(m.external_id, k."externalId"), fall_back = case when k.rank > 2 then null else m.fall_back end
    from known k where m.id = k.id and m.rank < k.rank
    returning m.id, k.channel, k."externalId", k."fallsBack", k.at, m.fall_back),
  fell as (${FALL_BACK})
select channel || ' ' || "externalId" as id from known
union all select channel || ' ' || "externalId" || ' new' from hit`

export const PARK = `
insert into parked_receipts (channel, external_id, status, rank, reason, falls_back, person, at)
select channel, "externalId", status, rank, reason, "fallsBack", coalesce(person, ''), at from ${REPORTS} on conflict do nothing
returning external_id as id`

/** Brings reports that waited to their messages. */
export const SETTLE = `
with r as (
  select distinct on (p.channel, p.external_id) p.channel, p.external_id, p.status, p.rank, p.reason, p.at,
    p.falls_back as "fallsBack"
  from json_to_recordset($1) as w(channel text, "externalId" text)
  join parked_receipts p on p.channel = w.channel and p.external_id = w."externalId"
  order by p.channel, p.external_id, p.rank desc),
  hit as (update messages m set status = r.status, rank = r.rank, reason = r.reason, reported_at = r.at,
      fall_back = case when r.rank > 2 then null else m.fall_back end
    from r where m.channel = r.channel and m.external_id = r.external_id and m.rank < r.rank
    returning m.id, r."fallsBack", r.at, m.fall_back),
  fell as (${FALL_BACK})
select id from hit`

export const SPENT =
  'select amount_minor as "amountMinor", currency from message_costs where day = $1 and country = $2'
