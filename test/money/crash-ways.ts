/** What may be under way besides a payment: a payout, an escrow that ends, a tax receipt. */
import { z } from 'zod'
import { truthOf, until } from './audit.ts'
import { DECIDED_MS, errand, type Point, stateOf, type Way } from './crash.ts'
import { FARE, payerOf, type Ride, type Town } from './town.ts'

const EARNED_MINOR = 1_458
const RULED_MINOR = 1_000

const balance = async ({ db }: Town, account: string): Promise<readonly number[]> => {
  const row = await db('balances')
    .where({ account })
    .first('amount_minor', 'debits_held_minor', 'credits_held_minor')
  const { amount_minor, debits_held_minor, credits_held_minor } = z
    .object({ amount_minor: z.number(), debits_held_minor: z.number(), credits_held_minor: z.number() })
    .parse(row ?? { amount_minor: 0, debits_held_minor: 0, credits_held_minor: 0 })
  return [amount_minor, debits_held_minor, credits_held_minor]
}
/** Says what an account is, unless it is as it should be. */
const unlike = async (town: Town, account: string, amountMinor: number) => {
  const [is, ...held] = await balance(town, account)
  return is === amountMinor && held.every((one) => one === 0) ? {} : { [account]: [is, ...held] }
}
const moved = async (town: Town, kind: string): Promise<number> =>
  (await truthOf(town))
    .filter((one) => one.kind === kind && one.is === 'paid')
    .reduce((sum, { amount }) => sum + amount, 0)

const paying = (): Way => ({
  async begin(town) {
    await town.fill(1_000_000)
    const payee = payerOf('mtn', 101)
    await town.plan('mtn', { msisdn: payee, on: 'transfer', outcome: 'approve', delayMs: DECIDED_MS })
    const more = { account: 'driver:dr_1', owner: payee, provider: 'mtn', money: FARE, period: '2026-W47' }
    const reference = '5f0c3c1e-0000-4000-8000-00000000000a'
    const input = { ...more, reference, startedAt: town.clock.now() }
    await town.open({ flow: 'payout', id: 'po_1' }, payee, 'po_1', input)
  },
  async lead(_town, arm) {
    arm()
  },
  isOver: async (town) => (await stateOf(town, 'payout')) === 'paid',
  async broken(town) {
    const sent = await moved(town, 'transfer')
    const same = await unlike(town, 'driver:dr_1', FARE.amountMinor)
    return { ...same, ...(sent !== FARE.amountMinor && { sent }) }
  },
})

/** The payer has said yes. */
async function booked(town: Town): Promise<void> {
  await until('asked', async () => (await truthOf(town)).length > 0)
  await town.walletsPass(DECIDED_MS)
  await until('booked', async () => (await stateOf(town, 'booking')) === 'booked')
}

/** A paid ride whose price waits for its delivery. */
function waiting(
  event: { readonly type: string; readonly more?: object },
  end: string,
  payeeMinor: number,
): Way {
  let ride: Ride
  return {
    async begin(town) {
      ride = await town.ride(payerOf('mtn', 100), 100)
    },
    async lead(town, arm) {
      await booked(town)
      const payment = await town.db('instances').where({ flow: 'payment' }).first()
      const about = { booking: ride.booking, payment: payment.id, owner: ride.phone, code: '7730' }
      const payee = { account: 'driver:dr_1', phone: ride.rider, name: 'Rider' }
      const price = { money: FARE, commissionMinor: FARE.amountMinor - EARNED_MINOR }
      const patience = { deliverWithinMs: 86_400_000, objectWithinMs: 3_600_000 }
      const to = { flow: 'escrow', id: 'es_1' } as const
      await town.open(to, ride.phone, ride.booking, { ...about, ...price, ...patience, payee })
      if (event.type === 'RULE') await town.tell(to, 'DISPUTE', { why: 'wet' })
      await until('told', async () => (await town.db('outbox')).length === 0)
      arm()
      await town.tell(to, event.type, event.more)
    },
    isOver: async (town) =>
      (await stateOf(town, 'escrow')) === end &&
      (await stateOf(town, 'payment')) === (payeeMinor === EARNED_MINOR ? 'settled' : 'refunded'),
    async broken(town) {
      const backMinor =
        end === 'released' ? 0 : end === 'ruled' ? FARE.amountMinor - RULED_MINOR : FARE.amountMinor
      const back = await moved(town, 'refund')
      return {
        ...(await unlike(town, 'driver:dr_1', payeeMinor === 0 ? 0 : -payeeMinor)),
        ...(await unlike(town, 'unearned', 0)),
        ...(back !== backMinor && { back }),
      }
    },
  }
}

const receipts = z.array(z.object({ state: z.string() }))
/** A ride that ends, and its receipt. */
const ending = (): Way => {
  let ride: Ride
  return {
    settings: { VSDC: 'on' },
    async begin(town) {
      ride = await town.ride(payerOf('mtn', 100), 100)
    },
    async lead(town, arm) {
      await booked(town)
      await until('told', async () => (await town.db('outbox')).length === 0)
      arm()
      await town.tell({ flow: 'booking', id: ride.booking }, 'ARRIVED')
    },
    // Who dies between the device's answer and its writing down never learns the signature: it is not told twice.
    async isOver({ db }) {
      const [receipt] = receipts.parse(await db('fiscal_receipts').select('state'))
      return receipt?.state === 'signed' || receipt?.state === 'unseen'
    },
    async broken(town) {
      const issued = z.array(z.unknown()).parse(await town.read('/vsdc/_ledger')).length
      const queued = receipts.parse(await town.db('fiscal_receipts').select('state')).length
      return issued === 1 && queued === 1 ? {} : { issued, queued }
    },
  }
}

const named = (what: string, points: readonly Point[]): Point[] =>
  points.map((point) => ({ ...point, name: `${what}: ${point.name}` }))

/** Its request, its asking after, its news. */
export const paidOut = named('payout', [
  ...errand('send', paying, 'payOut'),
  ...errand('ask after', paying, 'inspectPayout'),
  ...errand('say', paying),
])

const delivered = () => waiting({ type: 'PROVEN' }, 'released', EARNED_MINOR)
const returned = () => waiting({ type: 'RETURN' }, 'returned', 0)
const ruling = { payeeMinor: RULED_MINOR, by: 'Alice U.', why: 'half of it was wet' }
const ruled = () => waiting({ type: 'RULE', more: ruling }, 'ruled', RULED_MINOR - 100)

/** The word that ends it, and what is said of it. */
export const divided = named('escrow', [
  ...errand('release', delivered, 'tell'),
  ...errand('say of the release', delivered, 'say'),
  ...errand('return', returned, 'tell'),
  ...errand('refund of the return', returned, 'refund'),
  ...errand('ruling', ruled, 'tell'),
  ...errand('refund of the ruling', ruled, 'refund'),
])

/** Its place in the queue, the device's word, and its text. */
export const carried = named('receipt', [
  ...errand('queue', ending, 'receipt'),
  ...(['claimed', 'answered'] as const).map((moment) => ({
    way: ending,
    name: `device ${moment}`,
    moment,
    doing: { asks: 'device' } as const,
  })),
  ...errand('text', ending, 'taxReceipt'),
])
