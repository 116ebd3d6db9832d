import type { Instant } from '../../core/base/clock.ts'
import { drawQr, type Page, printable, sheet } from './sheet.ts'

/** What hangs at a stage: what it is called and numbered, and how to leave from it. */
export type StageCard = {
  readonly name: string
  readonly area: string
  readonly stage: number
  /** What is dialled there, `*384*77*1*101#`, below what says so. */
  readonly dial: { readonly says: readonly string[]; readonly code: string }
  /** What is texted, each in its language, below what says where to. */
  readonly texts: readonly { readonly says: string; readonly text: string }[]
  /** What a camera reads: a text that only lacks where to. */
  readonly qr: string
}

/** Points; the page is A5, 420 by 595. */
const MARGIN = 28
const WIDTH = 364
const AT = { name: 46, area: 112, stage: 134, dial: 262, qr: 455 } as const
const QR_SIDE = 112
const LINE = 15

/** Cards of stages, one on each page of A5. @param at when they are made @returns the file's bytes */
export const stageCards = (cards: readonly StageCard[], at: Instant): Promise<Buffer> =>
  sheet({ size: 'A5', margin: MARGIN, title: 'Inzira', at }, (page) => {
    for (const [n, card] of cards.entries()) {
      if (n > 0) page.addPage()
      drawCard(page, card)
    }
  })

type Style = { readonly y: number; readonly size: number; readonly bold?: boolean; readonly lines?: number }

/** Writes in the middle what fits of a text. @returns where the next begins */
function write(page: Page, text: string, { y, size, bold = false, lines = 1 }: Style): number {
  const height = size * 1.25 * lines
  page.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size)
  page.text(printable(text), MARGIN, y, { width: WIDTH, height, align: 'center', ellipsis: true })
  return y + height
}

function drawCard(page: Page, { name, area, stage, dial, texts, qr }: StageCard): void {
  write(page, 'Inzira', { y: MARGIN, size: 12 })
  write(page, name, { y: AT.name, size: 26, bold: true, lines: 2 })
  write(page, area, { y: AT.area, size: 13 })
  write(page, String(stage), { y: AT.stage, size: 100, bold: true })
  let y: number = AT.dial
  y = write(page, dial.says.join(' / '), { y, size: 11, lines: 2 })
  y = write(page, dial.code, { y, size: 22, bold: true }) + LINE
  for (const { says, text } of texts) {
    y = write(page, says, { y, size: 11 })
    y = write(page, text, { y, size: 15, bold: true }) + LINE / 2
  }
  drawQr(page, qr, { x: MARGIN + (WIDTH - QR_SIDE) / 2, y: AT.qr, side: QR_SIDE })
}
