import { type AddressInfo, createServer } from 'node:net'
import type { Clock } from '../clock.ts'
import { createRandom } from '../random.ts'
import { type Accepted, entry, inboxOf } from './books.ts'
import { type Brought, createBringing } from './bringing.ts'
import { type Connection, type Office, serve } from './connection.ts'
import type { Short } from './pdu.ts'
import { receipt, written } from './shorts.ts'
import { createSky, FAIR, type Weather } from './weather.ts'

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

/** An SMSC on a port of its own, with its own books. */
export async function startSmsc(options: SmscOptions) {
  const { clock, ids = { answer: 'decimal', report: 'decimal' }, reportTlvs = true } = options
  const { reportMs = 100, againMs = 200 } = options
  const random = createRandom(options.seed)
  const weather: Weather = { ...FAIR }
  const sky = createSky(random, weather)
  const accepted: Accepted[] = []
  const bound = new Set<Connection>()
  const { brought, bring, isAtRest, stop } = createBringing(clock, againMs, bound)
  let counter = 0x0a_00_00_00
  let reference = 0
  let highest = 0
  let planned = 0

  const write = (id: number, form: 'decimal' | 'hex') =>
    form === 'hex' ? id.toString(16).toUpperCase() : String(id)
  const report = (short: Short, id: number) =>
    bring(receipt(short, write(id, ids.report), reportTlvs ? write(id, ids.answer) : undefined))

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
      const reports = () => {
        if (!wantsReport) return
        const copies = sky.strikes(weather.reportTwice) ? 2 : 1
        for (let n = 0; n < copies; n++)
          if (first) report(short, id)
          else later(() => void report(short, id))
      }
      return { messageId: write(id, ids.answer), first, report: reports }
    },
  }

  function later(act: () => void) {
    planned++
    clock.after(reportMs, () => {
      planned--
      act()
    })
  }

  /** A phone writes; a long text comes in parts, in any order. */
  function text(from: string, to: string, words: string, order = (parts: Short[]) => parts): Brought[] {
    reference = (reference + 1) % 256
    return order(written(from, to, words, reference)).map(bring)
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
    /** What a phone shows: whole messages, oldest first. */
    inbox: (phone: string) => inboxOf(accepted, phone),
    /** Whether everything it has for the application was brought and answered. */
    isAtRest: () => planned === 0 && isAtRest(),
    /** Hangs up on everybody. */
    cut,
    bound: () => bound.size,
    /** The most messages that one connection ever sent without waiting for an answer. */
    highest: () => Math.max(highest, ...[...bound].map((one) => one.highest())),
    async stop() {
      stop()
      const closed = new Promise((resolve) => server.close(resolve))
      cut()
      await closed
    },
  }
}

export type Smsc = Awaited<ReturnType<typeof startSmsc>>
