/** Customers who buy on credit, in a database of their own. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../src/core/base/clock.ts'
import { silent } from '../../src/core/base/log.ts'
import type { Money } from '../../src/core/base/money.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import type { CreditAccounts } from '../../src/core/pay/credit.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createCreditAccounts, createCreditBook } from '../../src/integrations/postgres/credit.ts'
import { verify } from '../../src/integrations/postgres/verify.ts'
import { ids, migrated, openDesk, somebody } from '../core/desk.ts'
import { freshDatabase } from '../support/servers.ts'

/** Of one process to PostgreSQL. */
const CONNECTIONS = 8
const LOOK_MS = 5
const PATIENCE_MS = 4_000

export const rwf = (amountMinor: number): Money => ({ amountMinor, currency: 'RWF' })

/** An account of somebody's; with what is not said it may owe 10,000 francs for 30 days. */
export async function granted(
  accounts: CreditAccounts,
  { phone = somebody(), limitMinor = 10_000, termsDays = 30 }: Partial<Granted> = {},
): Promise<Granted> {
  const id = ids.next('ca')
  await accounts.open({ id, phone, currency: 'RWF', limitMinor, termsDays }, Date.now())
  return { id, phone, limitMinor, termsDays }
}
type Granted = {
  readonly id: string
  readonly phone: Msisdn
  readonly limitMinor: number
  readonly termsDays: number
}

export async function openBank() {
  const database = await freshDatabase(migrated)
  const desk = openDesk(database.url)
  const { db } = desk
  const lock = connectPostgres(database.url, silent)
  return {
    ...desk,
    url: database.url,
    book: createCreditBook(db, systemClock),
    accounts: createCreditAccounts(db),
    owes: async (phone: Msisdn): Promise<number> =>
      (await db('credit_accounts').where({ phone }).first()).outstanding_minor,
    /** Keeps everybody from that account until as many wait for it as there are connections. */
    async closeTill(phone: Msisdn) {
      const trx = await lock.transaction()
      await trx.raw('select id from credit_accounts where phone = ? for update', [phone])
      const inLine = async () => {
        const { rows } = await lock.raw(
          `select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return rows[0].n
      }
      return {
        async open(): Promise<void> {
          for (const until = Date.now() + PATIENCE_MS; (await inLine()) < CONNECTIONS; await sleep(LOOK_MS))
            assert.ok(Date.now() < until, 'nobody came')
          await trx.commit()
        },
      }
    },
    async close(): Promise<void> {
      await lock.destroy()
      await db.destroy()
      await database.drop()
    },
  }
}

/** What verify finds wrong, by rule. */
export const wrongIn = async (db: Db, now = Date.now()): Promise<string[]> =>
  (await verify(db, now))
    .filter(({ weight, broken }) => weight === 'wrong' && broken > 0)
    .map(({ rule, examples }) => `${rule}: ${examples.join(', ')}`)

export const order = (payer: Msisdn, amountMinor: number, reference: string = randomUUID()) => ({
  reference,
  payer,
  handle: null,
  money: rwf(amountMinor),
  memo: 'Inzira trip 4821',
})
export type Bought = ReturnType<typeof order>

export const refundOf = (
  { payer, ...of }: Bought,
  amountMinor: number,
  reference: string = randomUUID(),
) => ({
  ...order(payer, amountMinor, reference),
  of: { reference: of.reference, handle: null, transaction: of.reference, money: of.money },
})
