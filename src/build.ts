import { setTimeout as sleep } from 'node:timers/promises'
import { createWebServer } from './app.ts'
import { createCrier } from './channels/ws/index.ts'
import { createAdmission } from './core/base/admission.ts'
import type { Clock } from './core/base/clock.ts'
import type { Config } from './core/base/config.ts'
import { newIds } from './core/base/id.ts'
import { LIMITS } from './core/base/limits.ts'
import type { Log } from './core/base/log.ts'
import type { Msisdn } from './core/base/phone.ts'
import { openTo } from './core/base/secrets.ts'
import type { Clearance } from './core/pay/clearance.ts'
import type { FiscalDevice } from './core/pay/fiscal.ts'
import type { PaymentProvider } from './core/pay/provider.ts'
import type { Flows } from './core/run/draft.ts'
import { Drain } from './core/run/drain.ts'
import type { Store } from './core/run/store.ts'
import { LANES, type OutboxEntry } from './core/run/work.ts'
import { callable } from './core/talk/reach.ts'
import { createDoors, hinted } from './doors.ts'
import { createEngine } from './engine.ts'
import { createTill } from './fiscal.ts'
import { bookingDesk, bookingOf } from './flows/booking/describe.ts'
import { flows as ownFlows } from './flows/index.ts'
import { createScript } from './flows/menu.ts'
import { createFront } from './front.ts'
import { openGround } from './ground.ts'
import { createGuards } from './guards.ts'
import { createHouse } from './house.ts'
import { createAcquaintances } from './integrations/postgres/acquaintances.ts'
import { createAgents } from './integrations/postgres/agents.ts'
import { createBookings } from './integrations/postgres/bookings.ts'
import { createClaims } from './integrations/postgres/claims.ts'
import { createPayees, createSimChecks } from './integrations/postgres/clearance.ts'
import { createCodes } from './integrations/postgres/codes.ts'
import { createCreditBook } from './integrations/postgres/credit.ts'
import { createDrivers } from './integrations/postgres/field.ts'
import { createFiled } from './integrations/postgres/filed.ts'
import { createLedger, keepBooks } from './integrations/postgres/ledger.ts'
import { createLoads } from './integrations/postgres/loads.ts'
import { createParts } from './integrations/postgres/message-parts.ts'
import { createMessages } from './integrations/postgres/messages.ts'
import { createNouns } from './integrations/postgres/nouns.ts'
import { outboxDepths } from './integrations/postgres/outbox.ts'
import { createReaper } from './integrations/postgres/reap.ts'
import { createStore, type Tx } from './integrations/postgres/store.ts'
import { createNumbering } from './integrations/postgres/unnumbered.ts'
import { createLimits } from './integrations/redis/limits.ts'
import { close, dismiss, listen } from './listen.ts'
import { createMetrics, serveInternal } from './metrics.ts'
import { createOffice } from './office.ts'
import { otpSender } from './one-time-codes.ts'
import { createProviders } from './providers.ts'
import { createStrangers } from './strangers.ts'
import { startWorker } from './worker.ts'

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
  readonly clears?: (clears: Clearance) => Clearance
}

export interface Inzira {
  /** Listens and works. Ports are those really taken, which matters when 0 was asked for. */
  start(): Promise<{ readonly port: number; readonly internalPort: number }>
  /**
   * Stops taking calls, finishes what is in hand, gives back what it holds.
   * @param noticeMs how long it says before that it is not ready any more, and still answers
   */
  stop(noticeMs?: number): Promise<void>
}

