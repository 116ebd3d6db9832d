import type PDFDocument from 'pdfkit'
import { create } from 'qrcode'
import type { Instant } from '../../core/base/clock.ts'

export type Page = InstanceType<typeof PDFDocument>

/** What a sheet is: its size, its margin in points (72 to the inch), and when it was made: the same again is the same to the byte. */
export type Sheet = {
  readonly size: 'A5' | 'A6'
  readonly margin: number
  readonly title: string
  readonly at: Instant
}

/** Draws a sheet of one page or more. @param draw on the first page, and on those it adds @returns the file's bytes */
export async function sheet({ size, margin, title, at }: Sheet, draw: (page: Page) => void): Promise<Buffer> {
  // Loaded with the first sheet: most processes never draw one.
  const { default: Document } = await import('pdfkit')
  const page = new Document({ size, margin, info: { Title: title, CreationDate: new Date(at) } })
  const chunks: Buffer[] = []
  const ended = new Promise<void>((resolve, reject) => page.on('end', resolve).on('error', reject))
  page.on('data', (chunk: Buffer) => chunks.push(chunk))
  draw(page)
  page.end()
  await ended
  return Buffer.concat(chunks)
}

/** A QR code (ISO/IEC 18004) of a text, as squares rather than a picture: sharp on any screen and paper. */
export function drawQr(
  page: Page,
  text: string,
  { x, y, side }: Readonly<Record<'x' | 'y' | 'side', number>>,
) {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  const module = side / size
  for (const [n, dark] of data.entries())
    if (dark) page.rect(x + (n % size) * module, y + Math.floor(n / size) * module, module, module)
  page.fill()
}

/** What a standard font of PDF can show; `ř` is shown as `r`, and what is not Latin as `?`. */
export const printable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[^\x20-\x7e\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/gu, (letter) =>
      /^[\x20-\x7e]+$/.test(plain(letter)) ? plain(letter) : '?',
    )

const plain = (letter: string): string => letter.normalize('NFKD').replace(/\p{M}/gu, '')
