import assert from 'node:assert/strict'
import { refitOf } from '../chaos/mutants.ts'
import { isFull } from '../support/size.ts'
import { audit, truthOf, until } from './audit.ts'
import { DECIDED_MS, errand, type Found, type Point, RECOVERED_WITHIN_MS, stateOf, sweep } from './crash.ts'
import { carried, divided, paidOut } from './crash-ways.ts'
import { payerOf, type Ride, type Town } from './town.ts'

/** How a payment goes, and where it must end: paid; cancelled and given back; paid after it was cancelled, and given back. */
type Going = 'paid' | 'refunded' | 'unwanted'
const END: Readonly<Record<Going, readonly [payment: string, booking: string]>> = {
  paid: ['settled', 'booked'],
  refunded: ['refunded', 'cancelled'],
  unwanted: ['refunded', 'cancelled'],
}

/** A rider has said yes: the payment is about to be started. */
const paying = (going: Going) => () => {
  let ride: Ride
  return {
    async begin(town: Town) {
      const phone = payerOf('mtn', 100)
      await town.plan('mtn', { msisdn: phone, on: 'collect', outcome: 'approve', delayMs: DECIDED_MS })
      ride = await town.ride(phone, 100)
    },
    async lead(town: Town, arm: () => void) {
      if (going === 'paid') arm()
      await until('asked', async () => (await truthOf(town)).length > 0)
      if (going === 'unwanted') {
        await town.cancel(ride)
        arm()
      }
      await town.walletsPass(DECIDED_MS)
      if (going !== 'refunded') return
      await until('booked', async () => (await stateOf(town, 'booking')) === 'booked')
      // What was said of the payment itself is out, so that the next word is of the refund.
      await until('told', async () => (await town.db('outbox')).length === 0)
      arm()
      await town.cancel(ride)
    },
    isOver: async (town: Town) =>
      [await stateOf(town, 'payment'), await stateOf(town, 'booking')].join() === END[going].join(),
    async broken(town: Town) {
      const charges = (await truthOf(town)).filter(({ kind }) => kind === 'collect').length
      return { ...(await audit(town)), ...(charges !== 1 && { charges }) }
    },
  }
}

/** One turn with what brought it about, so there is nothing to be claimed. */
const turn = (going: Going, name: string, enters: string): Point[] =>
  (['answered', 'committed'] as const).map((moment) => ({
    way: paying(going),
    name: `${name} ${moment}`,
    moment,
    doing: { enters },
  }))

/** Those that take longest first. */
const EVERY: readonly Point[] = [
  ...errand('refund', paying('refunded')),
  ...errand('ask after the refund', paying('refunded'), 'inspectRefund'),
  ...turn('unwanted', 'attach to nobody', 'refunding'),
  ...errand('start the payment', paying('paid'), 'startPayment'),
  ...errand('collect', paying('paid')),
  ...errand('ask after the payment', paying('paid'), 'inspect'),
  ...turn('paid', 'attach', 'settled'),
  ...errand('say', paying('paid')),
  ...paidOut,
  ...divided,
  ...carried,
]

/** Everyday only the worst moment: the outside has answered, and nothing is written. */
const POINTS = EVERY.filter(({ moment }) => isFull || moment === 'answered')

/** Where it asks for the money a second time. */
const CARELESS: Point = {
  way: paying('paid'),
  name: 'collect under another reference',
  moment: 'answered',
  doing: { effect: 'collect' },
}

describe('a worker that dies', function () {
  this.timeout(300_000)
  let found: ReadonlyMap<Point, Found>

  before(async () => {
    const { payment } = refitOf('new reference per attempt')
    found = await sweep([CARELESS, ...POINTS], (point) => (point === CARELESS ? payment : undefined))
  })

  for (const point of POINTS)
    it(`${point.name}: money moves once`, () => {
      const after = found.get(point)
      assert.deepEqual({ ...after, tookMs: 0 }, { tookMs: 0, isOver: true, broken: {} })
      assert.ok(after && after.tookMs <= RECOVERED_WITHIN_MS, `${after?.tookMs} ms after the lease`)
    })

  it('all of them soon enough', () => {
    const took = POINTS.map((point) => found.get(point)?.tookMs ?? Number.NaN)
    console.log(
      `      ${took.length} points, recovered ${Math.max(...took)} ms after the lease at the latest`,
    )
    assert.ok(Math.max(...took) <= RECOVERED_WITHIN_MS)
  })

  it('is found out where it asks for the money under another reference', () => {
    const broken = found.get(CARELESS)?.broken ?? {}
    assert.equal(broken.charges, 2)
    assert.ok('nobody is charged twice' in broken)
  })
})
