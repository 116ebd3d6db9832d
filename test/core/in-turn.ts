import { z } from 'zod'
import { type Db, prepared } from '../../src/integrations/postgres/connect.ts'

/** So many act at once. */
export const IN_FLIGHT = 16

/** An act, what it was answered, and its place in the order of commits. */
export type Told<Act, Answer> = { readonly turn: number; readonly act: Act; readonly answer: Answer }

/** A database in which acts draw their turns. */
export const withTurns = (db: Db) => db.raw('create sequence turns')

/** Does it to all, so many at once. */
export async function each<T>(items: readonly T[], inFlight: number, work: (item: T) => Promise<void>) {
  const left = items.values()
  const worker = async () => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
}

const turnRow = z.object({ turn: z.int() })

/**
 * Acts in a transaction of its own. Its turn is drawn last, while it still has its locks: of two acts that could touch
 * each other the one with the lower turn committed before the other could go on.
 */
export const inTurn = <Act, Answer>(
  db: Db,
  act: Act,
  does: (trx: Db) => Promise<Answer>,
): Promise<Told<Act, Answer>> =>
  db.transaction(async (trx) => {
    const answer = await does(trx)
    const [turn] = await prepared(trx, 'turn', "select nextval('turns') as turn", [], (row) =>
      turnRow.parse(row),
    )
    return { turn: turn?.turn ?? 0, act, answer }
  })
