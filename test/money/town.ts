/** A house over real HTTP, with its wallets, and rides that have come as far as their payment. */
import { startSimulators } from '../../simulators/server.ts'
import { buildInzira, type Inzira, type Refit } from '../../src/build.ts'
import { readConfig } from '../../src/core/base/config.ts'
import { silent } from '../../src/core/base/log.ts'
import type { Money } from '../../src/core/base/money.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import type { InstanceRef } from '../../src/core/run/flow.ts'
import { freePort } from '../../src/integrations/process.ts'
import { phone as dialled } from '../channels/hosting.ts'
import { post } from '../chaos/phones.ts'
import { ids, newBooking, nothing, openDesk } from '../core/desk.ts'
import { movableClock } from '../support/clock.ts'
import { freshDatabase, redisUrl } from '../support/servers.ts'
import { typed } from '../support/terminal.ts'
import { prepare } from '../support/world.ts'

export const SECRET = 'dev'
export const FARE: Money = { amountMinor: 1_620, currency: 'RWF' }

export type Ride = { readonly phone: Msisdn; readonly booking: string; readonly rider: Msisdn }
export type Town = Awaited<ReturnType<typeof openTown>>

/** A database, wallets and a clock of their own; houses are opened on them one after another. */
export async function openTown(settings: Readonly<Record<string, string>> = {}) {
  const [database, redis, port] = await Promise.all([freshDatabase(prepare), redisUrl(), freePort()])
  const gateway = `http://127.0.0.1:${port}`
  const simulators = await startSimulators({
    port: 0,
    gatewayUrl: gateway,
    hookSecret: SECRET,
    whatsappAppSecret: 'dev-app-secret',
    phoneNumberId: '106540352242922',
    seed: 1,
  })
  const clock = movableClock()
  const desk = openDesk(database.url, { clock })
  const open = new Set<Inzira>()
  const around = { databaseUrl: database.url, redisUrl: redis, publicUrl: gateway, clock, log: silent }
  const config = readConfig({
    NODE_ENV: 'test',
    PORT: String(port),
    INTERNAL_PORT: '0',
    SIM_PORT: String(simulators.port),
    HOOK_SECRET: SECRET,
    PAYMENTS: 'mtn,airtel',
    MTN_NUMBERS: '+25078,+25079',
    MTN_STATUS_RPS: '1000',
    ...settings,
  })
  const close = async (house: Inzira) => {
    open.delete(house)
    await house.stop()
  }
  return {
    /** What somebody types at the desk. */
    desk: (...words: readonly string[]) => typed(database.url, 'desk', words),
    db: desk.db,
    clock,
    gateway,
    /** The only house that is open. */
    async house(refit: Refit = {}): Promise<{ close(): Promise<void> }> {
      const house = await buildInzira(config, around, refit)
      open.add(house)
      await house.start()
      return { close: () => close(house) }
    },
    ride: (phone: Msisdn, n: number) => ride(desk, clock.now(), phone, n),
    /** What somebody outside says to a machine, to be carried out by whichever house is open. */
    async tell(to: InstanceRef, type: string, more: object = {}): Promise<void> {
      const event = { type, ...more }
      const errand = { id: ids.next('ob'), about: null, root: to.id, type: 'tell', params: { to, event } }
      await desk.store.commit({ ...nothing, outbox: [{ ...errand, lane: 'booking', dueAt: clock.now() }] })
    },
    /** Opens a machine as its own people do. */
    async open(ref: InstanceRef, owner: Msisdn, root: string, input: object): Promise<void> {
      const draft = desk.run.draft()
      const about = { owner, code: ids.reference(), root, input: { ...input, id: ref.id } }
      draft.open(ref, about, 'open', clock.now())
      await desk.store.commit(draft.work())
    },
    /** What MTN pays out from. */
    fill: (amount: number) => post(`${simulators.url}/mtn/_float`, { amount }),
    async cancel(ride: Ride): Promise<void> {
      await desk.run.send({ flow: 'booking', id: ride.booking }, { type: 'CANCEL' }, ids.next('ca'))
    },
    /** What its network knows of somebody's SIM card. */
    knows: (phone: Msisdn, outcome: string) =>
      post(`${simulators.url}/africastalking/_scenario`, { msisdn: phone, on: 'simSwap', outcome }),
    plan: (wallet: 'mtn' | 'airtel', scenario: object) =>
      post(`${simulators.url}/${wallet}/_scenario`, scenario),
    /** Both clocks, the wallets' first: what they decide meanwhile is called back at once. */
    async pass(ms: number): Promise<void> {
      await post(`${simulators.url}/_clock`, { advanceMs: ms })
      clock.advance(ms)
    },
    /** MTN's payer says yes. */
    approve: (reference: string) =>
      post(`${simulators.url}/mtn/_handset/decide`, { reference, decision: 'approve' }),
    walletsPass: (ms: number) => post(`${simulators.url}/_clock`, { advanceMs: ms }),
    read: async (path: string): Promise<unknown> => (await fetch(simulators.url + path)).json(),
    async stop(): Promise<void> {
      for (const house of open) await close(house)
      await simulators.stop()
      await desk.db.destroy()
      await database.drop()
    },
  }
}

