import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Numbering, Unnumbered } from '../../core/talk/unnumbered.ts'
import { type Db, prepared } from './connect.ts'

/** What is brought once more comes within this. */
const EXPECTED_MS = 600_000

const row = z.object({ id: z.string() })

// Somebody who is told something new and says the same again answers that. Nothing is returned for the same once more.
const NEW = `
insert into unnumbered as u (content, person, message_id, at) values ($1, $2, $3, $4)
on conflict (content) do update set message_id = excluded.message_id, at = excluded.at, expected_until = null
where coalesce(u.expected_until, 0) <= excluded.at
  and (u.at <= excluded.at - $5 or exists (select from messages m
    where m.person = u.person and m.at >= u.at and m.status in ('sent', 'delivered', 'read')))
returning message_id as id`
const SAME = 'update unnumbered set expected_until = null where content = $1 returning message_id as id'
const EXPECT = 'update unnumbered set expected_until = $2 where content = $1'

const contentOf = ({ channel, person, to, text }: Unnumbered): string =>
  createHash('sha256')
    .update(JSON.stringify([channel, person, to, text]))
    .digest('base64url')

/** Numbers for what comes without: one row a content, and its lock, decide which of two is the first. */
export const createNumbering = (db: Db): Numbering => ({
  async idOf(said, sameMs) {
    const content = contentOf(said)
    const id = `${said.channel}:${content}:${said.at}`
    const values = [content, said.person, id, said.at, sameMs]
    const read = (found: unknown) => row.parse(found).id
    const [fresh] = await prepared(db, 'unnumbered', NEW, values, read)
    if (fresh !== undefined) return fresh
    const [same] = await prepared(db, 'unnumbered_same', SAME, [content], read)
    return same ?? id
  },
  async expect(said) {
    await prepared(
      db,
      'unnumbered_expect',
      EXPECT,
      [contentOf(said), said.at + EXPECTED_MS],
      (found) => found,
    )
  },
})
