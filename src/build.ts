import { createWebServer } from './app.ts'
import { restCodec } from './channels/rest/codec.ts'
import { createCrier } from './channels/ws/index.ts'
import type { Clock } from './core/base/clock.ts'
import type { Config } from './core/base/config.ts'
import { newIds } from './core/base/id.ts'
import { LIMITS } from './core/base/limits.ts'
import type { Log } from './core/base/log.ts'
import type { Msisdn } from './core/base/phone.ts'
import type { FiscalDevice } from './core/pay/fiscal.ts'
import type { PaymentProvider } from './core/pay/provider.ts'
import type { Flows } from './core/run/draft.ts'
import { Drain } from './core/run/drain.ts'
import { Run } from './core/run/run.ts'
import type { Store } from './core/run/store.ts'
import { LANES, type OutboxEntry } from './core/run/work.ts'
import { Gateway } from './core/talk/gateway.ts'
import { Messenger } from './core/talk/messenger.ts'
import { createTurns } from './core/talk/turns.ts'
import { telling } from './core/talk/view.ts'
import { createDoors, hinted } from './doors.ts'
import { createTill } from './fiscal.ts'
import { bookingDesk, bookingOf } from './flows/booking/describe.ts'
import { createHandlers } from './flows/handlers.ts'
import { flows as ownFlows } from './flows/index.ts'
import { createScript } from './flows/menu.ts'
import { say } from './flows/words/index.ts'
import { createFront } from './front.ts'
import { createHouse } from './house.ts'
import { createBookings } from './integrations/postgres/bookings.ts'
import { createClaims } from './integrations/postgres/claims.ts'
import { createCodes } from './integrations/postgres/codes.ts'
import { connectPostgres } from './integrations/postgres/connect.ts'
import { createCreditBook } from './integrations/postgres/credit.ts'
import { createDepartures } from './integrations/postgres/departures.ts'
import { createDrivers } from './integrations/postgres/field.ts'
import { createFiled } from './integrations/postgres/filed.ts'
import { createLedger, keepBooks } from './integrations/postgres/ledger.ts'
import { createMessages } from './integrations/postgres/messages.ts'
import { outboxDepths } from './integrations/postgres/outbox.ts'
import { createPlaces, createTariffs } from './integrations/postgres/places.ts'
import { createReaper } from './integrations/postgres/reap.ts'
import { createStore, type Tx } from './integrations/postgres/store.ts'
import { createWaker } from './integrations/queue/index.ts'
import { createFanout } from './integrations/redis/fanout.ts'
import { connectRedis } from './integrations/redis/index.ts'
import { close, listen } from './listen.ts'
import { createMetrics, serveInternal } from './metrics.ts'
import { createProviders } from './providers.ts'
import { startWorker } from './worker.ts'

const CREDIT_CONNECTIONS = 4

/** Where the rest of the world is, once it is known. */
export type Surroundings = {
  readonly databaseUrl: string
  readonly redisUrl: string
  /** Where providers reach us. */
  readonly publicUrl: string
  readonly clock: Clock
  readonly log: Log
}

/** Parts to be put around ours before they are joined: how a test breaks one thing and sees that it is noticed. */
export type Refit = {
  readonly store?: (store: Store<Tx>) => Store<Tx>
  readonly payment?: (provider: PaymentProvider) => PaymentProvider
  readonly flows?: (flows: Flows) => Flows
  readonly fiscal?: (device: FiscalDevice) => FiscalDevice
}

export interface Inzira {
  /** Listens and works. Ports are those really taken, which matters when 0 was asked for. */
  start(): Promise<{ readonly port: number; readonly internalPort: number }>
  /** Stops taking calls, finishes what is in hand, gives back what it holds. */
  stop(): Promise<void>
}

