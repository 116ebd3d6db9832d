import { systemClock } from '../src/core/base/clock.ts'
import { newIds } from '../src/core/base/id.ts'
import { silent } from '../src/core/base/log.ts'
import { isMsisdn, type Msisdn } from '../src/core/base/phone.ts'
import { Run } from '../src/core/run/run.ts'
import type { OutboxEntry } from '../src/core/run/work.ts'
import { flows } from '../src/flows/index.ts'
import type { TrackingInput } from '../src/flows/tracking/model.ts'
import type { Db } from '../src/integrations/postgres/connect.ts'
import { createStore, type Tx } from '../src/integrations/postgres/store.ts'
import { nothing } from '../test/support/work.ts'

/** A ride whose rider has said yes: what is left to do is to start its payment. */
export type Ride = { readonly booking: string; readonly errand: OutboxEntry }

const FARE = { amountMinor: 1_620, currency: 'RWF' } as const
const QUOTE = {
  price: FARE,
  commissionMinor: 162,
  lines: [],
  metres: 5_000,
  near: { lat: -1.95, lng: 30.06 },
}
const AT_ONCE = 50

/** Opens rides that are about to pay, each with a payer and a rider of its own, by the machines' own way there. */
export function createRides(db: Db) {
  const clock = systemClock
  const ids = newIds(() => clock.now())
  const store = createStore(db, flows)
  const run = new Run<Tx>({ store, flows, handlers: {}, clock, ids, log: silent, onCommitted: () => {} })
  let rides = 0

  async function open(n: number): Promise<Ride> {
    const at = clock.now()
    const [id, journey] = [ids.next('bk'), ids.next('jn')]
    const [owner, phone] = [numbered('2507885', n), numbered('2507884', n)]
    const about = { owner, code: String(1_000_000 + n) }
    const [booking, tracking] = [
      { flow: 'booking', id },
      { flow: 'tracking', id: journey },
    ] as const
    const driver = { id: `dr_bench${n}`, phone, name: `Rider ${n}`, plate: `RM ${n}` }
    const carrier = { ...driver, minutes: 3, startCode: '1234' }
    await db('drivers').insert({
      ...driver,
      ...{ line: 'ride', licence: `RURA-B-${n}`, licence_status: 'valid', licence_checked_at: at },
      ...{ status: 'busy', journey, at: db.raw('point(30.06, -1.95)'), seen_at: at },
    })
    const draft = run.draft()
    draft.open(booking, { ...about, input: { id, ...about, line: 'ride', journey, wanted: [] } }, 'open', at)
    for (const [turn, event] of eventsOf(carrier, at).entries())
      await draft.apply(booking, event, `turn ${turn}`, at)
    const way = { line: 'ride', price: 'RWF 1,620', from: 'Remera', to: 'Kacyiru', near: QUOTE.near }
    const carries = { goods: null, fee: null, wish: null, go: false }
    const input: TrackingInput = { id: journey, booking: id, ...about, ...way, ...carries }
    draft.open(tracking, { ...about, root: id, input }, 'open', at)
    await draft.apply(tracking, { type: 'OFFERED', driver: carrier }, 'offer', at)
    await draft.apply(tracking, { type: 'ACCEPT', driver: phone }, 'accept', at)
    const errand = draft.outbox.find(({ type }) => type === 'startPayment')
    draft.outbox = []
    if (!errand || (await store.commit(draft.work())) !== 'done')
      throw new Error('a ride never came to its payment')
    return { booking: id, errand: { ...errand, lane: 'payment' } }
  }

  return {
    /** So many more. */
    async more(count: number): Promise<Ride[]> {
      const opened: Ride[] = []
      while (opened.length < count) {
        const some = Array.from({ length: Math.min(AT_ONCE, count - opened.length) }, () => open(++rides))
        opened.push(...(await Promise.all(some)))
      }
      return opened
    },
    /** Writes the errand down, as the turn of the rider's yes does. */
    async start({ errand }: Ride): Promise<void> {
      const committed = await store.commit({
        ...nothing,
        outbox: [{ ...errand, dueAt: clock.now() }],
      })
      if (committed !== 'done') throw new Error('a payment could not be started')
    },
  }
}

const eventsOf = (carrier: object, at: number) => [
  ...['remera', 'kacyiru'].flatMap((value) => [
    { type: 'FOUND', options: [{ value, label: value }], sure: false },
    { type: 'ANSWER', value },
  ]),
  { type: 'QUOTED', quote: { ...QUOTE, validUntil: at + 600_000 } },
  { type: 'ANSWER', value: 'yes' },
  { type: 'HELD', carrier },
]

function numbered(beginning: string, n: number): Msisdn {
  const phone = `+${beginning}${String(n).padStart(5, '0')}`
  if (!isMsisdn(phone)) throw new Error(`${phone} is no number`)
  return phone
}
