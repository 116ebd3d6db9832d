import { localTime } from '../../core/base/calendar.ts'
import { formatMoney } from '../../core/base/money.ts'
import type { EarnerStatement } from '../../core/pay/settlement.ts'
import { paper } from './paper.ts'

/** A statement to be read by a person: A4, times where the operator is. @returns the file's bytes */
export function statementPdf(statement: EarnerStatement, zone: string): Promise<Buffer> {
  const { account, currency, week, movements } = statement
  const [when, last] = [localTime(zone, 'd LLL yyyy'), week.until - 1]
  const lines = [`Earnings of week ${week.name}, ${when(week.from)} to ${when(last)}`, account]
  const amount = (amountMinor: number) => formatMoney({ amountMinor, currency })
  const moment = localTime(zone, 'd LLL HH:mm')
  return paper({ title: `Earnings ${week.name}`, at: week.until, lines }, (row, boldRow) => {
    boldRow('', 'Opening', '', amount(statement.openingMinor))
    for (const { at, kind, source, amountMinor } of movements)
      row(moment(at), kind, source.slice(0, 24), amount(amountMinor))
    boldRow('', 'Closing', '', amount(statement.closingMinor))
  })
}
