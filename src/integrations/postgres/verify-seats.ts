import type { Rule } from './verify-rules.ts'

const SOLD = 'select count(distinct journey) as n from seat_legs where until_at is null'
/** What a journey wishes to keep; one that was saved before there were other wishes than seats says `seats`. */
const WISH = `coalesce(t.context->'wish', t.context->'seats' || '{"kind": "seats"}')`
const PASSAGES = `select count(*) as n from instances t where flow = 'tracking' and ${WISH}->>'kind' = 'seats'`

/** What must hold of seats. That none is sold twice is a key of its own. */
export const SEAT_RULES: readonly Rule[] = [
  {
    rule: 'every seat that is sold is paid for',
    weight: 'wrong',
    of: SOLD,
    broken: `select distinct l.journey as it from seat_legs l left join instances t on t.id = l.journey
      left join instances b on b.id = t.root where l.until_at is null
      and (t.id is null or t.state = 'failed' or b.context->>'paid' is distinct from 'true')`,
  },
  {
    rule: 'whoever paid for seats and may still board has them',
    weight: 'wrong',
    of: PASSAGES,
    // A seat that is just being turned from held to sold is its owner's already.
    broken: `select t.id as it from instances t join instances b on b.id = t.root
      where t.flow = 'tracking' and t.state in ('assigned', 'underway') and ${WISH}->>'kind' = 'seats'
      and b.state = 'booked' and (select count(distinct seat) from seat_legs where journey = t.id)
        <> cast(${WISH}->>'count' as int)`,
  },
  {
    rule: 'no bus has more seats sold than it has',
    weight: 'wrong',
    of: SOLD,
    broken: `select d.id as it from departures d join seat_legs l on l.departure = d.id where l.seat > d.seats group by d.id`,
  },
]
