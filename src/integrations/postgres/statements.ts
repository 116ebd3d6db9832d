import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Instant } from '../../core/base/clock.ts'
import {
  dayAfter,
  StatementError,
  type StatementFormat,
  type StatementRow,
  spanOf,
} from '../../core/pay/statement.ts'
import { createTally } from '../../core/pay/tally.ts'
import type { Db } from './connect.ts'

const BATCH_ROWS = 2_000

/** A file as it is kept: the newest of its day. */
export type Kept = { readonly day: string; readonly revision: number; readonly sha256: string }

/** Values by the names that a statement has for them. */
export type Bindings = Readonly<Record<string, string | number>>

/** Rows of a plain statement with `:named` values, each checked. @throws z.ZodError when one is not as expected */
export async function ask<T>(db: Db, text: string, values: Bindings, read: z.ZodType<T>): Promise<T[]> {
  const { rows }: { rows: unknown } = await db.raw(text, values)
  return z.array(read).parse(rows)
}

const keptRow = z.object({ day: z.string(), revision: z.int(), sha256: z.string() })

/** The newest file of a day; undefined when none has come. */
export async function keptOf(db: Db, provider: string, day: string): Promise<Kept | undefined> {
  const text = `select day, revision, sha256 from statements where provider = :provider and day = :day
    order by revision desc limit 1`
  return (await ask(db, text, { provider, day }, keptRow))[0]
}

/**
 * Days come in order: after a gap all that moved in it would look missing. The first of all may be any.
 * @throws StatementError that names the day which comes first
 */
export async function refuseGap(db: Db, provider: string, day: string): Promise<void> {
  const before = dayAfter(day, -1)
  const text = `select max(day) as day from statements where provider = :provider and day < :day`
  const [last] = await ask(db, text, { provider, day }, z.object({ day: z.string().nullable() }))
  if (last?.day && last.day !== before)
    throw new StatementError(`the statement of ${dayAfter(last.day, 1)} comes first`)
}

class Repeated extends Error {}

/**
 * Keeps a file, in batches, within the transaction given.
 * @returns false when it is the very file that is there already
 * @throws StatementError as the format and the tally do; nothing is kept then
 */
export async function keep(
  db: Db,
  { format, day, bytes }: Statement,
  at: Instant,
): Promise<{ isNew: boolean; kept: Kept }> {
  const { provider } = format
  const before = await keptOf(db, provider, day)
  const revision = (before?.revision ?? 0) + 1
  try {
    const kept = await db.transaction(async (trx) => {
      const hash = createHash('sha256')
      const tally = createTally(day, format.hasTotals ? undefined : spanOf(day, format))
      let batch: StatementRow[] = []
      for await (const line of format.read(hashed(bytes, hash))) {
        tally.add(line)
        if (line.is !== 'row') continue
        batch.push(line.row)
        if (batch.length < BATCH_ROWS) continue
        await addRows(trx, { provider, day, revision }, batch)
        batch = []
      }
      await addRows(trx, { provider, day, revision }, batch)
      const sha256 = hash.digest('hex')
      if (sha256 === before?.sha256) throw new Repeated()
      const faults = JSON.stringify(tally.faults())
      await trx('statements').insert({ provider, day, revision, sha256, row_count: tally.rows(), faults, at })
      return { day, revision, sha256 }
    })
    return { isNew: true, kept }
  } catch (error) {
    if (error instanceof Repeated && before) return { isNew: false, kept: before }
    throw error
  }
}

/** A file to be kept; `day` is the provider's, as 2026-11-20. */
export type Statement = {
  readonly format: StatementFormat
  readonly day: string
  readonly bytes: AsyncIterable<Uint8Array>
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: { update(chunk: Uint8Array): unknown }) {
  for await (const chunk of bytes) {
    hash.update(chunk)
    yield chunk
  }
}

async function addRows(db: Db, named: Bindings, rows: readonly StatementRow[]): Promise<void> {
  await db.raw(
    `insert into statement_rows
      (provider, day, revision, line, kind, reference, transaction, amount_minor, currency, fee_minor, at)
    select :provider, :day, cast(:revision as integer), line, kind, reference, transaction, "amountMinor", currency, "feeMinor", at
    from json_to_recordset(:rows) as t(line integer, kind text, reference text, transaction text,
      "amountMinor" bigint, currency text, "feeMinor" bigint, at bigint)`,
    { ...named, rows: JSON.stringify(rows.map(({ money, ...row }) => ({ ...row, ...money }))) },
  )
}
