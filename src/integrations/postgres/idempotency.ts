import { z } from 'zod'
import type { Begun, Once } from '../../core/people/once.ts'
import { type Db, prepared } from './connect.ts'

// A row whose lease has ended belongs to a try that died: the same request takes it over, with what it noted.
const BEGIN = `
insert into idempotency_keys as k (owner, key, request_hash, at, leased_until) values ($1, $2, $3, $4, $5)
on conflict (owner, key) do update set leased_until = excluded.leased_until
where k.status is null and k.request_hash = excluded.request_hash and k.leased_until <= excluded.at
returning about`

const FIND = 'select request_hash, status, body from idempotency_keys where owner = $1 and key = $2'

const keyRow = z.object({ request_hash: z.string(), status: z.int().nullable(), body: z.string().nullable() })

/** Idempotency keys in PostgreSQL. */
export function createOnce(db: Db): Once {
  const change = async (name: string, set: string, values: readonly unknown[]): Promise<void> => {
    const text = `update idempotency_keys set ${set} where owner = $1 and key = $2 and status is null`
    await prepared(db, name, text, values, (row) => row)
  }
  return {
    async begin({ owner, key }, { hash, at, leaseMs }): Promise<Begun> {
      const [mine] = await prepared(db, 'once_begin', BEGIN, [owner, key, hash, at, at + leaseMs], (row) =>
        z.object({ about: z.string().nullable() }).parse(row),
      )
      if (mine) return { kind: 'mine', about: mine.about }
      const [found] = await prepared(db, 'once_find', FIND, [owner, key], (row) => keyRow.parse(row))
      if (found && found.request_hash !== hash) return { kind: 'other' }
      return found && found.status !== null
        ? { kind: 'done', status: found.status, body: found.body ?? '' }
        : { kind: 'busy' }
    },
    note: ({ owner, key }, about) => change('once_note', 'about = $3', [owner, key, about]),
    finish: ({ owner, key }, { status, body }) =>
      change('once_finish', 'status = $3, body = $4', [owner, key, status, body]),
    release: ({ owner, key }) => change('once_release', 'leased_until = 0', [owner, key]),
  }
}
