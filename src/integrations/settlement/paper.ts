import type PDFDocument from 'pdfkit'
import type { Instant } from '../../core/base/clock.ts'

/** Points, 72 to the inch. */
const MARGIN = 50
const COLUMNS = [50, 180, 300] as const
const RIGHT = 545
const LINE = 18

type Page = InstanceType<typeof PDFDocument>

/** Writes one row of four cells below the last, the fourth to the right; on a new page where one is full. */
export type WriteRow = (...cells: readonly [string, string, string, string]) => void

/** What a sheet says at its head, and when it was made: the same again is the same to the byte. */
export type Head = { readonly title: string; readonly at: Instant; readonly lines: readonly string[] }

/** A sheet of A4 to be read by a person. @param write its rows, plain or bold @returns the file's bytes */
export async function paper(
  { title, at, lines }: Head,
  write: (row: WriteRow, boldRow: WriteRow) => void,
): Promise<Buffer> {
  // Loaded with the first sheet: most processes never draw one.
  const { default: Document } = await import('pdfkit')
  const page = new Document({
    size: 'A4',
    margin: MARGIN,
    info: { Title: title, CreationDate: new Date(at) },
  })
  const chunks: Buffer[] = []
  const ended = new Promise<void>((resolve, reject) => page.on('end', resolve).on('error', reject))
  page.on('data', (chunk: Buffer) => chunks.push(chunk))
  page.fontSize(20).text('Inzira').fontSize(12)
  for (const line of lines) page.text(line)
  page.moveDown().fontSize(10)
  write(rowsOf(page, 'Helvetica'), rowsOf(page, 'Helvetica-Bold'))
  page.end()
  await ended
  return Buffer.concat(chunks)
}

const rowsOf =
  (page: Page, font: string): WriteRow =>
  (...cells) => {
    page.font(font)
    if (page.y + LINE > page.page.height - MARGIN) page.addPage()
    const { y } = page
    for (const [n, x] of COLUMNS.entries()) page.text(cells[n] ?? '', x, y, { lineBreak: false })
    page.text(cells[3], MARGIN, y, { width: RIGHT - MARGIN, align: 'right', lineBreak: false })
    page.y = y + LINE
  }
