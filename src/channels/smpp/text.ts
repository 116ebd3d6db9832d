import { gsm7Octets, gsm7Text } from '../../core/talk/gsm7.ts'

/** data_coding (SMPP 3.4, §5.2.19). The SMSC's default alphabet is taken to be GSM-7, a septet in each octet. */
const CODING = { gsm7: 0x00, ascii: 0x01, latin1: 0x03, ucs2: 0x08 } as const

/** 3GPP TS 23.040: of a message alone, and of each part of a longer one. */
const SEPTETS = { alone: 160, part: 153 }
const UCS2_OCTETS = { alone: 140, part: 134 }

/** Information elements of a header (3GPP TS 23.040, §9.2.3.24): a part of several, its reference in 8 or 16 bits. */
const CONCATENATED = { short: 0x00, long: 0x08 } as const
export const MAX_PARTS = 255

/** What a text is sent as. */
export type Encoded = { readonly dataCoding: number; readonly parts: readonly Buffer[] }

/**
 * A text in GSM-7, or in UCS-2 where it has other characters; in parts, each with a header, where it is too long for one.
 * @param reference 0 to 255, the same for all parts; asked for where there are several
 * @throws RangeError beyond 255 parts
 */
export function encodeText(text: string, reference: () => number): Encoded {
  const gsm7 = gsm7Octets(text)
  const dataCoding = gsm7 ? CODING.gsm7 : CODING.ucs2
  const octets = gsm7 ?? Buffer.from(text, 'utf16le').swap16()
  const size = gsm7 ? SEPTETS : UCS2_OCTETS
  if (octets.length <= size.alone) return { dataCoding, parts: [octets] }
  const parts = cut(octets, size.part, gsm7 ? splitsEscape : splitsPair)
  if (parts.length > MAX_PARTS) throw new RangeError(`a text of ${parts.length} parts`)
  const own = reference()
  const header = (part: number) => Buffer.from([5, CONCATENATED.short, 3, own, parts.length, part])
  return { dataCoding, parts: parts.map((part, index) => Buffer.concat([header(index + 1), part])) }
}

function cut(octets: Buffer, size: number, splits: (octets: Buffer, end: number) => number): Buffer[] {
  const parts: Buffer[] = []
  for (let from = 0; from < octets.length; ) {
    const end = Math.min(from + size, octets.length)
    const to = end < octets.length ? end - splits(octets, end) : end
    parts.push(octets.subarray(from, to))
    from = to
  }
  return parts
}

const ESCAPE = 0x1b
/** An escape and what it escapes stay together. */
const splitsEscape = (octets: Buffer, end: number): number => (octets[end - 1] === ESCAPE ? 1 : 0)
/** So do the halves of a character outside the basic plane. */
const splitsPair = (octets: Buffer, end: number): number => ((octets[end - 2] ?? 0) >> 2 === 0x36 ? 2 : 0)

/** A text as it was sent to us; null where it is none (a picture, a setting) or in an alphabet we do not know. */
export function decodeText(dataCoding: number, octets: Buffer): string | null {
  switch (alphabetOf(dataCoding)) {
    case CODING.gsm7:
      return gsm7Text(octets)
    case CODING.ascii:
    case CODING.latin1:
      return octets.toString('latin1')
    case CODING.ucs2:
      return Buffer.from(octets.subarray(0, octets.length & ~1))
        .swap16()
        .toString('utf16le')
    default:
      return null
  }
}

/** From 0x10 on it is a data coding scheme of GSM (3GPP TS 23.038, §4), whose bits 2 and 3 tell the alphabet. */
function alphabetOf(dataCoding: number): number {
  if (dataCoding < 0x10) return dataCoding
  const alphabet = (dataCoding >> 2) & 0b11
  if (dataCoding >= 0xf0) return alphabet & 1 ? -1 : CODING.gsm7
  if (dataCoding >= 0xc0 || dataCoding & 0x20) return -1
  return [CODING.gsm7, -1, CODING.ucs2, -1][alphabet] ?? -1
}

/** Which part of which text it is. */
export type Place = { readonly reference: number; readonly total: number; readonly part: number }

/** Takes the header off. @returns what follows it, and which part of a longer text that is, if it says so soundly */
export function splitHeader(octets: Buffer): { readonly octets: Buffer; readonly place: Place | null } {
  const end = 1 + (octets[0] ?? 0)
  let place: Place | null = null
  for (let at = 1; at + 2 <= end && end <= octets.length; at += 2 + (octets[at + 1] ?? 0)) {
    const element = octets.subarray(at + 2, Math.min(at + 2 + (octets[at + 1] ?? 0), end))
    place ??= placeIn(octets[at] ?? -1, element)
  }
  return { octets: octets.subarray(Math.min(end, octets.length)), place }
}

function placeIn(kind: number, element: Buffer): Place | null {
  const isLong = kind === CONCATENATED.long && element.length === 4
  if (!isLong && !(kind === CONCATENATED.short && element.length === 3)) return null
  const [total = 0, part = 0] = element.subarray(-2)
  return soundPlace(isLong ? element.readUInt16BE(0) : (element[0] ?? 0), total, part)
}

/** Null where the numbers make no sense. */
export const soundPlace = (reference: number, total: number, part: number): Place | null =>
  total >= 1 && part >= 1 && part <= total ? { reference, total, part } : null
