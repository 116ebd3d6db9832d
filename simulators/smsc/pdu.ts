/** The little of SMPP 3.4 that an SMSC needs, written from the standard and not from what it is to test. */
export const SUBMIT = 0x04
export const DELIVER = 0x05
export const UNBIND = 0x06
export const BIND_RECEIVER = 0x01
export const BIND_TRANSMITTER = 0x02
export const BIND_TRANSCEIVER = 0x09
export const ENQUIRE = 0x15
export const NACK = 0x80000000
export const RESPONSE = 0x80000000

/** Of the ESM class: a delivery report; a text with a header in front. */
export const RECEIPT = 0x04
export const HAS_HEADER = 0x40

const HEAD = 16

export interface Pdu {
  id: number
  status: number
  sequence: number
  body: Buffer
}

export interface Short {
  serviceType: string
  from: string
  to: string
  esmClass: number
  registered: number
  dataCoding: number
  text: Buffer
  tlvs: Map<number, Buffer>
}

export function pdu(id: number, status: number, sequence: number, ...body: Buffer[]): Buffer {
  const rest = Buffer.concat(body)
  const head = Buffer.alloc(HEAD)
  for (const [index, word] of [HEAD + rest.length, id, status, sequence].entries())
    head.writeUInt32BE(word >>> 0, index * 4)
  return Buffer.concat([head, rest])
}

/** Takes whole PDUs off the front; answers them and what is left. A length below its own head ends the reading. */
export function split(bytes: Buffer): { whole: Pdu[]; rest: Buffer } {
  const whole: Pdu[] = []
  let rest = bytes
  while (rest.length >= HEAD && rest.readUInt32BE(0) >= HEAD && rest.readUInt32BE(0) <= rest.length) {
    const end = rest.readUInt32BE(0)
    const [id, status, sequence] = [4, 8, 12].map((at) => rest.readUInt32BE(at)) as [number, number, number]
    whole.push({ id, status, sequence, body: rest.subarray(HEAD, end) })
    rest = rest.subarray(end)
  }
  return { whole, rest }
}

export const cString = (text: string): Buffer => Buffer.from(`${text}\0`, 'latin1')

export function tlv(tag: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(tag, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value])
}

/** The strings at the front of a body, and where they end. */
export function strings(body: Buffer, count: number, from = 0): { texts: string[]; at: number } {
  const texts: string[] = []
  let at = from
  for (let n = 0; n < count; n++) {
    const end = body.indexOf(0, at)
    if (end < 0) throw new RangeError('a string without its end')
    texts.push(body.toString('latin1', at, end))
    at = end + 1
  }
  return { texts, at }
}

/** Reads the body of a submit_sm or deliver_sm; throws a RangeError when it is none. */
export function readShort(body: Buffer): Short {
  const service = strings(body, 1)
  const source = strings(body, 1, service.at + 2)
  const destination = strings(body, 1, source.at + 2)
  const times = strings(body, 2, destination.at + 3)
  const [registered, , dataCoding, , length] = [...body.subarray(times.at, times.at + 5)]
  const begin = times.at + 5
  const text = body.subarray(begin, begin + (length ?? 0))
  if (text.length !== length) throw new RangeError('a text shorter than it says')
  const tlvs = new Map<number, Buffer>()
  for (let at = begin + text.length; at < body.length; at += 4 + body.readUInt16BE(at + 2))
    tlvs.set(body.readUInt16BE(at), body.subarray(at + 4, at + 4 + body.readUInt16BE(at + 2)))
  return {
    serviceType: service.texts[0] ?? '',
    from: source.texts[0] ?? '',
    to: destination.texts[0] ?? '',
    esmClass: body[destination.at] ?? 0,
    registered: registered ?? 0,
    dataCoding: dataCoding ?? 0,
    text: text.length > 0 ? text : (tlvs.get(0x0424) ?? text),
    tlvs,
  }
}

/** A deliver_sm's body: from a phone to a short code. */
export function writeShort(short: Short): Buffer {
  return Buffer.concat([
    cString(short.serviceType),
    Buffer.from([1, 1]),
    cString(short.from),
    Buffer.from([3, 0]),
    cString(short.to),
    Buffer.from([short.esmClass, 0, 0, 0, 0, short.registered, 0, short.dataCoding, 0, short.text.length]),
    short.text,
    ...[...short.tlvs].map(([tag, value]) => tlv(tag, value)),
  ])
}
