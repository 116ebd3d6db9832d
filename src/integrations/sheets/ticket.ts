import { localTime } from '../../core/base/calendar.ts'
import { formatMoney } from '../../core/base/money.ts'
import { type Ticket, ticketDigits } from '../../core/sell/ticket.ts'
import { drawQr, type Page, printable, sheet } from './sheet.ts'

/** Points, 72 to the inch; the sheet is A6, 298 by 420. */
const MARGIN = 20
const WIDTH = 258
const LABEL = 66
const LINE = 17
const QR = { y: 246, side: 126 } as const
const DIGITS_Y = 380

const WORDS = {
  en: { seats: 'Seats', names: 'Travellers', bus: 'Bus', code: 'Code', price: 'Price' },
  fr: { seats: 'Places', names: 'Voyageurs', bus: 'Autocar', code: 'Code', price: 'Prix' },
  rw: { seats: 'Imyanya', names: 'Abagenzi', bus: 'Bisi', code: 'Kode', price: 'Igiciro' },
  sw: { seats: 'Viti', names: 'Wasafiri', bus: 'Basi', code: 'Namba', price: 'Bei' },
} as const

const isSpoken = (language: string): language is keyof typeof WORDS => Object.hasOwn(WORDS, language)
const wordsIn = (language: string) => WORDS[isSpoken(language) ? language : 'en']

/**
 * A ticket to be shown aboard: one page of A6, times where the bus leaves, and its digits as a QR code (ISO/IEC 18004).
 * The same ticket is the same to the byte. Letters that Windows-1252 lacks lose their accents, or are question marks.
 * @returns the file's bytes @throws RangeError when its code or proof is none
 */
export async function ticketPdf(ticket: Ticket, language: string): Promise<Buffer> {
  const digits = ticketDigits(ticket.code, ticket.proof)
  const about = { title: `Inzira ${ticket.code}`, at: ticket.soldAt }
  return sheet({ size: 'A6', margin: MARGIN, ...about }, (page) => {
    writeJourney(page, ticket)
    writeRows(page, ticket, language)
    drawCode(page, digits)
  })
}

/** Writes one line, or what fits of it. */
const line = (page: Page, text: string, { x = MARGIN, y, height = LINE }: Readonly<Record<string, number>>) =>
  page.text(printable(text), x, y, { width: MARGIN + WIDTH - x, height, ellipsis: true })

function writeJourney(page: Page, { partner, from, to, leavesAt, zone }: Ticket): void {
  page.font('Helvetica').fontSize(11)
  line(page, partner, { y: MARGIN })
  page.font('Helvetica-Bold').fontSize(17)
  line(page, from, { y: 42, height: 20 })
  // No standard font has an arrow.
  page
    .moveTo(MARGIN, 71)
    .lineTo(MARGIN + 12, 71)
    .lineTo(MARGIN + 8, 67)
  page
    .moveTo(MARGIN + 12, 71)
    .lineTo(MARGIN + 8, 75)
    .stroke()
  line(page, to, { x: MARGIN + 18, y: 64, height: 20 })
  page.fontSize(15)
  line(page, localTime(zone, 'dd/LL/yyyy HH:mm')(leavesAt), { y: 92 })
}

function writeRows(page: Page, ticket: Ticket, language: string): void {
  const words = wordsIn(language)
  const rows = [
    [words.bus, ticket.plate],
    [words.code, ticket.code],
    [words.price, formatMoney(ticket.price)],
    [words.seats, ticket.seats.join(', ')],
    [words.names, ticket.names.join(', ')],
  ] as const
  page.fontSize(11)
  for (const [n, [label, value]] of rows.entries()) {
    const y = 120 + n * LINE
    page.font('Helvetica')
    line(page, label, { y })
    page.font('Helvetica-Bold')
    // The last has the rest of the room.
    line(page, value, { x: MARGIN + LABEL, y, height: n === rows.length - 1 ? 3 * LINE : LINE })
  }
}

function drawCode(page: Page, digits: string): void {
  drawQr(page, digits, { x: (page.page.width - QR.side) / 2, ...QR })
  const grouped = digits.replace(/(\d{5})$/, ' $1')
  page.font('Helvetica-Bold').fontSize(15)
  page.text(grouped, MARGIN, DIGITS_Y, { width: WIDTH, align: 'center', lineBreak: false })
}
