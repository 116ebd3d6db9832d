import { Malformed } from './pdu.ts'

/** Optional parameters by their tag (SMPP 3.4, §5.3.2). */
export type Tlvs = ReadonlyMap<number, Buffer>

/** Reads the fields of a body one after the other. Every method throws Malformed where the body ends too early. */
export class FieldReader {
  readonly #body: Buffer
  #at = 0

  constructor(body: Buffer) {
    this.#body = body
  }

  octet(): number {
    const [octet = 0] = this.octets(1)
    return octet
  }

  octets(count: number): Buffer {
    if (this.#at + count > this.#body.length) throw new Malformed('a field that goes on after its PDU')
    this.#at += count
    return this.#body.subarray(this.#at - count, this.#at)
  }

  /** A C-octet string of at most `maxOctets` with its end. */
  text(maxOctets: number): string {
    const end = this.#body.indexOf(0, this.#at)
    if (end < 0 || end - this.#at >= maxOctets) throw new Malformed('a text without its end')
    const text = this.#body.toString('latin1', this.#at, end)
    this.#at = end + 1
    return text
  }

  /** All that is left. Of a tag that comes twice the first is meant. */
  tlvs(): Tlvs {
    const tlvs = new Map<number, Buffer>()
    while (this.#at < this.#body.length) {
      const head = this.octets(4)
      const value = this.octets(head.readUInt16BE(2))
      if (!tlvs.has(head.readUInt16BE(0))) tlvs.set(head.readUInt16BE(0), value)
    }
    return tlvs
  }
}

/** A C-octet string. @throws RangeError when it does not fit `maxOctets` with its end: it is a setting of ours */
export function cText(text: string, maxOctets: number): string {
  if (text.length >= maxOctets || text.includes('\0'))
    throw new RangeError(`${text.length} characters where SMPP has room for ${maxOctets - 1}`)
  return `${text}\0`
}

/** Single octets, as the characters that are written as them. */
export const octetText = (...octets: readonly number[]): string => String.fromCharCode(...octets)

export function tlvOctets(tlvs: Tlvs): Buffer {
  return Buffer.concat(
    [...tlvs].map(([tag, value]) => {
      const head = Buffer.alloc(4)
      head.writeUInt16BE(tag, 0)
      head.writeUInt16BE(value.length, 2)
      return Buffer.concat([head, value])
    }),
  )
}
