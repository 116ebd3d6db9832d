import PDFDocument from 'pdfkit'
import { localTime } from '../../core/base/calendar.ts'
import { formatMoney } from '../../core/base/money.ts'
import type { EarnerStatement } from '../../core/pay/settlement.ts'

/** Points, 72 to the inch. */
const MARGIN = 50
const COLUMNS = [50, 180, 300] as const
const RIGHT = 545
const LINE = 18

/** A statement to be read by a person: A4, times where the operator is. @returns the file's bytes */
export async function statementPdf(statement: EarnerStatement, zone: string): Promise<Buffer> {
  const { account, currency, week, movements } = statement
  const page = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    info: { Title: `Earnings ${week.name}`, CreationDate: new Date(week.until) },
  })
  const chunks: Buffer[] = []
  const ended = new Promise<void>((resolve, reject) => page.on('end', resolve).on('error', reject))
  page.on('data', (chunk: Buffer) => chunks.push(chunk))

  const [when, last] = [localTime(zone, 'd LLL yyyy'), week.until - 1]
  page.fontSize(20).text('Inzira').fontSize(12)
  page
    .text(`Earnings of week ${week.name}, ${when(week.from)} to ${when(last)}`)
    .text(account)
    .moveDown()
  const row = rowsOf(page)
  const amount = (amountMinor: number) => formatMoney({ amountMinor, currency })
  page.font('Helvetica-Bold')
  row('', 'Opening', '', amount(statement.openingMinor))
  page.font('Helvetica')
  const moment = localTime(zone, 'd LLL HH:mm')
  for (const { at, kind, source, amountMinor } of movements)
    row(moment(at), kind, source.slice(0, 24), amount(amountMinor))
  page.font('Helvetica-Bold')
  row('', 'Closing', '', amount(statement.closingMinor))
  page.end()
  await ended
  return Buffer.concat(chunks)
}

/** Writes rows below one another, on a new page where one is full. */
function rowsOf(page: InstanceType<typeof PDFDocument>) {
  page.fontSize(10)
  return (...cells: readonly [string, string, string, string]) => {
    if (page.y + LINE > page.page.height - MARGIN) page.addPage()
    const { y } = page
    for (const [n, x] of COLUMNS.entries()) page.text(cells[n] ?? '', x, y, { lineBreak: false })
    page.text(cells[3], MARGIN, y, { width: RIGHT - MARGIN, align: 'right', lineBreak: false })
    page.y = y + LINE
  }
}
