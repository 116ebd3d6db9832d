import type { Socket } from 'node:net'
import type { Log } from '../../core/base/log.ts'
import { COMMAND, encodePdu, isResponse, type Pdu, PduReader, responseTo, STATUS } from './pdu.ts'

/** What came of a request. `lost`: the connection ended first; `silent`: it stands, but nothing came in time. */
export type Answer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: Buffer }
  | { readonly kind: 'lost' }
  | { readonly kind: 'silent' }

export type Patience = {
  /** How long a response may take. */
  readonly responseMs: number
  /** How often the SMSC is asked whether it is there, and how long it may take to say so before we hang up. */
  readonly enquireMs: number
  readonly enquireResponseMs: number
}

type Asked = { readonly settle: (answer: Answer) => void; readonly timer: NodeJS.Timeout }

const MAX_SEQUENCE = 0x7fff_ffff
const NOTHING = Buffer.alloc(0)

/**
 * One connection to an SMSC, from its first byte to its last. It ends itself when it hears bytes that are no PDU, or
 * nothing where it asked whether anybody is there; whatever was asked and not answered by then is `lost`.
 * Source: SMPP 3.4, §2.9 (sequence numbers, time-outs) and §4.
 */
export class Session {
  readonly #socket: Socket
  readonly #patience: Patience
  readonly #hear: (pdu: Pdu) => void
  readonly #log: Log
  readonly #asked = new Map<number, Asked>()
  readonly #reader = new PduReader()
  readonly #enquiring: NodeJS.Timeout
  #sequence = 0

  /**
   * @param socket connected; the session closes it
   * @param hear what the SMSC asks, but for its being there and its leaving, which are answered here
   * @param closed called once, after everything asked was settled
   */
  constructor(
    socket: Socket,
    options: {
      readonly patience: Patience
      readonly log: Log
      readonly hear: (pdu: Pdu) => void
      readonly closed: () => void
    },
  ) {
    this.#socket = socket
    this.#patience = options.patience
    this.#hear = options.hear
    this.#log = options.log
    this.#enquiring = setInterval(() => void this.#enquire(), options.patience.enquireMs)
    socket.setNoDelay(true)
    socket.on('data', (segment: Buffer) => this.#read(segment))
    socket.on('error', (error) => options.log.warn({ error: String(error) }, 'smpp.connection_broke'))
    socket.once('end', () => socket.destroy())
    socket.once('close', () => {
      clearInterval(this.#enquiring)
      for (const sequence of [...this.#asked.keys()]) this.#settle(sequence, { kind: 'lost' })
      options.closed()
    })
  }

  /** Whether what is said now can still leave. */
  get isOpen(): boolean {
    return this.#socket.writable
  }

  /** Sends a request. Never rejects. */
  ask(command: number, body: Buffer, withinMs = this.#patience.responseMs): Promise<Answer> {
    if (!this.isOpen) return Promise.resolve({ kind: 'lost' })
    this.#sequence = (this.#sequence % MAX_SEQUENCE) + 1
    const sequence = this.#sequence
    return new Promise((settle) => {
      const timer = setTimeout(() => this.#settle(sequence, { kind: 'silent' }), withinMs)
      this.#asked.set(sequence, { settle, timer })
      this.#write({ command, status: STATUS.ok, sequence, body })
    })
  }

  /** Answers a request of the SMSC. @returns false when the connection ended before */
  answer({ command, sequence }: Pdu, status: number, body: Buffer = NOTHING): boolean {
    if (!this.isOpen) return false
    this.#write({ command: responseTo(command), status, sequence, body })
    return true
  }

  end(): void {
    this.#socket.destroy()
  }

  /** What is written in one go leaves in one segment. */
  #write(pdu: Pdu): void {
    if (this.#socket.writableCorked === 0) {
      this.#socket.cork()
      process.nextTick(() => this.#socket.uncork())
    }
    this.#socket.write(encodePdu(pdu))
  }

  #read(segment: Buffer): void {
    try {
      for (const pdu of this.#reader.read(segment)) this.#take(pdu)
    } catch (error) {
      this.#log.error({ error: String(error) }, 'smpp.malformed')
      this.end()
    }
  }

  #take(pdu: Pdu): void {
    if (isResponse(pdu.command)) this.#settle(pdu.sequence, { kind: 'answered', ...pdu })
    else if (pdu.command === COMMAND.enquireLink) this.answer(pdu, STATUS.ok)
    else if (pdu.command === COMMAND.unbind) {
      this.answer(pdu, STATUS.ok)
      this.#socket.destroySoon()
    } else this.#hear(pdu)
  }

  #settle(sequence: number, answer: Answer): void {
    const asked = this.#asked.get(sequence)
    // Nobody waits for it any more: what it was about counts as unknown already.
    if (!asked) return
    this.#asked.delete(sequence)
    clearTimeout(asked.timer)
    asked.settle(answer)
  }

  async #enquire(): Promise<void> {
    const answer = await this.ask(COMMAND.enquireLink, NOTHING, this.#patience.enquireResponseMs)
    if (answer.kind === 'answered') return
    // Also where it can no longer be asked: a connection half closed would otherwise stand for ever.
    this.#log.warn({ kind: answer.kind }, 'smpp.silent')
    this.end()
  }
}
