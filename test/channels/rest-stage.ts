/** The REST channel and the live socket over the real core, PostgreSQL and Redis, listening on loopback. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { restCodec } from '../../src/channels/rest/codec.ts'
import { type RestParts, restRoutes } from '../../src/channels/rest/index.ts'
import { smsCodec } from '../../src/channels/sms/codec.ts'
import { ussdCodec } from '../../src/channels/ussd/codec.ts'
import { createCrier, liveSocket } from '../../src/channels/ws/index.ts'
import { LIVE, type Limits } from '../../src/channels/ws/parts.ts'
import { newIds } from '../../src/core/base/id.ts'
import { LIMITS } from '../../src/core/base/limits.ts'
import { type Log, silent } from '../../src/core/base/log.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import { createIdentity } from '../../src/core/people/identity.ts'
import type { Fanout } from '../../src/core/people/live.ts'
import { RATES } from '../../src/core/people/rates.ts'
import { createTokens } from '../../src/core/people/token.ts'
import { Drain } from '../../src/core/run/drain.ts'
import { Run } from '../../src/core/run/run.ts'
import type { Store } from '../../src/core/run/store.ts'
import { createTurns } from '../../src/core/run/turns.ts'
import { LANES } from '../../src/core/run/work.ts'
import type { ChannelName } from '../../src/core/talk/channel.ts'
import { Gateway } from '../../src/core/talk/gateway.ts'
import { Messenger } from '../../src/core/talk/messenger.ts'
import { bookingDesk, bookingOf } from '../../src/flows/booking/describe.ts'
import { createHandlers } from '../../src/flows/handlers.ts'
import { flows } from '../../src/flows/index.ts'
import { invoiceBilling } from '../../src/flows/invoice/describe.ts'
import { createScript } from '../../src/flows/menu.ts'
import { paymentTill } from '../../src/flows/payment/describe.ts'
import { createHouse } from '../../src/house.ts'
import { createAccess } from '../../src/integrations/postgres/access.ts'
import { createAgents } from '../../src/integrations/postgres/agents.ts'
import { createBookings, createInvoices, createPayments } from '../../src/integrations/postgres/bookings.ts'
import { createCodes } from '../../src/integrations/postgres/codes.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { createDrivers } from '../../src/integrations/postgres/field.ts'
import { createOnce } from '../../src/integrations/postgres/idempotency.ts'
import { createLoads } from '../../src/integrations/postgres/loads.ts'
import { createMessages } from '../../src/integrations/postgres/messages.ts'
import { createNouns } from '../../src/integrations/postgres/nouns.ts'
import { createStore, type Tx } from '../../src/integrations/postgres/store.ts'
import { createFanout } from '../../src/integrations/redis/fanout.ts'
import { connectRedis } from '../../src/integrations/redis/index.ts'
import { createLimits } from '../../src/integrations/redis/limits.ts'
import { ticketPdf } from '../../src/integrations/sheets/ticket.ts'
import { createOffice } from '../../src/office.ts'
import { freshDatabase, redisUrl } from '../support/servers.ts'
import { prepare } from '../support/world.ts'

export const SECRET = 'a secret of the tests only'

/** Limits that no test meets by accident; those about limits give their own. */
const GENEROUS: RestParts['rates'] = {
  ...RATES,
  all: { ...RATES.all, points: 100_000 },
  auth: { ...RATES.auth, points: 100_000 },
  book: { ...RATES.book, points: 100_000 },
  office: { ...RATES.office, points: 100_000 },
}

export type Stage = {
  readonly url: string
  readonly db: Db
  /** Codes sent, the newest last. */
  readonly sent: { phone: Msisdn; code: string }[]
  readonly logged: string[]
  readonly parts: RestParts
  readonly fanout: Fanout
  /** Moves the clock forward. */
  later(ms: number): void
  /** Says something on another channel. */
  say(channel: ChannelName, person: Msisdn, text: string, session?: string): Promise<string>
  /** Rings us up. */
  ring(person: Msisdn, session: string): Promise<string>
  /** Carries out what is decided, but sends nothing. */
  settle(): Promise<void>
  stop(): Promise<void>
}

export type Wishes = {
  readonly rates?: Partial<RestParts['rates']>
  readonly live?: Partial<Limits>
  readonly change?: (parts: RestParts) => RestParts
  readonly store?: (store: Store<Tx>) => Store<Tx>
}

