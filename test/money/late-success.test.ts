import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { createRandom } from '../../simulators/random.ts'
import type { Refit } from '../../src/build.ts'
import type { PaymentProvider } from '../../src/core/pay/provider.ts'
import { sized } from '../support/size.ts'
import { audit, truthOf, until } from './audit.ts'
import { FARE, openTown, payerOf, type Ride, type Town } from './town.ts'

const PAYMENTS = Number(process.env.MONEY_LATE ?? sized(100, 1_000, 300))
const SEED = Number(process.env.MONEY_SEED ?? 1)
const MINUTE_MS = 60_000
/** Bookings are open for fifteen minutes and a little; most are paid then or thereafter. */
const PAID_MS = [15.2 * MINUTE_MS, 18 * MINUTE_MS] as const
/** Others are paid so shortly before or after their booking is given up. */
const RACE_MS = 2_000
const RACE_STEP_MS = 250
/** Some fail first and succeed after all, of them each second while its booking is still open. */
const REVIVED_MS = [MINUTE_MS, 14.5 * MINUTE_MS] as const

/** The wallet's word counts for no longer than a payer has to approve. */
const dropsLate = (wallet: PaymentProvider, now: () => number): PaymentProvider => {
  const since = new Map<string, number>()
  return {
    ...wallet,
    async inspect(order) {
      const first = since.get(order.reference) ?? now()
      since.set(order.reference, first)
      if (now() - first > 5 * MINUTE_MS) return { status: 'declined', fault: 'payer_timeout' }
      return wallet.inspect(order)
    },
  }
}

async function late(payments: number, refitOf: (town: Town) => Refit = () => ({})) {
  const town = await openTown()
  try {
    const rides = await book(town, payments)
    await town.house(refitOf(town))
    await until('every wallet was asked', async () => (await truthOf(town)).length === payments, 60_000)
    await town.pass(1.2 * MINUTE_MS)
    await until('failed ones are known', () => isKnown(town), 30_000)
    await town.pass(4 * MINUTE_MS)
    await until('all are unsure', () => isDoubted(town), 30_000)
    const deadlines = await deadlinesOf(town)
    const racers = await racersOf(town, deadlines)
    await town.pass(Math.min(...deadlines.values()) - 2 * RACE_MS - town.clock.now())
    while (racers.size > 0) {
      const next = Math.min(...racers.values())
      await town.pass(Math.max(RACE_STEP_MS, next - 2 * RACE_MS - town.clock.now()))
      await approveDue(town, racers)
      await sleep(RACE_STEP_MS / 5)
    }
    await until('all is at rest', () => isAtRest(town), 60_000 + payments * 50).catch(() => {})
    return { ...(await outcomes(town, rides, deadlines)), broken: await audit(town) }
  } finally {
    await town.stop()
  }
}

async function book(town: Town, payments: number): Promise<readonly Ride[]> {
  const random = createRandom(SEED)
  const rides: Ride[] = []
  for (let n = 100; n < 100 + payments; n += 1) {
    const isRevived = n % 5 === 0
    const wallet = isRevived ? 'airtel' : 'mtn'
    const msisdn = payerOf(wallet, n)
    const outcome = isRevived
      ? { outcome: 'revived', delayMs: REVIVED_MS[n % 2] }
      : isRacer(n)
        ? { outcome: 'ongoing' }
        : { outcome: 'late', lateMs: random.between(...PAID_MS) }
    await town.plan(wallet, { msisdn, on: 'collect', ...outcome })
    // Nobody tells of these: they are found by asking.
    if (n % 3 === 0 && !isRevived) await town.plan(wallet, { msisdn, on: 'callback', fault: 'noCallback' })
    rides.push(await town.ride(msisdn, n))
  }
  return rides
}

const isRacer = (n: number): boolean => n % 4 === 1

/** When those who race the end of their booking approve, by the wallet's reference. */
async function racersOf(town: Town, deadlines: ReadonlyMap<string, number>): Promise<Map<string, number>> {
  const random = createRandom(SEED)
  const racers = new Map<string, number>()
  for (const { phone, reference } of await truthOf(town)) {
    const deadline = deadlines.get(phone)
    if (phone.startsWith(payerOf('mtn', 0).slice(0, 6)) && isRacer(Number(phone.slice(-5))) && deadline)
      racers.set(reference, deadline + random.between(-RACE_MS, RACE_MS))
  }
  return racers
}

/** The wallet takes the word of those whose moment has come. */
async function approveDue(town: Town, racers: Map<string, number>): Promise<void> {
  for (const [reference, at] of racers)
    if (at <= town.clock.now()) {
      racers.delete(reference)
      await town.approve(reference)
    }
}

