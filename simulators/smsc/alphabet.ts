// 3GPP TS 23.038, 6.2.1; the NUL stands where the escape is.
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\0ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const ESCAPED: Readonly<Record<string, number>> = {
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
}
const UNESCAPED = new Map(Object.entries(ESCAPED).map(([character, code]) => [code, character]))
const UCS2 = 8

/** A text as octets of GSM-7, one septet each, or of UCS-2 where it has other characters. */
export function encode(text: string): { dataCoding: number; octets: Buffer } {
  const codes = [...text].map((one) =>
    one !== '\0' && BASIC.includes(one)
      ? [BASIC.indexOf(one)]
      : ESCAPED[one] !== undefined
        ? [0x1b, ESCAPED[one]]
        : undefined,
  )
  if (codes.every((code) => code !== undefined)) return { dataCoding: 0, octets: Buffer.from(codes.flat()) }
  return { dataCoding: UCS2, octets: Buffer.from(text, 'utf16le').swap16() }
}

export function decode(dataCoding: number, octets: Buffer): string {
  if (dataCoding === UCS2) return Buffer.from(octets).swap16().toString('utf16le')
  let text = ''
  for (let n = 0; n < octets.length; n++) {
    const code = octets[n] ?? 0
    text += code === 0x1b ? (UNESCAPED.get(octets[++n] ?? 0) ?? '?') : (BASIC[code] ?? '?')
  }
  return text
}
