import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Refit } from '../../src/build.ts'
import { refitOf } from '../chaos/mutants.ts'
import { audit, truthOf, until } from './audit.ts'
import { type Death, MOMENTS, mortal } from './mortal.ts'
import { openTown, payerOf, type Ride, type Town } from './town.ts'

/** After the dead one's lease, by the house's clock. */
const RECOVERED_WITHIN_MS = 10_000
const AT_ONCE = 5
/** A wallet decides when it is told that so much time has passed. */
const DECIDED_MS = 600_000
/** House time at once, ten times as fast as the wall's. */
const HURRY_MS = 500

/** How a payment goes, and where it must end: paid; cancelled and given back; paid after it was cancelled, and given back. */
type Way = 'paid' | 'refunded' | 'unwanted'
type Point = Death & { readonly way: Way; readonly name: string }

const effect = (way: Way, name: string): Point[] =>
  MOMENTS.map((moment) => ({ way, name: `${name} ${moment}`, moment, doing: { effect: name } }))
/** One turn with what brought it about, so there is nothing to be claimed. */
const turn = (way: Way, name: string, enters: string): Point[] =>
  (['answered', 'committed'] as const).map((moment) => ({
    way,
    name: `${name} ${moment}`,
    moment,
    doing: { enters },
  }))

/** Those that take longest first. */
const POINTS: readonly Point[] = [
  ...effect('refunded', 'refund'),
  ...effect('refunded', 'inspectRefund'),
  ...turn('unwanted', 'attach to nobody', 'refunding'),
  ...effect('paid', 'startPayment'),
  ...effect('paid', 'collect'),
  ...effect('paid', 'inspect'),
  ...turn('paid', 'attach', 'settled'),
  ...effect('paid', 'say'),
]

/** Where it asks for the money a second time. */
const CARELESS: Point = {
  way: 'paid',
  name: 'collect answered',
  moment: 'answered',
  doing: { effect: 'collect' },
}

const END: Readonly<Record<Way, readonly [payment: string, booking: string]>> = {
  paid: ['settled', 'booked'],
  refunded: ['refunded', 'cancelled'],
  unwanted: ['refunded', 'cancelled'],
}

/**
 * Dies at the point and is followed by another on the same database.
 * @returns whether the payment came to its end, how long after the dead one's lease, and what does not hold then
 */
async function crash({ way, ...death }: Point, around?: Refit['payment']) {
  const town = await openTown()
  try {
    const [doomed, phone] = [mortal(death, around), payerOf('mtn', 100)]
    await town.plan('mtn', { msisdn: phone, on: 'collect', outcome: 'approve', delayMs: DECIDED_MS })
    if (way === 'paid') doomed.arm()
    const ride = await town.ride(phone, 100)
    const house = await town.house(doomed.refit)
    await Promise.race([lead(town, ride, way, doomed.arm), doomed.died])
    await hurry(town, doomed.died)
    await house.close()
    const freeAt = Math.max(town.clock.now(), await leasedUntil(town))
    await town.house(around ? { payment: around } : {})
    town.clock.advance(freeAt - town.clock.now())
    const isOver = await recovered(town, way)
    const tookMs = town.clock.now() - freeAt
    const charges = (await truthOf(town)).filter(({ kind }) => kind === 'collect').length
    return { tookMs, isOver, charges, broken: await audit(town) }
  } finally {
    await town.stop()
  }
}

/** When all that the dead one had in hand may be taken by another, epoch ms; nought when it had nothing. */
async function leasedUntil({ db }: Town): Promise<number> {
  const last = await db('outbox').where('attempts', '>', 0).max('due_at as at').first()
  return Number(last?.at ?? 0)
}

/** Until then nobody need wait for what is only polled, or for a wallet. */
async function hurry(town: Town, died: Promise<void>): Promise<void> {
  let isOver = false
  void died.then(() => (isOver = true))
  while (!isOver) {
    town.clock.advance(HURRY_MS)
    await town.walletsPass(DECIDED_MS)
    await sleep(HURRY_MS / 10)
  }
}

/** Brings a payment along its way; it may never come to the end. */
async function lead(town: Town, ride: Ride, way: Way, arm: () => void): Promise<void> {
  await until('asked', async () => (await truthOf(town)).length > 0)
  if (way === 'unwanted') {
    await town.cancel(ride)
    arm()
  }
  await town.walletsPass(DECIDED_MS)
  if (way !== 'refunded') return
  await until('booked', async () => (await stateOf(town, 'booking')) === 'booked')
  // What was said of the payment itself is out, so that the next word is of the refund.
  await until('told', async () => (await town.db('outbox')).length === 0)
  arm()
  await town.cancel(ride)
}

/** Waits for the payment's end in the house's time, while the wallets' passes as they please. */
async function recovered(town: Town, way: Way): Promise<boolean> {
  const [payment, booking] = END[way]
  const at = async () => [await stateOf(town, 'payment'), await stateOf(town, 'booking')].join()
  const isOver = async () => {
    await town.walletsPass(DECIDED_MS)
    return (await at()) === [payment, booking].join() && (await town.db('outbox')).length === 0
  }
  return until('recovered', isOver, RECOVERED_WITHIN_MS).then(
    () => true,
    () => false,
  )
}

const stateOf = async ({ db }: Town, flow: string): Promise<unknown> =>
  (await db('instances').where({ flow }).first())?.state

type Found = Awaited<ReturnType<typeof crash>>

describe('a worker that dies', function () {
  this.timeout(120_000)
  const found = new Map<Point, Found>()
  let mutant: Found | undefined

  before(async () => {
    const { payment } = refitOf('new reference per attempt')
    const queue: (() => Promise<unknown>)[] = [
      async () => (mutant = await crash(CARELESS, payment)),
      ...POINTS.map((point) => async () => found.set(point, await crash(point))),
    ]
    const line = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await next()
    }
    await Promise.all(Array.from({ length: AT_ONCE }, line))
  })

  for (const point of POINTS)
    it(`${point.way}, ${point.name}: money moves once`, () => {
      const after = found.get(point)
      assert.deepEqual({ ...after, tookMs: 0 }, { tookMs: 0, isOver: true, charges: 1, broken: {} })
      assert.ok(after && after.tookMs <= RECOVERED_WITHIN_MS, `${after?.tookMs} ms after the lease`)
    })

  it('all of them soon enough', () => {
    const took = [...found.values()].map(({ tookMs }) => tookMs)
    console.log(
      `      ${took.length} points, recovered ${Math.max(...took)} ms after the lease at the latest`,
    )
    assert.equal(took.length, POINTS.length)
  })

  it('is found out where it asks for the money under another reference', () => {
    assert.equal(mutant?.charges, 2)
    assert.ok('nobody is charged twice' in (mutant?.broken ?? {}))
  })
})