/** Puts the house together: core in the middle, everything else handed in. Nothing runs until `start`. */
export async function buildInzira(
  config: Config,
  { databaseUrl, redisUrl, publicUrl, clock, log }: Surroundings,
  refit: Refit = {},
): Promise<Inzira> {
  const db = connectPostgres(databaseUrl, log)
  const redis = await connectRedis(redisUrl, log)
  const waker = createWaker({ redisUrl, lanes: LANES, log })
  const ids = newIds(() => clock.now())
  const { store: around = (own) => own, payment = (own) => own } = refit
  const flows = refit.flows?.(ownFlows) ?? ownFlows
  const store = around(createStore(db, flows))
  const [places, drivers, messages] = [createPlaces(db), createDrivers(db), createMessages(db)]
  // Whether somebody may buy on credit is asked within turns that hold a connection each: waiting for one more of the
  // same could be for ever.
  const shopDb = connectPostgres(databaseUrl, log, CREDIT_CONNECTIONS)
  const ownBooks = {
    claims: createClaims(db, clock),
    credit: createCreditBook(shopDb, clock),
    filed: createFiled(db),
  }
  const providers = createProviders(config, publicUrl, ownBooks, clock, log)
  const device = providers.fiscal && (refit.fiscal?.(providers.fiscal) ?? providers.fiscal)
  const till = createTill(device, { db, config, clock, ids })
  const metrics = createMetrics(() => outboxDepths(db))
  const script = createScript(config.DIAL_CODE, config.DEFAULT_LANGUAGE)
  const house = createHouse({ store, drivers, places, code: createCodes(db) })
  const bookings = createBookings(db, flows)
  const fanout = createFanout({ redis, log })
  const jobOf = async (driver: Msisdn) => {
    const job = await house.jobOf(driver)
    return job && bookingOf(job)
  }
  const crier = createCrier({ fanout, desk: bookingDesk, bookings, drivers, jobOf })

  const handlers = createHandlers(
    {
      places,
      tariffs: createTariffs(db),
      departures: createDepartures(db),
      providers: providers.payments.map(payment),
      refundLimitMinor: config.REFUND_LIMIT_MINOR,
      zone: config.TIME_ZONE,
      clock,
      ids,
      till,
    },
    {
      messenger: () => messenger,
      async callBack(person: Msisdn, id: string) {
        const call = await providers.channels.voice.callBack(person, id)
        if (call.status === 'failed' && call.retryable) throw new Error(`not called back: ${call.fault}`)
      },
    },
  )
  const run: Run<Tx> = new Run<Tx>({
    store,
    flows,
    handlers,
    clock,
    ids,
    log,
    onCommitted(changed, outbox) {
      for (const { flow, state } of changed) metrics.entered(flow, state)
      crier.changed(changed)
      for (const lane of LANES) wake(lane, outbox)
    },
  })
  const messenger = new Messenger({ run, channels: providers.channels, script, messages, clock, log })
  const gateway = new Gateway({
    run,
    flows,
    script,
    house,
    ids,
    clock,
    log,
    codecs: {
      ...providers.channels,
      whatsapp: providers.channels.whatsapp ?? providers.channels.sms,
      rest: { codec: restCodec, answers: 'inline' },
    },
    turns: createTurns(LIMITS.turnWaitMs),
    onHop: metrics.hop,
  })
  const drain = new Drain(run)
  const ledger = createLedger(db, clock)
  let worker: ReturnType<typeof startWorker> | null = null

  /** What was just decided is done at once here, or by whoever hears of it; sweeping finds what nobody heard. */
  function wake(lane: (typeof LANES)[number], outbox: readonly OutboxEntry[]): void {
    const due = outbox.filter((entry) => entry.lane === lane).map(({ id }) => id)
    if (due.length > 0) void (worker ? worker.wake(lane, due) : waker.wake(lane, due))
  }

  const doors = createDoors({ gateway, run, received: messages.received, clock, log })
  const hooks = [
    ...Object.values(providers.channels).flatMap((channel) => channel.hooks(doors)),
    ...providers.payments.flatMap((provider) => provider.hooks(hinted(run, log))),
  ]
  // By text whatever channel they last used: the code proves who holds the number.
  const sendOtp = async (phone: Msisdn, otp: string) => {
    const { conversation } = await store.standing(phone, '')
    const language = conversation?.language ?? script.defaultLanguage
    const prompt = { kind: 'tell', id: 'otp', say: say(language, 'otp', { otp }), next: 'end' } as const
    await messenger.speak(ids.next('ot'), phone, 'sms', telling(prompt, language))
  }
  const front = createFront({
    db,
    redis,
    config,
    gateway,
    bookings,
    places,
    fanout,
    store,
    flows,
    script,
    clock,
    ids,
    log,
    sendOtp,
    moved: crier.moved,
  })
  const server = createWebServer(hooks, front.mount, log, config.PROXIES)
  const live = front.listen(server)
  const internal = serveInternal(metrics, async () =>
    db.raw('select 1').then(
      () => null,
      (error: unknown) => `database: ${String(error)}`,
    ),
  )

  return {
    async start() {
      if (config.ROLE !== 'gateway') {
        await till?.open()
        worker = startWorker({
          drain,
          drivers,
          licence: providers.licence,
          keepBooks: () => keepBooks(ledger),
          reap: createReaper(db, clock),
          ...(till && { issue: till.issue }),
          clock,
          log,
        })
        for (const lane of LANES)
          waker.onWake(lane, LIMITS.claimBatch, async (due) => worker?.wake(lane, due))
      }
      for (const channel of Object.values(providers.channels)) await channel.start(doors)
      const port = config.ROLE === 'worker' ? 0 : await listen(server, config.PORT)
      return { port, internalPort: await listen(internal, config.INTERNAL_PORT) }
    },
    async stop() {
      await live.stop()
      await Promise.all([close(server), close(internal)])
      for (const channel of Object.values(providers.channels)) await channel.stop()
      await worker?.stop()
      await waker.close()
      fanout.close()
      await shopDb.destroy()
      await db.destroy()
      await redis.quit().catch(() => redis.disconnect())
    },
  }
}