export async function stage(wishes: Wishes = {}): Promise<Stage> {
  let ahead = 0
  const clock = { now: () => Date.now() + ahead }
  const logged: string[] = []
  const log = recording(logged)
  const database = await freshDatabase(prepare)
  const db = connectPostgres(database.url, silent)
  const redis = await connectRedis(await redisUrl(), silent)
  const ids = newIds(() => clock.now())
  const store = wishes.store?.(createStore(db, flows)) ?? createStore(db, flows)
  const [nouns, drivers] = [createNouns(db), createDrivers(db)]
  const { places } = nouns
  const script = createScript('*384*77#', 'en')
  const [agents, loads] = [createAgents(db), createLoads(db)]
  const house = createHouse({
    ...nouns,
    store,
    drivers,
    agents,
    loads,
    code: createCodes(db),
  })
  const bookings = createBookings(db, flows)
  const fanout = createFanout({ redis, log: silent })
  const crier = createCrier({
    fanout,
    desk: bookingDesk,
    bookings,
    drivers,
    async jobOf(driver) {
      const job = await house.jobOf(driver)
      return job && bookingOf(job)
    },
  })
  const handlers = createHandlers(
    {
      ...nouns,
      providers: [],
      refundLimitMinor: 100_000,
      zone: 'Africa/Kigali',
      clock,
      ids,
    },
    { messenger: () => messenger, callBack: async () => {} },
  )
  const onCommitted = crier.changed
  const run = new Run<Tx>({ store, flows, handlers, clock, ids, log, onCommitted })
  const messenger = new Messenger({
    run,
    channels: {},
    script,
    messages: createMessages(db),
    guards: [],
    clock,
    log,
  })
  const push = { codec: smsCodec, answers: 'push' } as const
  const inline = 'inline' as const
  const gateway = new Gateway({
    run,
    flows,
    script,
    house,
    ids,
    clock,
    log,
    codecs: {
      ussd: { codec: ussdCodec, answers: inline },
      rest: { codec: restCodec, answers: inline },
      sms: push,
      whatsapp: push,
      voice: push,
    },
    turns: createTurns(LIMITS.hopStopMs),
    onHop: () => {},
  })
  const sent: Stage['sent'] = []
  const { take } = createLimits(redis)
  const access = createAccess(db)
  const identity = createIdentity({
    access,
    tokens: createTokens(SECRET, clock),
    secret: SECRET,
    take,
    rate: { ...RATES.otp, points: 100_000 },
    sendOtp: async (phone, code) => void sent.push({ phone, code }),
    prefixes: ['+250'],
    clock,
    ids,
    log,
  })
  const own: RestParts = {
    gateway,
    identity,
    access,
    bookings,
    desk: bookingDesk,
    payments: createPayments(db, flows),
    till: paymentTill,
    invoices: createInvoices(db, flows),
    billing: invoiceBilling,
    printTicket: ticketPdf,
    places,
    loads,
    moved: crier.moved,
    office: createOffice(db, run, clock, 'Africa/Kigali'),
    once: createOnce(db),
    take,
    rates: { ...GENEROUS, ...wishes.rates },
    store,
    flows,
    script,
    clock,
    ids,
    log,
  }
  const parts = wishes.change ? wishes.change(own) : own
  const app = new Koa()
  app.silent = true
  const router = restRoutes(parts)
  app.use(router.routes())
  const server = createServer(app.callback())
  const live = liveSocket(server, { ...parts, fanout }, { ...LIVE, ...wishes.live })
  const url = await listening(server)
  const drain = new Drain(run)
  return {
    url,
    db,
    sent,
    logged,
    parts,
    fanout,
    later(ms) {
      ahead += ms
    },
    say: (channel, person, text, session = ids.next('se')) =>
      gateway.receive({
        channel,
        person,
        session,
        messageId: ids.next('in'),
        input: channel === 'ussd' ? { kind: 'so_far', text } : { kind: 'text', text },
        at: clock.now(),
      }),
    ring: (person, session) =>
      gateway.receive({
        ...{ channel: 'voice', person, session, messageId: ids.next('in') },
        ...{ input: { kind: 'start' }, at: clock.now() },
      }),
    async settle() {
      const spoken = new Set(['urgent', 'message', 'bulk'])
      const lanes = LANES.filter((lane) => !spoken.has(lane))
      for (let round = 0; round < 50; round += 1) {
        const taken = await Promise.all(lanes.map((lane) => drain.drain({ lane })))
        if (taken.every((count) => count === 0)) return
      }
    },
    async stop() {
      await live.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      fanout.close()
      await db.destroy()
      redis.disconnect()
      await database.drop()
    },
  }
}

const listening = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      resolve(`http://127.0.0.1:${port}`)
    })
  })

/** Keeps every line, as it would be written. */
function recording(lines: string[]): Log {
  const at = (level: string) => (fields: object, event: string) =>
    void lines.push(JSON.stringify({ level, event, ...fields }))
  return { info: at('info'), warn: at('warn'), error: at('error') }
}
