import { onServer } from './rig.ts'

/** How full a database is. */
export type Crowd = {
  /** People with an open booking, each of whom may dial again. */
  readonly conversations: number
  /** Rides of other people, over and done with. */
  readonly bookings: number
}

const PLACES = `[{"value":"nyabugogo","label":"Nyabugogo","detail":"Muhima"},{"value":"remera","label":"Remera","detail":"Remera"},
  {"value":"kimironko","label":"Kimironko","detail":"Kimironko"},{"value":"kacyiru","label":"Kacyiru","detail":"Kacyiru"}]`

/** What every booking's context holds; `||` puts the rest over it. */
const CONTEXT = `jsonb_build_object('line', 'ride', 'wanted', '[]'::jsonb, 'query', null, 'problem', null,
  'payment', null, 'fault', null, 'milestone', null, 'stars', null, 'ended', null, 'paid', false, 'cash', false,
  'given', '[]'::jsonb, 'found', null, 'quote', null, 'carrier', null)`

const person = (n: string) => `'+25079' || lpad((${n})::text, 7, '0')`
const id = (prefix: string, n: string) => `'${prefix}_01900000000070008000' || lpad(to_hex(${n}), 12, '0')`

const INSTANCE =
  'insert into instances (id, flow, version, seq, owner, code, state, context, done, deadline_at)'

const open = (many: number): readonly string[] => [
  `${INSTANCE}
   select ${id('bk', 'n')}, 'booking', 1, 2, ${person('n')}, '8' || lpad(n::text, 8, '0'), 'asking',
     ${CONTEXT} || jsonb_build_object('id', ${id('bk', 'n')}, 'owner', ${person('n')}, 'code', '8' || lpad(n::text, 8, '0'),
       'journey', ${id('tr', 'n')}, 'found', '${PLACES}'::jsonb),
     false, (extract(epoch from now()) * 1000)::bigint + 900000
   from generate_series(0, ${many - 1}) n`,
  `insert into conversations (person, seq, language, channel, focus, page, session, heard, heard_at, opted_out)
   select ${person('n')}, 2, 'en', 'ussd',
     jsonb_build_object('kind', 'talk', 'about', jsonb_build_object('flow', 'booking', 'id', ${id('bk', 'n')}),
       'role', 'traveller', 'reopened', false),
     0, 'ATUid_before' || n, '1', (extract(epoch from now()) * 1000)::bigint, false
   from generate_series(0, ${many - 1}) n`,
]

const done = (many: number): readonly string[] => [
  `${INSTANCE}
   select ${id('bk', 'n + 16777216')}, 'booking', 1, 14, '+25072' || lpad((n % 100000)::text, 7, '0'),
     '9' || lpad(n::text, 8, '0'), 'completed',
     ${CONTEXT} || jsonb_build_object('id', ${id('bk', 'n + 16777216')}, 'owner', '+25072' || lpad((n % 100000)::text, 7, '0'),
       'code', '9' || lpad(n::text, 8, '0'), 'journey', ${id('tr', 'n + 16777216')},
       'given', '[{"field":"from","value":"nyabugogo","label":"Nyabugogo"},{"field":"to","value":"remera","label":"Remera"}]'::jsonb,
       'quote', '{"price":{"amountMinor":880,"currency":"RWF"},"lines":[{"what":"first","amountMinor":400}],"metres":6100,
         "near":{"lat":-1.94,"lng":30.04},"validUntil":1795263999125}'::jsonb,
       'carrier', '{"phone":"+250788100001","name":"Eric","plate":"RD 001 A","startCode":"4821","minutes":4}'::jsonb,
       'payment', ${id('py', 'n')}, 'paid', true, 'milestone', 'done', 'stars', 5, 'ended', 'thanks'),
     true, null
   from generate_series(0, ${many - 1}) n`,
  `insert into journal (instance_id, cause, flow, seq, event, at)
   select ${id('bk', 'n + 16777216')}, 'ussd:ATUid_before' || n || ':1*1#0', 'booking', 1,
     jsonb_build_object('type', 'ANSWER', 'value', 'nyabugogo', 'at', 1795263000000 + n), 1795263000000 + n
   from generate_series(0, ${many - 1}) n`,
]

/** Fills a database, and has PostgreSQL put itself in order after it. */
export async function crowd(url: string, { conversations, bookings }: Crowd): Promise<void> {
  await onServer(url, ...open(conversations), ...done(bookings))
  await onServer(url, 'vacuum analyze', 'checkpoint')
}
