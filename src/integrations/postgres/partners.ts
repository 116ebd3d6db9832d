import { z } from 'zod'
import type { Badge, Hand, Member, Partners } from '../../core/people/partners.ts'
import { type Db, prepared } from './connect.ts'
import { keepChange, readChanges } from './partner-changes.ts'
import { phone } from './read.ts'

const BADGES = `
select p.id as partner, p.name, p.kind, m.role, m.id as by
from partner_members m join partners p on p.id = m.partner where m.phone = $1 and m.left_at is null`
const OF = `${BADGES} order by p.name, p.id limit $2`
// A member of the office is one also where they run the place.
const ENTER = `
select * from (
  ${BADGES} and p.id = $2
  union all
  select p.id, p.name, p.kind, 'admin', a.id from admins a join partners p on p.id = $2 where a.phone = $1) badge
order by role = 'admin' limit 1`

const MEMBERS =
  'select id, phone, role, paid, joined_at as "joinedAt" from partner_members where partner = $1 and left_at is null'
const LIST = `${MEMBERS} order by id limit $2`
/** One at a time in an office, so that two owners never show each other out. */
const LOCK = 'select id from partners where id = $1 for no key update'
const ADMIT = `
insert into partner_members (partner, id, phone, role, joined_at) values ($1, $2, $3, $4, $5)
on conflict (id) do nothing`
const PROMOTE = `update partner_members set role = $3, paid = paid and $3 = 'owner' where partner = $1 and id = $2`
const PAY = [
  'update partner_members set paid = false where partner = $1 and id <> $2 and paid',
  'update partner_members set paid = true where partner = $1 and id = $2',
] as const
const DISMISS = 'update partner_members set left_at = $3 where partner = $1 and id = $2'

const badgeRow: z.ZodType<Badge> = z.object({
  ...{ partner: z.string(), name: z.string(), kind: z.string(), by: z.string() },
  role: z.enum(['owner', 'clerk', 'admin']),
})
const memberRow: z.ZodType<Member> = z.object({
  ...{ id: z.string(), phone, paid: z.boolean(), joinedAt: z.number() },
  role: z.enum(['owner', 'clerk']),
})

/** Nobody is kept but by their opaque name. */
const kept = (member: Pick<Member, 'role' | 'paid'> | undefined) =>
  member ? { role: member.role, paid: member.paid } : null

export function createPartners(db: Db): Partners {
  const badges = (name: string, text: string, values: readonly unknown[]) =>
    prepared(db, name, text, values, (row) => badgeRow.parse(row))
  return {
    of: (who, limit) => badges('badges', OF, [who, limit]),
    enter: async (who, partner) => (await badges('badge', ENTER, [who, partner]))[0] ?? null,
    members: (partner, limit) =>
      prepared(db, 'members', LIST, [partner, limit], (row) => memberRow.parse(row)),
    admit: (hand, member, most) => db.transaction((trx) => admit(trx, hand, member, most)),
    dismiss: (hand, member) => db.transaction((trx) => dismiss(trx, hand, member)),
    pay: (hand, member) => db.transaction((trx) => pay(trx, hand, member)),
    changes: (partner, before, limit) => readChanges(db, partner, before, limit),
  }
}

async function membersIn(trx: Db, partner: string): Promise<readonly Member[]> {
  await prepared(trx, 'lock_partner', LOCK, [partner], (row) => row)
  return prepared(trx, 'members_now', MEMBERS, [partner], (row) => memberRow.parse(row))
}

const owners = (members: readonly Member[]) => members.filter(({ role }) => role === 'owner')

async function admit(
  trx: Db,
  hand: Hand,
  { id, phone: who, role }: Pick<Member, 'id' | 'phone' | 'role'>,
  most: number,
): Promise<Member | null> {
  const { partner, at } = hand
  const members = await membersIn(trx, partner)
  const was = members.find((one) => one.phone === who)
  const isLastOwner = was?.role === 'owner' && owners(members).length === 1
  if ((isLastOwner && role !== 'owner') || (!was && members.length >= most)) return null
  if (was) await prepared(trx, 'promote', PROMOTE, [partner, was.id, role], (row) => row)
  else await prepared(trx, 'admit', ADMIT, [partner, id, who, role, at], (row) => row)
  const paid = (was?.paid ?? false) && role === 'owner'
  const is = { id: was?.id ?? id, phone: who, role, paid, joinedAt: was?.joinedAt ?? at }
  await keepChange(trx, hand, { what: 'member admitted', about: is.id, before: kept(was), after: kept(is) })
  return is
}

async function dismiss(trx: Db, hand: Hand, member: string): Promise<boolean> {
  const members = await membersIn(trx, hand.partner)
  const was = members.find(({ id }) => id === member)
  if (!was || (was.role === 'owner' && owners(members).length === 1)) return false
  await prepared(trx, 'dismiss', DISMISS, [hand.partner, member, hand.at], (row) => row)
  await keepChange(trx, hand, { what: 'member dismissed', about: member, before: kept(was), after: null })
  return true
}

async function pay(trx: Db, hand: Hand, member: string): Promise<Member | null> {
  const was = owners(await membersIn(trx, hand.partner)).find(({ id }) => id === member)
  if (!was) return null
  for (const [n, text] of PAY.entries())
    await prepared(trx, `pay_member_${n}`, text, [hand.partner, member], (row) => row)
  const is = { ...was, paid: true }
  await keepChange(trx, hand, { what: 'earnings go to', about: member, before: kept(was), after: kept(is) })
  return is
}