/** Puts the house together: core in the middle, everything else handed in. Nothing runs until `start`. */
export async function buildInzira(config: Config, around: Surroundings, refit: Refit = {}): Promise<Inzira> {
  const { publicUrl, clock, log } = around
  const ground = await openGround(around, log)
  const { db, creditDb, redis, waker, fanout } = ground
  const ids = newIds(() => clock.now())
  const flows = refit.flows?.(ownFlows) ?? ownFlows
  const store = refit.store?.(createStore(db, flows)) ?? createStore(db, flows)
  const [nouns, drivers, messages] = [
    createNouns(db),
    createDrivers(db),
    createMessages(db, config.TIME_ZONE),
  ]
  const ownBooks = {
    claims: createClaims(db, clock),
    credit: createCreditBook(creditDb, clock),
    filed: createFiled(db),
    numbering: createNumbering(db),
    parts: createParts(db),
    clearing: { checks: createSimChecks(db), payees: createPayees(db) },
  }
  const providers = createProviders(config, publicUrl, ownBooks, clock, log)
  const { channels, payments, licence, fiscal, clearing } = providers
  const till = createTill(fiscal && (refit.fiscal?.(fiscal) ?? fiscal), { db, config, clock, ids })
  const metrics = createMetrics(() => outboxDepths(db))
  const limits = createLimits(redis)
  const guards = createGuards(config, { limits, spentOn: messages.spentOn, store, log })
  const script = createScript(config.DIAL_CODE, config.DEFAULT_LANGUAGE)
  const [agents, loads] = [createAgents(db), createLoads(db)]
  const house = createHouse({ ...nouns, store, drivers, agents, loads, code: createCodes(db) })
  const bookings = createBookings(db, flows)
  const jobOf = async (driver: Msisdn) => {
    const job = await house.jobOf(driver)
    return job && bookingOf(job)
  }
  const crier = createCrier({ fanout, desk: bookingDesk, bookings, drivers, jobOf })
  let worker: ReturnType<typeof startWorker> | null = null
  let isLeaving = false

  /** What was just decided is done at once here, or by whoever hears of it; sweeping finds what nobody heard. */
  function wake(lane: (typeof LANES)[number], outbox: readonly OutboxEntry[]): void {
    const due = outbox.filter((entry) => entry.lane === lane).map(({ id }) => id)
    if (due.length > 0) void (worker ? worker.wake(lane, due) : waker.wake(lane, due))
  }

  const engine = createEngine({
    ...{ store, flows, script, house, channels, messages, guards, clock, ids, log },
    world: {
      ...nouns,
      providers: payments.map((provider) => refit.payment?.(provider) ?? provider),
      refundLimitMinor: config.REFUND_LIMIT_MINOR,
      zone: config.TIME_ZONE,
      ...{ clock, ids, till },
      isTheirs: store.isTheirs,
      clears: clearing.clears && (refit.clears?.(clearing.clears) ?? clearing.clears),
    },
    onHop: metrics.hop,
    admits: createAdmission(config.SAID_PER_MINUTE),
    onCommitted(changed, outbox) {
      for (const { flow, state } of changed) metrics.entered(flow, state)
      crier.changed(changed)
      for (const lane of LANES) wake(lane, outbox)
    },
  })
  const { run, gateway, messenger } = engine
  const doors = createDoors({
    ...{ gateway, run, messages, messenger, strangers: () => strangers, clock, log },
    mayCall: callable(config.SMS_NUMBERS, limits.take),
  })
  const hooks = [
    ...Object.values(channels).flatMap((channel) => channel.hooks(doors)),
    ...payments.flatMap((provider) => provider.hooks(hinted(run, log))),
    ...clearing.hooks,
  ].map(openTo(config.RENEWED))
  const front = createFront({
    ...{ db, redis, fanout, config, gateway, bookings, store, flows, script, clock, ids, log },
    ...{ places: nouns.places, loads },
    sendOtp: otpSender(engine, script, ids),
    moved: crier.moved,
    office: createOffice(db, run, clock, config.TIME_ZONE),
  })
  const acquaintances = createAcquaintances(db)
  const strangers = createStrangers({ acquaintances, identity: front.identity, take: limits.take, script })
  const server = createWebServer(hooks, front.mount, log, config.PROXIES, {
    ...{ admits: createAdmission(config.HOOKS_PER_MINUTE), clock },
  })
  const live = front.listen(server)
  const internal = serveInternal(metrics, async () =>
    isLeaving ? 'leaving' : db.raw('select 1').then(() => null, broken),
  )
  const books = createLedger(db, clock)

  return {
    async start() {
      if (config.ROLE !== 'gateway') {
        await till?.open()
        worker = startWorker({
          ...{ drain: new Drain(run), drivers, licence, reap: createReaper(db, clock), clock, log },
          keepBooks: () => keepBooks(books),
          ...(till && { issue: till.issue }),
        })
        for (const lane of LANES)
          waker.onWake(lane, LIMITS.claimBatch, async (due) => worker?.wake(lane, due))
      }
      for (const channel of Object.values(channels)) await channel.start(doors)
      const port = config.ROLE === 'worker' ? 0 : await listen(server, config.PORT)
      return { port, internalPort: await listen(internal, config.INTERNAL_PORT) }
    },
    async stop(noticeMs = 0) {
      isLeaving = true
      const stopped = worker?.stop()
      // From here on others carry out what is decided here.
      worker = null
      if (server.listening && noticeMs > 0) {
        dismiss(server)
        await sleep(noticeMs)
      }
      await live.stop()
      await Promise.all([close(server), stopped])
      for (const channel of Object.values(channels)) await channel.stop()
      await close(internal)
      await ground.close()
    },
  }
}

const broken = (error: unknown): string => `database: ${String(error)}`
