import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Joined, PARTS_MS, type Part, type Parts } from '../../core/talk/unnumbered.ts'
import { type Db, prepared } from './connect.ts'
import { phone } from './read.ts'

// A reference is used again: what is older than parts wait is of another message.
const KEEP = `
insert into message_parts as p (person, addressee, reference, total, coding, id, parts, at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (person, addressee, reference, total) do update set
  id = case when p.at > $9 then p.id else excluded.id end,
  parts = case when p.at > $9 then excluded.parts || p.parts else excluded.parts end,
  heard = p.at > $9 and p.heard,
  at = case when p.at > $9 then p.at else excluded.at end
returning id, person, addressee, total, coding, parts, heard`
const OVERDUE = `select id, person, addressee, total, coding, parts, heard from message_parts
where not heard and at <= $1 order by at limit $2`
const HEARD = `update message_parts set heard = true, parts = '{}' where id = $1`

const row = z.object({
  id: z.string(),
  person: phone,
  addressee: z.string(),
  total: z.int(),
  coding: z.int(),
  parts: z.record(z.string(), z.string()),
  heard: z.boolean(),
})

const joined = ({ id, person, addressee: to, coding, parts }: z.infer<typeof row>): Joined => {
  const numbers = Object.keys(parts).map(Number)
  const inOrder = numbers.sort((one, other) => one - other)
  return { id, person, to, coding, octets: inOrder.map((part) => Buffer.from(parts[part] ?? '', 'hex')) }
}

const idOf = ({ person, to, reference, total, at }: Part): string => {
  const which = createHash('sha256').update(JSON.stringify([person, to, reference, total]))
  return `parts:${which.digest('base64url')}:${at}`
}

/** Parts of one message in one row, whose lock lets exactly one see it become whole. */
export const createParts = (db: Db): Parts => ({
  async keep(part) {
    const { person, to, reference, total, coding, at } = part
    const own = JSON.stringify({ [part.part]: part.octets.toString('hex') })
    const values = [person, to, reference, total, coding, idOf(part), own, at, at - PARTS_MS]
    const [kept] = await prepared(db, 'part_kept', KEEP, values, (found) => row.parse(found))
    const isWhole = kept && !kept.heard && Object.keys(kept.parts).length === kept.total
    return isWhole ? joined(kept) : null
  },
  overdue: (now, limit) =>
    prepared(db, 'parts_overdue', OVERDUE, [now - PARTS_MS, limit], (found) => joined(row.parse(found))),
  async heard(id) {
    await prepared(db, 'parts_heard', HEARD, [id], (found) => found)
  },
})
