import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls, TLSSocket } from 'node:tls'
import type { Log } from '../../core/base/log.ts'
import {
  type Account,
  decodeShortMessage,
  encodeBind,
  encodeShortMessage,
  NO_MESSAGE_ID,
  type ShortMessage,
} from './bodies.ts'
import { COMMAND, type Pdu, STATUS } from './pdu.ts'
import { type Patience, Session } from './session.ts'
import { type Pace, type Submission, Submitting } from './submitting.ts'

/** Somebody who hears messages of one kind. Neither method throws. */
export type Listener = {
  readonly hears: (message: ShortMessage) => boolean
  /** @returns the command status for the SMSC: `tryAgain` has it bring the message again */
  readonly hear: (message: ShortMessage) => Promise<number>
  /** The SMSC will not learn that it was heard, and bring it again. */
  readonly unthanked: (message: ShortMessage) => Promise<void>
}

export type LinkOptions = {
  /** `smpp://host:2775`, or `ssmpp://host:3550` within TLS. */
  readonly url: string
  readonly account: Account
  readonly pace: Pace
  readonly patience: Patience
  readonly connectMs: number
  /** The pause before the next attempt; it doubles with every failure up to the most. */
  readonly retryMs: number
  readonly retryMostMs: number
  readonly log: Log
  /** One connection; ours when not given. */
  readonly sessionOf?: (...made: ConstructorParameters<typeof Session>) => Session
}

/** Messages heard at once; a person's wait for each other, and the SMSC keeps what is over. */
const MOST_HEARD = 100
/** How long what was sent may still be answered when we stop. */
const STOP_MS = 3_000
const STOP_LOOK_MS = 20
const MOST_DOUBLINGS = 16
const BIND_ERRORS: ReadonlySet<number> = new Set([
  STATUS.bindFailed,
  STATUS.wrongPassword,
  STATUS.wrongSystemId,
])

/**
 * Holds a connection to an SMSC for as long as anybody listens: binds as transceiver (SMPP 3.4, §4.1.5), begins again
 * whenever it ends, and brings messages both ways.
 */
export class Link {
  readonly #options: LinkOptions
  readonly #submitting: Submitting
  readonly #listeners = new Set<Listener>()
  #session: Session | null = null
  #socket: Socket | null = null
  #retry: NodeJS.Timeout | undefined
  #failures = 0
  #heard = 0

  constructor(options: LinkOptions) {
    this.#options = options
    this.#submitting = new Submitting(options.pace)
  }

  /** The first to listen has it connect; it goes on by itself. */
  join(listener: Listener): void {
    this.#listeners.add(listener)
    if (this.#listeners.size === 1) this.#connect()
  }

  /** With the last of them it lets go: what was sent may be answered yet, what waits is given back. */
  async leave(listener: Listener): Promise<void> {
    if (!this.#listeners.delete(listener) || this.#listeners.size > 0) return
    clearTimeout(this.#retry)
    this.#submitting.through(null)
    this.#submitting.giveUp()
    for (const end = Date.now() + STOP_MS; !this.#submitting.isSettled && Date.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, STOP_LOOK_MS))
    if (this.#session?.isOpen) await this.#session.ask(COMMAND.unbind, Buffer.alloc(0), STOP_MS)
    this.#socket?.destroy()
  }

  /** Sends a message when its turn comes. Never rejects for anything outside; throws RangeError for what no PDU can hold. */
  async submit(message: ShortMessage, isUrgent = false): Promise<Submission> {
    const body = encodeShortMessage(message)
    // Once we have let go nothing will leave any more: it is for whoever comes after us.
    if (this.#listeners.size === 0) return { kind: 'unsent', why: 'unreachable' }
    return this.#submitting.submit(body, isUrgent)
  }

  #connect(): void {
    const { url, connectMs, log } = this.#options
    const socket = open(new URL(url))
    this.#socket = socket
    const tooLong = setTimeout(() => socket.destroy(new Error('no connection in time')), connectMs)
    const failed = (error: Error) => log.warn({ error: String(error) }, 'smpp.not_connected')
    socket.once('error', failed)
    socket.once('close', () => {
      clearTimeout(tooLong)
      this.#again()
    })
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
      clearTimeout(tooLong)
      socket.off('error', failed)
      void this.#bind(socket)
    })
  }

  async #bind(socket: Socket): Promise<void> {
    const { account, patience, log, sessionOf = (...made) => new Session(...made) } = this.#options
    const session: Session = sessionOf(socket, {
      patience,
      log,
      hear: (pdu) => this.#hear(session, pdu),
      closed: () => {
        if (this.#session !== session) return
        this.#session = null
        this.#submitting.through(null)
      },
    })
    const answer = await session.ask(COMMAND.bindTransceiver, encodeBind(account))
    const isBound = answer.kind === 'answered' && answer.status === STATUS.ok
    if (isBound && session.isOpen && this.#listeners.size > 0) {
      this.#session = session
      this.#failures = 0
      this.#submitting.through(session)
      return log.info({ systemId: account.systemId }, 'smpp.bound')
    }
    const status = answer.kind === 'answered' ? answer.status : answer.kind
    log[BIND_ERRORS.has(Number(status)) ? 'error' : 'warn']({ status }, 'smpp.not_bound')
    session.end()
  }

  #again(): void {
    if (this.#listeners.size === 0) return
    const { retryMs, retryMostMs } = this.#options
    const waitMs = Math.min(retryMs * 2 ** this.#failures, retryMostMs)
    this.#failures = Math.min(this.#failures + 1, MOST_DOUBLINGS)
    // Half of it by chance, so that not everybody who was thrown out comes back at once.
    this.#retry = setTimeout(() => this.#connect(), waitMs / 2 + Math.random() * (waitMs / 2))
  }

  #hear(session: Session, pdu: Pdu): void {
    if (pdu.command !== COMMAND.deliver) {
      session.answer(pdu, STATUS.invalidCommand)
      return
    }
    const read = (): ShortMessage | null => {
      try {
        return decodeShortMessage(pdu.body)
      } catch (error) {
        this.#options.log.error({ error: String(error) }, 'smpp.unreadable')
        return null
      }
    }
    const message = read()
    const listener = message && [...this.#listeners].find((one) => one.hears(message))
    // It is well framed, so what follows it can be read; and it would be no better the next time.
    if (!message || !listener) session.answer(pdu, STATUS.neverAgain, NO_MESSAGE_ID)
    else if (this.#heard >= MOST_HEARD) session.answer(pdu, STATUS.queueFull, NO_MESSAGE_ID)
    else void this.#deliver(session, pdu, message, listener)
  }

  async #deliver(session: Session, pdu: Pdu, message: ShortMessage, listener: Listener): Promise<void> {
    this.#heard += 1
    const status = await listener.hear(message)
    this.#heard -= 1
    const isThanked = session.answer(pdu, status, NO_MESSAGE_ID)
    if (!isThanked || status === STATUS.tryAgain) await listener.unthanked(message)
  }
}

const PORTS = { 'smpp:': 2775, 'ssmpp:': 3550 } as const

function open({ protocol, hostname, port }: URL): Socket {
  const isTls = protocol === 'ssmpp:'
  const at = { host: hostname, port: port === '' ? PORTS[isTls ? 'ssmpp:' : 'smpp:'] : Number(port) }
  return isTls ? connectTls({ ...at, servername: hostname }) : connectPlain(at)
}
