import { z } from 'zod'
import type { Acquaintances } from '../../core/people/introductions.ts'
import { type Db, prepared } from './connect.ts'
import { phone } from './read.ts'

const row = z.object({ person: phone, isProven: z.boolean() })

const FIND = 'select person, is_proven as "isProven" from whatsapp_users where user_id = $1'
const KEEP = `
insert into whatsapp_users (user_id, person, is_proven, at) values ($1, $2, $3, $4)
on conflict (user_id) do update set person = excluded.person, is_proven = excluded.is_proven, at = excluded.at
where excluded.is_proven or not whatsapp_users.is_proven`

/** Who is behind an id of WhatsApp's. */
export const createAcquaintances = (db: Db): Acquaintances => ({
  async find(userId) {
    const [found] = await prepared(db, 'whatsapp_user', FIND, [userId], (it) => row.parse(it))
    return found ?? null
  },
  async keep(userId, person, isProven, at) {
    await prepared(db, 'whatsapp_user_keep', KEEP, [userId, person, isProven, at], (it) => it)
  },
})
