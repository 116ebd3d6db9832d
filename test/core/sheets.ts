/** What stands on a sheet of PDF. */
import { inflateSync } from 'node:zlib'
import { create } from 'qrcode'

/** What is drawn on a sheet: the operators of all its streams, uncompressed. */
const drawn = (file: Buffer): string =>
  [...file.toString('latin1').matchAll(/FlateDecode.*?stream\r?\n(.*?)\r?\nendstream/gs)]
    .map(([, packed = '']) => inflateSync(Buffer.from(packed, 'latin1')).toString('latin1'))
    .join('\n')

/** What Windows-1252 has from 0x80 on, where Latin-1 has none; this Node's own decoder takes the two for the same. */
const FROM_80 = [...'€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ']

/** The texts on a sheet, one a line; a standard font's letters are Windows-1252. */
export const textsOf = (file: Buffer): string[] =>
  [...drawn(file).matchAll(/\[([^\]]*)\] TJ/g)].map(([, line = '']) => {
    const hex = [...line.matchAll(/<([0-9a-f]*)>/g)].map(([, part]) => part).join('')
    const latin = Buffer.from(hex, 'hex').toString('latin1')
    return latin.replace(/[\x80-\x9f]/g, (letter) => FROM_80[letter.charCodeAt(0) - 0x80] ?? letter)
  })

/** The modules of the code on a sheet: squares, as they are drawn from the top. */
export function squaresOf(file: Buffer): string {
  const squares = [...drawn(file).matchAll(/([\d.]+) ([\d.]+) ([\d.]+) \3 re/g)].map((one) =>
    one.slice(1, 4).map(Number),
  )
  const [left, top] = [0, 1].map((n) => Math.min(...squares.map((one) => one[n] ?? 0)))
  return squares
    .map(
      ([x = 0, y = 0, side = 1]) =>
        `${Math.round((x - (left ?? 0)) / side)} ${Math.round((y - (top ?? 0)) / side)}`,
    )
    .join('\n')
}

/** The same of the code that a text has. */
export function codeSquares(text: string): string {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  return [...data.entries()]
    .flatMap(([n, dark]) => (dark ? [`${n % size} ${Math.floor(n / size)}`] : []))
    .join('\n')
}
