import type { Socket } from 'node:net'
import {
  BIND_RECEIVER,
  BIND_TRANSCEIVER,
  BIND_TRANSMITTER,
  cString,
  DELIVER,
  ENQUIRE,
  NACK,
  type Pdu,
  pdu,
  RESPONSE,
  readShort,
  type Short,
  SUBMIT,
  split,
  strings,
  UNBIND,
  writeShort,
} from './pdu.ts'
import type { Sky, Weather } from './weather.ts'

const BINDS = [BIND_RECEIVER, BIND_TRANSMITTER, BIND_TRANSCEIVER]
const MAX_UNREAD_BYTES = 1024 * 1024
const NOTHING: Buffer = Buffer.alloc(0)
const OK = 0
const INVALID_COMMAND = 3
const NOT_BOUND = 4
const WRONG_PASSWORD = 0x0e
const SYSTEM_ERROR = 8
const NO_SUCH_NUMBER = 0x0b

/** What a connection needs of the SMSC it belongs to. */
export interface Office {
  systemId: string
  password: string
  weather: Weather
  sky: Sky
  /** Takes a message; answers its id as it is to be written in the answer, and what to do once that is written. */
  take(short: Short, connection: Connection): { messageId: string; first: boolean; report: () => void }
  opened(connection: Connection): void
  closed(connection: Connection): void
}

export interface Connection {
  /** Brings a message; the status of its answer, or undefined when the connection ended before. */
  deliver(short: Short): Promise<number | undefined>
  /** The most messages it ever sent without waiting for an answer. */
  highest(): number
  /** How many it was brought and has not answered. */
  unanswered(): number
  cut(): void
}

/** One client of the SMSC. */
export function serve(socket: Socket, office: Office): Connection {
  const { sky, weather } = office
  const asked = new Map<number, (status: number | undefined) => void>()
  let unread: Buffer = NOTHING
  let sequence = 0
  let isBound = false
  let isNumb = false
  let open = 0
  let highest = 0

  function write(bytes: Buffer) {
    if (!socket.writable || isNumb) return
    for (const segment of sky.segments(bytes)) socket.write(segment)
  }

  const connection: Connection = {
    deliver(short) {
      if (!socket.writable) return Promise.resolve(undefined)
      const mine = ++sequence
      write(pdu(DELIVER, OK, mine, writeShort(short)))
      return new Promise((resolve) => asked.set(mine, resolve))
    },
    highest: () => highest,
    unanswered: () => asked.size,
    cut: () => socket.destroy(),
  }

  function hear({ id, status, sequence: theirs, body }: Pdu) {
    if (isNumb) return
    if (id >= RESPONSE) {
      asked.get(theirs)?.(status)
      asked.delete(theirs)
    } else if (BINDS.includes(id)) bind(id, theirs, body)
    else if (id === ENQUIRE) write(pdu(RESPONSE + ENQUIRE, OK, theirs))
    else if (id === UNBIND) {
      write(pdu(RESPONSE + UNBIND, OK, theirs))
      socket.end()
    } else if (id !== SUBMIT) write(pdu(NACK, INVALID_COMMAND, theirs))
    else if (!isBound) write(pdu(RESPONSE + SUBMIT, NOT_BOUND, theirs))
    else submit(theirs, body)
  }

  function bind(id: number, theirs: number, body: Buffer) {
    const [systemId, password] = strings(body, 2).texts
    const isKnown = systemId === office.systemId && password === office.password
    write(pdu(RESPONSE + id, isKnown ? OK : WRONG_PASSWORD, theirs, cString('SMSC')))
    if (!isKnown || isBound) return
    isBound = true
    office.opened(connection)
  }

  /** Not before everything else that came with the request is heard: so a window shows. */
  function answer(theirs: number, status: number, messageId = '') {
    setImmediate(() => {
      open--
      write(pdu(RESPONSE + SUBMIT, status, theirs, messageId === '' ? NOTHING : cString(messageId)))
    })
  }

  function submit(theirs: number, body: Buffer) {
    highest = Math.max(highest, ++open)
    const fate = sky.fate()
    if (typeof fate === 'object') return answer(theirs, fate.throttle)
    if (fate === 'refuse') return answer(theirs, NO_SUCH_NUMBER)
    if (fate === 'cutBefore') return connection.cut()
    // It is not going to answer: nothing is owed.
    if (fate === 'lose' || fate === 'mute') open--
    if (fate === 'lose') return
    if (fate === 'numb') {
      isNumb = true
      return
    }
    let short: Short
    try {
      short = readShort(body)
    } catch {
      return answer(theirs, SYSTEM_ERROR)
    }
    const { messageId, first, report } = office.take(short, connection)
    if (first) report()
    if (fate === 'cutAfter') connection.cut()
    else if (fate !== 'mute') answer(theirs, OK, messageId)
    if (!first) report()
    if (sky.strikes(weather.nonsense)) write(pdu(DELIVER, OK, ++sequence, Buffer.from([0xff, 0xff, 0xff])))
    if (sky.strikes(weather.garble)) write(sky.garbled())
  }

  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.on('data', (bytes: Buffer) => {
    const { whole, rest } = split(unread.length === 0 ? bytes : Buffer.concat([unread, bytes]))
    unread = rest
    socket.cork()
    for (const one of whole) if (!socket.destroyed) hear(one)
    socket.uncork()
    if (unread.length > MAX_UNREAD_BYTES) socket.destroy()
  })
  socket.on('close', () => {
    isBound = false
    for (const settle of asked.values()) settle(undefined)
    asked.clear()
    office.closed(connection)
  })
  return connection
}
