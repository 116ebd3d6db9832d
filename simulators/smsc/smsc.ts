import { type AddressInfo, createServer } from 'node:net'
import type { Clock } from '../clock.ts'
import { createRandom } from '../random.ts'
import { decode, encode } from './alphabet.ts'
import { type Connection, type Office, serve } from './connection.ts'
import { cString, type Short } from './pdu.ts'
import { createSky, FAIR, type Weather } from './weather.ts'

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

/** A message from a phone, or a report, on its way to the application. */
export interface Brought {
  short: Short
  tries: number
  /** The longest pause between two tries, ms. */
  pauseMs: number
  triedAt: number
  state: 'waiting' | 'taken' | 'refused'
}

export interface SmscOptions {
  /** 0 takes any free one. */
  port: number
  systemId: string
  password: string
  clock: Clock
  seed: number
  /** How ids are written in the answer and in the report. */
  ids?: { answer: 'decimal' | 'hex'; report: 'decimal' | 'hex' }
  /** Reports also have the optional parameters. */
  reportTlvs?: boolean
  /** How long until a message is reported as delivered. */
  reportMs?: number
  /** The least pause before what the application did not take is brought again. */
  againMs?: number
  /** USSD answers, instead of being kept as messages. */
  ussd?: (short: Short) => void
}

const USSD_OP = 0x0501
const MAX_UNANSWERED = 50
const PUMP_MS = 20
const NEVER_AGAIN = 0x65
const RECEIPT = 0x04
const HAS_HEADER = 0x40
const PART_OCTETS = { 0: 153, 8: 134 }

/** An SMSC on a port of its own, with its own books. */
export async function startSmsc(options: SmscOptions) {
  const { clock, ids = { answer: 'decimal', report: 'decimal' }, reportTlvs = true } = options
  const { reportMs = 100, againMs = 200 } = options
  const random = createRandom(options.seed)
  const weather: Weather = { ...FAIR }
  const sky = createSky(random, weather)
  const accepted: Accepted[] = []
  const brought: Brought[] = []
  const waiting: Brought[] = []
  const bound = new Set<Connection>()
  let counter = 0x0a_00_00_00
  let reference = 0
  let highest = 0
  let planned = 0

  const write = (id: number, form: 'decimal' | 'hex') =>
    form === 'hex' ? id.toString(16).toUpperCase() : String(id)

  const office: Office = {
    systemId: options.systemId,
    password: options.password,
    weather,
    sky,
    opened: (connection) => void bound.add(connection),
    closed(connection) {
      bound.delete(connection)
      highest = Math.max(highest, connection.highest())
    },
    take(short) {
      const id = ++counter
      const isUssd = short.tlvs.has(USSD_OP)
      if (isUssd) options.ussd?.(short)
      else accepted.push(entry(short, String(id), clock.now()))
      const wantsReport = !isUssd && (short.registered & 1) === 1
      const first = wantsReport && sky.strikes(weather.reportFirst)
      const report = () => {
        if (!wantsReport) return
        const copies = sky.strikes(weather.reportTwice) ? 2 : 1
        for (let n = 0; n < copies; n++)
          if (first) bring(receipt(short, id))
          else later(() => void bring(receipt(short, id)))
      }
      return { messageId: write(id, ids.answer), first, report }
    },
  }

  function later(act: () => void) {
    planned++
    clock.after(reportMs, () => {
      planned--
      act()
    })
  }

  function receipt(short: Short, id: number): Short {
    const written = write(id, ids.report)
    const text = `id:${written} sub:001 dlvrd:001 submit date:2611291200 done date:2611291201 stat:DELIVRD err:000 text:`
    const tlvs: [number, Buffer][] = [
      [0x001e, cString(write(id, ids.answer))],
      [0x0427, Buffer.from([2])],
    ]
    return {
      ...{ serviceType: '', from: short.to, to: short.from, esmClass: RECEIPT, registered: 0, dataCoding: 0 },
      text: Buffer.from(text, 'latin1'),
      tlvs: new Map(reportTlvs ? tlvs : []),
    }
  }

  function bring(short: Short): Brought {
    const one: Brought = { short, tries: 0, pauseMs: 0, triedAt: 0, state: 'waiting' }
    brought.push(one)
    waiting.push(one)
    pump()
    return one
  }

  function pump() {
    for (const connection of bound)
      while (waiting.length > 0 && connection.unanswered() < MAX_UNANSWERED) {
        const one = waiting.shift()
        if (one) void hand(one, connection)
      }
  }

  async function hand(one: Brought, connection: Connection) {
    const now = clock.now()
    if (one.tries++ > 0) one.pauseMs = Math.max(one.pauseMs, now - one.triedAt)
    one.triedAt = now
    const status = await connection.deliver(one.short)
    if (status === 0) one.state = 'taken'
    else if (status === NEVER_AGAIN) one.state = 'refused'
    else clock.after(againMs, () => void waiting.push(one))
    pump()
  }

  /** A phone writes; a long text comes in parts, in any order. */
  function text(from: string, to: string, words: string, order = (parts: Short[]) => parts): Brought[] {
    const { dataCoding, octets } = encode(words)
    const plain = {
      serviceType: '',
      from: from.replace('+', ''),
      to,
      registered: 0,
      dataCoding,
      tlvs: new Map(),
    }
    const size = PART_OCTETS[dataCoding === 8 ? 8 : 0]
    const total = Math.ceil(octets.length / size)
    if (total <= 1 || octets.length <= (dataCoding === 8 ? 140 : 160))
      return [bring({ ...plain, esmClass: 0, text: octets })]
    reference = (reference + 1) % 256
    const parts = Array.from({ length: total }, (_, n) => ({
      ...plain,
      esmClass: HAS_HEADER,
      text: Buffer.concat([
        Buffer.from([5, 0, 3, reference, total, n + 1]),
        octets.subarray(n * size, (n + 1) * size),
      ]),
    }))
    return order(parts).map(bring)
  }

  /** What a phone shows: whole messages, oldest first. */
  function inbox(phone: string): string[] {
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

  const connections = new Set<Connection>()
  const server = createServer((socket) => {
    const connection = serve(socket, office)
    connections.add(connection)
    socket.on('close', () => connections.delete(connection))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const pumping = setInterval(pump, PUMP_MS)
  const cut = () => {
    for (const connection of connections) connection.cut()
  }

  return {
    port: (server.address() as AddressInfo).port,
    weather,
    accepted,
    brought,
    bring,
    text,
    inbox,
    /** Whether everything it has for the application was brought and answered. */
    isAtRest: () => planned === 0 && brought.every(({ state }) => state !== 'waiting'),
    /** Hangs up on everybody. */
    cut,
    bound: () => bound.size,
    /** The most messages that one connection ever sent without waiting for an answer. */
    highest: () => Math.max(highest, ...[...bound].map((one) => one.highest())),
    async stop() {
      clearInterval(pumping)
      const closed = new Promise((resolve) => server.close(resolve))
      cut()
      await closed
    },
  }
}

export type Smsc = Awaited<ReturnType<typeof startSmsc>>

function entry(short: Short, id: string, at: number): Accepted {
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