const count = async (town: Town, flow: string, where: string): Promise<number> =>
  (await town.db('instances').where({ flow }).whereRaw(where)).length

const isKnown = async (town: Town) => (await count(town, 'booking', `state = 'unpaid'`)) > 0
const isDoubted = async (town: Town) =>
  (await count(town, 'booking', `state = 'paying' and not (context->>'unsure')::boolean`)) === 0

/** When each booking is given up, epoch ms by its traveller's phone; those that never are, are left out. */
async function deadlinesOf({ db }: Town): Promise<ReadonlyMap<string, number>> {
  const rows: unknown = await db('instances').where({ flow: 'booking' }).whereNotNull('deadline_at')
  const row = z.object({ owner: z.string(), deadline_at: z.coerce.number() })
  return new Map(
    z
      .array(row)
      .parse(rows)
      .map(({ owner, deadline_at }) => [owner, deadline_at]),
  )
}

const END = `state not in ('settled', 'refunded', 'declined')`
async function isAtRest(town: Town): Promise<boolean> {
  await town.pass(10_000)
  return (await count(town, 'payment', END)) === 0 && (await town.db('outbox')).length === 0
}

const text = z.object({ to: z.string(), text: z.string() })

/** How each ride ended, and those that ended in neither of the two right ways. */
async function outcomes(town: Town, rides: readonly Ride[], deadlines: ReadonlyMap<string, number>) {
  const truth = await truthOf(town)
  const texts = z.array(text).parse(await town.read('/africastalking/_ledger'))
  // At least once: a text has no key at its provider.
  const told = (phone: string, words: RegExp) =>
    texts.filter((one) => one.to === phone && words.test(one.text)).length
  const rows = await town.db('instances').whereIn('flow', ['booking', 'payment'])
  const stateOf = (flow: string, phone: string): unknown =>
    rows.find((row) => row.flow === flow && row.owner === phone)?.state
  const held = new Set(await town.db('drivers').where({ status: 'busy' }).pluck('phone'))
  let [attached, refunded, afterDeadline] = [0, 0, 0]
  const limbo: string[] = []
  for (const { phone, rider } of rides) {
    const [charge, back] = ['collect', 'refund'].map((kind) =>
      truth.find((one) => one.phone === phone && one.kind === kind && one.is === 'paid'),
    )
    const end = `${stateOf('payment', phone)} ${stateOf('booking', phone)}`
    const isAttached = end === 'settled booked' && held.has(rider) && told(phone, /Start code \d+/) > 0
    const isBack = back?.amount === FARE.amountMinor && told(phone, /was sent back to you/) > 0
    const isRefunded = end === 'refunded lapsed' && !held.has(rider) && isBack
    if ((charge?.settledAt ?? 0) > (deadlines.get(phone) ?? Number.POSITIVE_INFINITY)) afterDeadline += 1
    if (isAttached && !back) attached += 1
    else if (isRefunded && told(phone, /came too late/) > 0) refunded += 1
    else limbo.push(`${phone} ${end}, the wallet: ${charge?.is} ${back?.is}`)
  }
  const kept = await town.db('ledger').where({ account: 'unearned' }).sum('amount_minor as minor').first()
  return { attached, refunded, afterDeadline, limbo, keptMinor: -Number(kept?.minor ?? 0) }
}

describe('payments that are approved too late', function () {
  this.timeout(120_000 + PAYMENTS * 300)
  let [house, mutant]: Partial<Awaited<ReturnType<typeof late>>>[] = [{}, {}]

  before(async () => {
    const drops = (town: Town): Refit => ({ payment: (own) => dropsLate(own, () => town.clock.now()) })
    ;[house, mutant] = await Promise.all([late(PAYMENTS), late(20, drops)])
  })

  it(`are their booking’s or go back, each of ${PAYMENTS}, and the person is told`, () => {
    const { attached = 0, refunded = 0, afterDeadline = 0, keptMinor, limbo, broken } = house ?? {}
    console.log(`      ${afterDeadline} after the deadline; ${attached} attached, ${refunded} sent back`)
    assert.deepEqual({ limbo, broken }, { limbo: [], broken: {} })
    assert.equal(attached + refunded, PAYMENTS)
    assert.equal(keptMinor, attached * FARE.amountMinor)
    assert.ok(attached > 0 && afterDeadline > PAYMENTS / 3)
  })

  it('find out the house that drops them', () => {
    const { limbo = [], broken = {} } = mutant ?? {}
    assert.ok(limbo.length > 0)
    assert.ok('our word on a payment is the wallet’s' in broken)
  })
})
