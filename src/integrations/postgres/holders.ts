import { z } from 'zod'
import type { Msisdn } from '../../core/base/phone.ts'
import { type Holders, IDLE_MS, type Returned } from '../../core/people/holders.ts'
import { BELONGINGS, type Belongings } from './belongings.ts'
import { sqlState } from './commit.ts'
import { type Db, prepared } from './connect.ts'

/** One at a time for a number. */
const LOCK = 'select pg_advisory_xact_lock(hashtextextended($1, 39))'

// Of who never spoke, what an agent booked for them last; the desk's word for a driver or an agent has no age.
const IS_IDLE = `
select coalesce(greatest(
    (select nullif(heard_at, 0) from conversations where person = $1), (select at from log_ins where person = $1)),
  (select (select min(at) from journal where instance_id = i.id) from instances i
    where owner = $1 and flow = 'booking' order by id desc limit 1)) < $2 as idle`

const PASS = 'insert into former_holders (person, until_at, by) values ($1, $2, $3) returning former'
const LAST = 'select former from former_holders where person = $1 and back_at is null order by n desc limit 1'
const BACK = 'update former_holders set back_at = $2, back_by = $3, back_why = $4 where former = $1'
const IS_THEIRS = 'select is_held($1, $2) as theirs'

/** Who is on no journey is sent none; and what was to be said to them is not, nor by text where it did not arrive. */
const STILLED = [
  `update drivers set status = 'off' where phone = $1 and status = 'free'`,
  `delete from outbox where type = 'speak' and params ->> 'to' = $1`,
  'update messages set fall_back = null where person = $1 and fall_back is not null',
] as const

const formerRow = z.object({ former: z.string() })

/** @param belongings what is whose; a test leaves something out, and sees that it is noticed */
export function createHolders(db: Db, belongings: Belongings = BELONGINGS): Holders {
  const all = Object.entries(belongings)

  async function putAway(trx: Db, person: Msisdn, at: number, by: string | null): Promise<void> {
    const [made] = await prepared(trx, 'holder_pass', PASS, [person, at, by], (row) => formerRow.parse(row))
    if (!made) throw new Error('a former holder has no name')
    for (const [n, text] of STILLED.entries())
      await prepared(trx, `holder_stilled_${n}`, text, [person], (row) => row)
    for (const [table, { column, fate }] of all) {
      const isOver = fate === 'deleted' || (fate === 'passing' && by !== null)
      if (isOver) await trx(table).where(column, person).del()
      else if (fate === 'away' || fate === 'replaced')
        await trx(table).where(column, person).update(column, made.former)
    }
  }

  async function takeOut(trx: Db, person: Msisdn, former: string): Promise<void> {
    for (const [table, { column, fate }] of all) {
      if (fate !== 'away' && fate !== 'replaced') continue
      const isKept = await trx(table).where(column, former).first(column)
      if (isKept && fate === 'replaced') await trx(table).where(column, person).del()
      if (isKept) await trx(table).where(column, former).update(column, person)
    }
  }

  return {
    pass: (person, at, by) =>
      db.transaction(async (trx) => {
        await prepared(trx, 'holder_lock', LOCK, [person], (row) => row)
        await putAway(trx, person, at, by)
      }),
    async passIfIdle(person, at) {
      const idle = z.object({ idle: z.boolean().nullable() })
      const isIdle = async (on: Db) =>
        (await prepared(on, 'holder_idle', IS_IDLE, [person, at - IDLE_MS], (row) => idle.parse(row)))[0]
          ?.idle
      if (!(await isIdle(db))) return false
      return db.transaction(async (trx) => {
        await prepared(trx, 'holder_lock', LOCK, [person], (row) => row)
        const isStill = (await isIdle(trx)) === true
        if (isStill) await putAway(trx, person, at, null)
        return isStill
      })
    },
    giveBack: (person, { at, by, why }) =>
      db
        .transaction(async (trx): Promise<Returned> => {
          await prepared(trx, 'holder_lock', LOCK, [person], (row) => row)
          const [last] = await prepared(trx, 'holder_last', LAST, [person], (row) => formerRow.parse(row))
          if (!last) return 'nobody'
          await takeOut(trx, person, last.former)
          await prepared(trx, 'holder_back', BACK, [last.former, at, by, why], (row) => row)
          return 'theirs'
        })
        .catch((error: unknown) => {
          if (sqlState(error) === UNIQUE) return 'taken'
          throw error
        }),
    async isTheirs(person, id) {
      const row = z.object({ theirs: z.boolean() })
      const [is] = await prepared(db, 'is_held', IS_THEIRS, [person, id], (one) => row.parse(one).theirs)
      return is === true
    },
  }
}

/** Two rows would be one person's of what everybody has one of (SQLSTATE 23505). */
const UNIQUE = '23505'