/** A rider has said yes, and the payment is about to be started: the machines' own way there, in one turn. */
async function ride(
  { db, run, store }: ReturnType<typeof openDesk>,
  at: number,
  phone: Msisdn,
  n: number,
): Promise<Ride> {
  const { id, code } = { ...newBooking() }
  const journey = ids.next('jn')
  const rider = riderOf(n)
  const about = { owner: phone, code }
  const [booking, tracking] = [
    { flow: 'booking', id },
    { flow: 'tracking', id: journey },
  ] as const
  const carrier = { phone: rider, name: `Rider ${n}`, plate: `RM ${n}`, minutes: 3, startCode: '1234' }
  await db('drivers').insert({
    phone: rider,
    name: carrier.name,
    plate: carrier.plate,
    line: 'ride',
    licence: `RURA-M-${n}`,
    licence_status: 'valid',
    licence_checked_at: at,
    status: 'busy',
    journey,
    at: db.raw('point(30.06, -1.95)'),
    seen_at: at,
  })
  const { id: account } = await db('drivers').where({ phone: rider }).first()
  const draft = run.draft()
  const way = { line: 'ride', price: 'RWF 1,620', from: 'Remera', to: 'Kacyiru', goods: null, go: false }
  draft.open(booking, { ...about, input: { id, ...about, line: 'ride', journey, wanted: [] } }, 'open', at)
  const events = [
    ...['remera', 'kacyiru'].flatMap((value) => [
      { type: 'FOUND', options: [{ value, label: value }], sure: false },
      { type: 'ANSWER', value },
    ]),
    { type: 'QUOTED', quote: { ...quote, validUntil: at + 600_000 } },
    { type: 'ANSWER', value: 'yes' },
    { type: 'HELD', carrier: { id: account, ...carrier } },
  ]
  for (const [turn, event] of events.entries()) await draft.apply(booking, event, `turn ${turn}`, at)
  const input = { id: journey, booking: id, ...about, ...way, near: quote.near }
  draft.open(tracking, { ...about, root: id, input }, 'open', at)
  await draft.apply(tracking, { type: 'OFFERED', driver: { id: account, ...carrier } }, 'offer', at)
  await draft.apply(tracking, { type: 'ACCEPT', driver: rider }, 'accept', at)
  draft.outbox = draft.outbox
    .filter(({ type }) => type === 'startPayment')
    .map((entry) => ({ ...entry, lane: 'payment' }))
  if (draft.outbox.length !== 1 || (await store.commit(draft.work())) !== 'done')
    throw new Error('the ride never came to its payment')
  return { phone, booking: id, rider }
}

const quote = {
  price: FARE,
  commissionMinor: 162,
  lines: [],
  metres: 5_000,
  near: { lat: -1.95, lng: 30.06 },
}

const numbered = (beginning: string, n: number): Msisdn =>
  dialled(`+${beginning}${String(n).padStart(5, '0')}`)
const riderOf = (n: number): Msisdn => numbered('2507884', n)
/** Payers, from 100 on: the last digits of the first hundred mean something to Airtel's simulator. */
export const payerOf = (wallet: 'mtn' | 'airtel', n: number): Msisdn =>
  numbered(wallet === 'mtn' ? '2507885' : '2507335', n)
