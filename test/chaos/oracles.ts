import { z } from 'zod'
import type { Db } from '../../src/integrations/postgres/connect.ts'

/** One thing that must hold: how many cases were looked at, and those in which it did not. */
export type Finding = {
  readonly rule: string
  readonly cases: number
  readonly broken: readonly string[]
}

/** The rules that find mutants out. All hold at every moment but the two on how things end, those once all is at rest. */
export const RULES = {
  acknowledged: 'every acknowledged booking exists',
  oneCharge: 'nobody is charged more often than they booked',
  travelled: 'who did not travel paid nothing',
  hop: 'a repeated hop is answered with the same bytes',
  invented: 'no money is booked that did not move',
  told: 'no traveller is told the same again and again',
  outcome: 'every payment has an outcome',
  errands: 'every errand is done',
} as const

const text = z.object({ it: z.string() }).transform(({ it }) => it)
const number = z.object({ n: z.coerce.number() }).transform(({ n }) => n)

const charge = z.object({
  kind: z.enum(['collect', 'refund']),
  reference: z.string(),
  msisdn: z.string(),
  amount: z.string(),
  status: z.string(),
})
type Charge = z.infer<typeof charge>

const ERRAND = `type || ' ' || coalesce(about, '') || ' ' || coalesce(last_error, '')`

/** What must be nothing when all is at rest: each row is one wrong. `it` names it. */
const NEVER: Readonly<Record<string, string>> = {
  'every booking has ended, or waits for a person': `
    select id || ' ' || state as it from instances where flow = 'booking' and not done
      and state not in ('asking', 'confirming', 'full', 'unpaid', 'rating')`,
  [RULES.outcome]: `
    select id || ' ' || state as it from instances where flow = 'payment'
      and state not in ('settled', 'declined', 'refunded')`,
  // Whoever is asked whether they would wait for seats has not said so yet.
  'every journey has ended': `
    select id || ' ' || state as it from instances where flow = 'tracking' and not done and state <> 'queued'`,
  'no fare is left set aside': `
    select id || ' ' || state as it from instances where flow = 'escrow' and not done`,
  'no errand is given up': `select ${ERRAND} as it from outbox where dead_at is not null`,
  [RULES.errands]: `select ${ERRAND} as it from outbox where dead_at is null`,
  'no rider is held without a journey': `
    select phone || ' ' || status as it from drivers where status in ('offered', 'busy')
      and not exists (select from instances where id = drivers.journey and not done)`,
  // Where one came to nothing another may follow.
  'no booking has two journeys': `
    select context->>'booking' as it from instances where flow = 'tracking' and state <> 'failed'
      group by 1 having count(*) > 1`,
  'no goods are held for an order that is over': `
    select journey || ' ' || product as it from stock_holds
      where not exists (select from instances where id = stock_holds.journey and not done)`,
  'a shelf promises what is held of it': `
    select warehouse || ' ' || product as it from stock s
      where reserved <> (select coalesce(sum(count), 0) from stock_holds h
        where h.warehouse = s.warehouse and h.product = s.product)`,
  'a load has one carrier, and a vehicle one load a day': `
    select load as it from vehicle_days where until_at is null group by load having count(distinct journey) > 1`,
  // By the order in which the database took them: nodes' clocks run five times as fast as the wall's, and lag when they are busy.
  'nobody is on two rides at once': `
    with trips as (
      select i.id, i.owner, min(j.xmin::text::bigint) filter (where j.event->>'type' = 'HELD') as began,
        max(j.xmin::text::bigint) filter (where j.event->>'type' = 'ARRIVED') as ended
      from instances i join journal j on j.instance_id = i.id
      where i.flow = 'booking' and i.context->>'line' = 'ride' group by i.id)
    select id as it from (
      select id, began, max(ended) over (partition by owner order by began, id
        rows between unbounded preceding and 1 preceding) as before
      from trips where ended is not null) one
    where began < before`,
  'the ledger sums to zero': `
    select currency || ' ' || sum(amount_minor) as it from ledger group by currency having sum(amount_minor) <> 0`,
  'all that was collected was earned or given back': `
    select account || ' ' || sum(amount_minor) as it from ledger where account in ('unearned', 'suspense', 'escrow')
      group by account having sum(amount_minor) <> 0`,
  [RULES.travelled]: `
    select b.id || ' ' || b.state as it from instances b join instances p on p.flow = 'payment' and p.context->>'booking' = b.id
      join ledger l on l.source = p.id and l.account = 'unearned'
      where b.flow = 'booking' and b.state in ('cancelled', 'refused', 'lapsed') group by 1 having sum(l.amount_minor) <> 0`,
}

