/** Command ids (SMPP 3.4, §5.1.2.1), of those that we send or hear. */
export const COMMAND = {
  genericNack: 0x8000_0000,
  submit: 0x0000_0004,
  deliver: 0x0000_0005,
  unbind: 0x0000_0006,
  bindTransceiver: 0x0000_0009,
  enquireLink: 0x0000_0015,
} as const

/** Command statuses (SMPP 3.4, §5.1.3) that we tell apart. */
export const STATUS = {
  ok: 0x00,
  invalidCommand: 0x03,
  notBoundForThis: 0x04,
  alreadyBound: 0x05,
  systemError: 0x08,
  wrongSource: 0x0a,
  wrongDestination: 0x0b,
  bindFailed: 0x0d,
  wrongPassword: 0x0e,
  wrongSystemId: 0x0f,
  queueFull: 0x14,
  submitFailed: 0x45,
  throttled: 0x58,
  tryAgain: 0x64,
  neverAgain: 0x65,
} as const

/** One protocol data unit, its body unread. */
export type Pdu = {
  readonly command: number
  readonly status: number
  readonly sequence: number
  readonly body: Buffer
}

export const HEADER_OCTETS = 16
/** Longer than anything an SMSC has to say to us; what claims more is no PDU. */
export const MAX_PDU_OCTETS = 16_384

/** Bytes that are no PDU: where the next one begins cannot be known, so the connection is of no more use. */
export class Malformed extends Error {
  override readonly name = 'Malformed'
}

/** The response to a request is its id with the highest bit set. */
export const responseTo = (command: number): number => (command | 0x8000_0000) >>> 0
export const isResponse = (command: number): boolean => command >= 0x8000_0000

/** A PDU as it goes out: four numbers of 32 bits, then its body (SMPP 3.4, §3.2). */
export function encodePdu({ command, status, sequence, body }: Pdu): Buffer {
  const octets = Buffer.allocUnsafe(HEADER_OCTETS + body.length)
  octets.writeUInt32BE(octets.length, 0)
  octets.writeUInt32BE(command, 4)
  octets.writeUInt32BE(status, 8)
  octets.writeUInt32BE(sequence, 12)
  body.copy(octets, HEADER_OCTETS)
  return octets
}

/** Finds the PDUs in a stream, however it was cut into segments. */
export class PduReader {
  #unread: Buffer = Buffer.alloc(0);

  /** @returns those that are whole now, in order. @throws Malformed when what follows can be none */
  *read(segment: Buffer): Generator<Pdu> {
    let rest = this.#unread.length === 0 ? segment : Buffer.concat([this.#unread, segment])
    this.#unread = Buffer.alloc(0)
    while (rest.length >= 4) {
      const length = rest.readUInt32BE(0)
      if (length < HEADER_OCTETS || length > MAX_PDU_OCTETS) throw new Malformed(`a PDU of ${length} octets`)
      if (rest.length < length) break
      yield {
        command: rest.readUInt32BE(4),
        status: rest.readUInt32BE(8),
        sequence: rest.readUInt32BE(12),
        body: rest.subarray(HEADER_OCTETS, length),
      }
      rest = rest.subarray(length)
    }
    this.#unread = rest
  }
}
