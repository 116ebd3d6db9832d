import { encode } from './alphabet.ts'
import { cString, HAS_HEADER, RECEIPT, type Short } from './pdu.ts'

const PART_OCTETS = { gsm7: { alone: 160, part: 153 }, ucs2: { alone: 140, part: 134 } }

/** What a phone writes, in parts where it is long. @param reference of its parts, 0 to 255 */
export function written(from: string, to: string, words: string, reference: number): Short[] {
  const { dataCoding, octets } = encode(words)
  const plain = {
    serviceType: '',
    from: from.replace('+', ''),
    to,
    registered: 0,
    dataCoding,
    tlvs: new Map(),
  }
  const { alone, part } = PART_OCTETS[dataCoding === 8 ? 'ucs2' : 'gsm7']
  if (octets.length <= alone) return [{ ...plain, esmClass: 0, text: octets }]
  const total = Math.ceil(octets.length / part)
  return Array.from({ length: total }, (_, n) => ({
    ...plain,
    esmClass: HAS_HEADER,
    text: Buffer.concat([
      Buffer.from([5, 0, 3, reference, total, n + 1]),
      octets.subarray(n * part, (n + 1) * part),
    ]),
  }))
}

/** The report that a message arrived. @param id as it is written in reports @param answered as it was in the answer, where parameters say it too */
export function receipt(short: Short, id: string, answered: string | undefined): Short {
  const text = `id:${id} sub:001 dlvrd:001 submit date:2611291200 done date:2611291201 stat:DELIVRD err:000 text:`
  const tlvs: [number, Buffer][] =
    answered === undefined
      ? []
      : [
          [0x001e, cString(answered)],
          [0x0427, Buffer.from([2])],
        ]
  return {
    ...{ serviceType: '', from: short.to, to: short.from, esmClass: RECEIPT, registered: 0, dataCoding: 0 },
    text: Buffer.from(text, 'latin1'),
    tlvs: new Map(tlvs),
  }
}