const PENDING = `
  select (select count(*) from outbox where dead_at is null)
    + (select count(*) from instances where not done and (
        flow = 'tracking' and state <> 'queued'
        or flow = 'escrow' and state <> 'disputed'
        or flow = 'booking' and state not in ('asking', 'confirming', 'full', 'unpaid', 'rating')
        or flow = 'payment' and state not in ('settled', 'declined', 'conflicted', 'owed', 'unresolved', 'approving'))) as n`

async function rows<T>(db: Db, sql: string, shape: z.ZodType<T>): Promise<T[]> {
  const result: unknown = await db.raw(sql)
  return z.object({ rows: z.array(shape) }).parse(result).rows
}

/** What an SQL names as `it`. */
export const rowsOf = (db: Db, sql: string): Promise<string[]> => rows(db, sql, text)

const STORY = `
  select string_agg(event->>'type' || coalesce(' ' || (event->'update'->>'status'), ''), ', ' order by seq) as it
  from journal where instance_id = ?`

/** What happened to the instance that a finding names, in order; empty when it names none. */
export async function storyOf(db: Db, broken: string): Promise<string> {
  const id = /^(?:bk|py|tr)_\w+/.exec(broken)?.[0]
  if (!id) return ''
  const { rows: found } = z.object({ rows: z.array(text) }).parse(await db.raw(STORY, [id]))
  return found[0] ?? ''
}

/** How much is still under way. */
export const pending = async (db: Db): Promise<number> => (await rows(db, PENDING, number))[0] ?? 0

/** Who has said yes to a price, or has posted a load. */
const BOOKED = `
  select owner as it from instances
  where flow = 'booking' and (state not in ('asking', 'looking', 'quoting', 'confirming')
    or exists (select from loads where booking = id))`

/** Looks at everything that must hold once nothing is under way. @param acknowledged phones that were told of a booking */
export async function judge(db: Db, mtnLedger: unknown, acknowledged: readonly string[]): Promise<Finding[]> {
  const count = async (sql: string) => (await rows(db, sql, number))[0] ?? 0
  const bookings = await count(`select count(*) as n from instances where flow = 'booking'`)
  const never: Finding[] = []
  for (const [rule, sql] of Object.entries(NEVER))
    never.push({ rule, cases: bookings, broken: await rows(db, sql, text) })
  const booked = new Set(await rows(db, BOOKED, text))
  return [
    {
      rule: RULES.acknowledged,
      cases: acknowledged.length,
      broken: acknowledged.filter((phone) => !booked.has(phone)),
    },
    ...(await money(db, z.array(charge).parse(mtnLedger))),
    ...never,
  ]
}

const POSTED = (kind: string, reference: string) => `
  select (p.context->>'${reference}') || ' ' || amount_minor || ' ' || currency as it
  from postings join instances p on p.id = source where kind = '${kind}'`
const PAYERS = `select owner as it from instances where flow = 'payment' group by owner, context->>'booking'`

/** Our books against the provider's: the same movements, the same amounts, one charge a booking. */
async function money(db: Db, ledger: readonly Charge[]): Promise<Finding[]> {
  const done = ledger.filter(({ status }) => status === 'SUCCESSFUL')
  const of = (kind: Charge['kind']) => done.filter((one) => one.kind === kind)
  const payers = of('collect').map(({ msisdn }) => `+${msisdn}`)
  const booked = await rows(db, PAYERS, text)
  const theirs = done.map(({ reference, amount }) => `${reference} ${amount} RWF`)
  const ours = [
    ...(await rows(db, POSTED('collected', 'reference'), text)),
    ...(await rows(db, POSTED('refunded', 'refundReference'), text)),
  ]
  return [
    { rule: RULES.oneCharge, cases: payers.length, broken: oftener(payers, booked) },
    { rule: RULES.invented, cases: ours.length, broken: oftener(ours, theirs) },
    {
      rule: `all money that moved is booked, ${of('refund').length} refunds among it`,
      cases: theirs.length,
      broken: oftener(theirs, ours),
    },
  ]
}

/** What is more often among these than among those. */
function oftener(these: readonly string[], those: readonly string[]): string[] {
  const surplus = new Map<string, number>()
  const count = (all: readonly string[], by: number) => {
    for (const one of all) surplus.set(one, (surplus.get(one) ?? 0) + by)
  }
  count(these, 1)
  count(those, -1)
  return [...surplus].filter(([, more]) => more > 0).map(([one]) => one)
}
