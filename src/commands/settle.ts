/**
 * Settles a week with everybody who earned, from a terminal:
 *
 *   npm run settle                 the last week that is over
 *   npm run settle -- 2026-W47     another one
 *
 * Statements (CSV and PDF) and the list of payouts go to `settlements/<week>` under DATA_DIR. A running worker sends
 * what is opened here. To do it again opens nothing twice.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { lastWeek, weekOf } from '../core/base/calendar.ts'
import { systemClock } from '../core/base/clock.ts'
import type { Config } from '../core/base/config.ts'
import { formatMoney } from '../core/base/money.ts'
import { maskPhone } from '../core/base/phone.ts'
import { alone } from '../integrations/postgres/alone.ts'
import type { Db } from '../integrations/postgres/connect.ts'
import { createEarnings } from '../integrations/postgres/earnings.ts'
import { createLedger } from '../integrations/postgres/ledger.ts'
import { type BatchLine, batchCsv, statementCsv } from '../integrations/settlement/csv.ts'
import { statementPdf } from '../integrations/settlement/pdf.ts'
import type { Command, Terminal } from './command.ts'
import { openCounter } from './counter.ts'
import { settle as settleWith } from './settlement.ts'

const partsOf = (config: Config, db: Db) => ({
  ...openCounter(config, db),
  earnings: createEarnings(db),
  ledger: createLedger(db, systemClock),
  leastMinor: config.PAYOUT_LEAST_MINOR,
})

async function settleWeek({ config, db, print }: Terminal, name: string | undefined): Promise<void> {
  const zone = config.TIME_ZONE
  const week = name === undefined ? lastWeek(systemClock.now(), zone) : weekOf(name, zone)
  if (week.until > systemClock.now()) throw new RangeError(`week ${week.name} is not over`)
  const folder = resolve(config.DATA_DIR, 'settlements', week.name)
  await mkdir(folder, { recursive: true })
  const lines: BatchLine[] = []
  for await (const { account, phone, statement, due, outcome, payout } of settleWith(
    partsOf(config, db),
    week,
  )) {
    const file = join(folder, `${account.replace(':', '-')}-${due.currency}`)
    await writeFile(`${file}.csv`, statementCsv(statement))
    await writeFile(`${file}.pdf`, await statementPdf(statement, zone))
    const wallet = phone ? maskPhone(phone) : '-'
    lines.push({ account, wallet, ...due, outcome, payout })
    print(`  ${account}  ${wallet}  ${formatMoney(due)}  ${outcome}`)
  }
  await writeFile(join(folder, 'payouts.csv'), batchCsv(lines))
  print(
    `${week.name}: ${lines.length} accounts, ${lines.filter((one) => one.outcome === 'opened').length} payouts opened`,
  )
  print(folder)
}

/** Payouts and statements of a week. */
export const settle: Command = {
  async perform(terminal, [week]) {
    // Two weeks settled at once would both see the same money.
    await alone(terminal.db, 'settle', () => settleWeek(terminal, week))
    return 0
  },
}
