import { z } from 'zod'
import { codeOf } from '../../core/base/code.ts'
import { type Db, prepared } from './connect.ts'

/** As the sequence steps: one trip to the database serves this many codes. */
const BLOCK = 50

/** Digits for bookings: numbers from a sequence, taken a block at a time, each with its check digit. */
export function createCodes(db: Db): () => Promise<string> {
  let next = 0
  let end = 0
  let fetching: Promise<void> | null = null
  const fetch = async () => {
    const rows = await prepared(
      db,
      'codes',
      `select nextval('codes') as first`,
      [],
      (row) => z.object({ first: z.number() }).parse(row).first,
    )
    next = rows[0] ?? 0
    end = next + BLOCK
  }
  return async () => {
    while (next >= end) {
      fetching ??= fetch().finally(() => {
        fetching = null
      })
      await fetching
    }
    next += 1
    return codeOf(next - 1)
  }
}
