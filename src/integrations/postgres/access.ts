import { z } from 'zod'
import type { Access, Rank, Rotated } from '../../core/people/access.ts'
import { type Db, prepared } from './connect.ts'
import { createHolders } from './holders.ts'
import { phone } from './read.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** One at a time for whatever the text names, until the transaction ends. */
const LOCK = 'select pg_advisory_xact_lock(hashtextextended($1, 0))'

const FAILURES = `(select coalesce(sum(tries - used::int), 0) from otps where phone = $1 and created_at > $2::bigint - ${DAY_MS})`

const ADD_CODE = `
insert into otps (phone, created_at, id, code_hash, expires_at)
select $1, $2, $3, $4, $5
where (select count(*) from otps where phone = $1 and created_at > $2::bigint - ${HOUR_MS}) < $6 and ${FAILURES} < $7
returning id`

// The try is counted in the statement that compares, so guesses at once cannot share one.
const USE_CODE = `
update otps set tries = tries + 1, used = code_hash = $3
where id = (select id from otps where phone = $1 order by created_at desc, id desc limit 1)
  and not used and tries < $4 and expires_at > $2 and ${FAILURES} < $5
returning used`

const ADD_TOKEN = 'insert into refresh_tokens (token_hash, family, phone, expires_at) values ($1, $2, $3, $4)'

const APPEARS =
  'insert into log_ins (person, at) values ($1, $2) on conflict (person) do update set at = excluded.at'

const RANKS = `
select exists (select from drivers where phone = $1) as driver, exists (select from admins where phone = $1) as admin,
  exists (select from partner_members where phone = $1 and left_at is null) as partner`

const tokenRow = z.object({
  family: z.string(),
  phone,
  replaced_at: z.number().nullable(),
  is_fresh: z.boolean(),
})

const FIND_TOKEN = `
select t.family, t.phone, t.replaced_at, s.token_hash is not null and s.replaced_at is null as is_fresh
from refresh_tokens t left join refresh_tokens s on s.token_hash = t.successor_hash
where t.token_hash = $1 and t.expires_at > $2`

/** Log-in in PostgreSQL. */
export function createAccess(db: Db): Access {
  const holders = createHolders(db)
  return {
    addCode: (code, limits) =>
      db.transaction(async (trx) => {
        await prepared(trx, 'lock_text', LOCK, [`otp ${code.phone}`], (row) => row)
        const values = [
          code.phone,
          code.at,
          code.id,
          code.codeHash,
          code.expiresAt,
          limits.perHour,
          limits.failuresPerDay,
        ]
        return (await prepared(trx, 'add_code', ADD_CODE, values, (row) => row)).length === 1
      }),
    async useCode({ phone, codeHash, at }, { tries, failuresPerDay }) {
      const values = [phone, at, codeHash, tries, failuresPerDay]
      const used = await prepared(
        db,
        'use_code',
        USE_CODE,
        values,
        (row) => z.object({ used: z.boolean() }).parse(row).used,
      )
      return used[0] === true
    },
    async addToken({ tokenHash, family, phone, expiresAt }) {
      await prepared(db, 'add_token', ADD_TOKEN, [tokenHash, family, phone, expiresAt], (row) => row)
    },
    rotate: (tokenHash, next, graceMs) => db.transaction((trx) => rotate(trx, tokenHash, next, graceMs)),
    async appears(phone, at) {
      await holders.passIfIdle(phone, at)
      await prepared(db, 'appears', APPEARS, [phone, at], (row) => row)
    },
    async ranksOf(phone) {
      const row = z.object({ driver: z.boolean(), partner: z.boolean(), admin: z.boolean() })
      const [is] = await prepared(db, 'ranks', RANKS, [phone], (found) => row.parse(found))
      const some: readonly Exclude<Rank, 'customer'>[] = ['driver', 'partner', 'admin']
      return new Set<Rank>(['customer', ...some.filter((rank) => is?.[rank])])
    },
  }
}

async function rotate(
  trx: Db,
  tokenHash: string,
  next: Parameters<Access['rotate']>[1],
  graceMs: number,
): Promise<Rotated> {
  const run = (name: string, text: string, values: readonly unknown[]) =>
    prepared(trx, name, text, values, (row) => row)
  await run(
    'lock_family',
    'select pg_advisory_xact_lock(hashtextextended(family, 0)) from refresh_tokens where token_hash = $1',
    [tokenHash],
  )
  const [token] = await prepared(trx, 'find_token', FIND_TOKEN, [tokenHash, next.at], (row) =>
    tokenRow.parse(row),
  )
  if (!token) return { kind: 'unknown' }
  const { family, phone } = token
  if (token.replaced_at === null) {
    await run(
      'replace_token',
      'update refresh_tokens set replaced_at = $2, successor_hash = $3 where token_hash = $1',
      [tokenHash, next.at, next.tokenHash],
    )
    await run('add_token', ADD_TOKEN, [next.tokenHash, family, phone, next.expiresAt])
    return { kind: 'rotated', phone, family }
  }
  if (token.is_fresh && next.at - token.replaced_at <= graceMs) return { kind: 'rotated', phone, family }
  await run('end_family', 'delete from refresh_tokens where family = $1', [family])
  return { kind: 'stolen', phone, family }
}
