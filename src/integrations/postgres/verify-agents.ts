import type { Rule } from './verify-rules.ts'

/** What must hold of those who book for others. */
export const AGENT_RULES: readonly Rule[] = [
  {
    rule: 'an agent has a part of the commission of what they booked, once, and never more than it',
    weight: 'wrong',
    of: `select count(distinct source) as n from postings where credit ~ '^agent:'`,
    broken: `select p.source as it from postings p left join instances b on b.id = p.source and b.flow = 'booking'
      where p.credit ~ '^agent:' group by p.source, b.id
      having count(*) > 1 or bool_or(p.debit <> 'commission' or b.id is null
        or p.credit <> 'agent:' || (b.context->'agent'->>'id') or b.state not in ('rating', 'completed')
        or p.amount_minor > coalesce(cast(b.context->'quote'->>'commissionMinor' as bigint), 0)
        or p.amount_minor > cast(b.context->'quote'->'price'->>'amountMinor' as bigint)
          * cast(b.context->'agent'->>'commissionBp' as bigint) / 10000)`,
  },
  {
    rule: 'nobody is bound by an agent without having been asked',
    weight: 'wrong',
    of: `select count(*) as n from instances where flow = 'booking' and context->'agent'->>'stage' = 'agreed'`,
    broken: `select id as it from instances i where flow = 'booking' and context->'agent'->>'stage' = 'agreed'
      and not exists (select from agent_requests where booking = i.id)`,
  },
]
