import { decode } from './alphabet.ts'
import { HAS_HEADER, type Short } from './pdu.ts'

/** A message that the SMSC took: it will reach the phone. */
export interface Accepted {
  /** Its number, in decimal, however it is written on the wire. */
  id: string
  to: string
  from: string
  text: string
  /** Which part of which message it is, by its header. */
  part: { reference: number; total: number; part: number } | undefined
  /** Epoch ms. */
  at: number
}

/** What the books say of a message, taken at `at`. */
export function entry(short: Short, id: string, at: number): Accepted {
  const header = short.esmClass & HAS_HEADER ? (short.text[0] ?? 0) + 1 : 0
  const [reference = 0, total = 0, part = 0] = header === 6 ? short.text.subarray(3, 6) : []
  return {
    id,
    to: short.to,
    from: short.from,
    text: decode(short.dataCoding, short.text.subarray(header)),
    part: header === 6 ? { reference, total, part } : undefined,
    at,
  }
}

/** What a phone shows: whole messages, oldest first. */
export function inboxOf(accepted: readonly Accepted[], phone: string): string[] {
  const own = accepted.filter(({ to }) => to === phone.replace('+', ''))
  return own.flatMap(({ part, text: first }, at) => {
    if (!part) return [first]
    const rest = own.slice(at).filter((other) => other.part?.reference === part.reference)
    const texts = Array.from(
      { length: part.total },
      (_, n) => rest.find((one) => one.part?.part === n + 1)?.text,
    )
    return part.part === 1 && texts.every((one) => one !== undefined) ? [texts.join('')] : []
  })
}
