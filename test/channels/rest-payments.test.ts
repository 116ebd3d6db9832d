import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { bookingDesk } from '../../src/flows/booking/describe.ts'
import { flows } from '../../src/flows/index.ts'
import { paymentTill } from '../../src/flows/payment/describe.ts'
import { en } from '../../src/flows/words/en/index.ts'
import { movableClock } from '../support/clock.ts'
import { startWorld, type World } from '../support/world.ts'
import { phone } from './hosting.ts'
import { call, type Json } from './rest-client.ts'

const SNAPSHOTS = 'test/snapshots'
const WAIT_MS = 10_000
/** What an address may ask is limited. */
const LOOK_MS = 200

const saved = z.object({ state: z.string(), context: z.record(z.string(), z.unknown()), done: z.boolean() })
const read = async (path: string) => saved.parse(JSON.parse(await readFile(`${SNAPSHOTS}/${path}`, 'utf8')))

const OWNER = phone('+250788000009')
const PRICE = { amountMinor: 1_160, currency: 'RWF' }
const ON_ITS_WAY = 'RWF 1,160 for trip 4821 is on its way back to you.'

/** What is said of a payment that is neither late, given up nor once refused. */
const FRESH = { unsure: false, abandoned: false, fault: null, refundMoney: null, came: null }
const APPROVE = 'Approve RWF 1,160 on your phone with your mobile-money PIN. Trip 4821.'

/** By the machine's state: the public one, and the words. */
const TOLD: Readonly<Record<string, readonly [state: string, say: string]>> = {
  submitting: ['pending', APPROVE],
  unsent: ['pending', APPROVE],
  pending: ['pending', APPROVE],
  checking: ['pending', APPROVE],
  unresolved: ['checking', en.checking],
  declined: ['failed', en.provider_down],
  settled: ['paid', 'Paid RWF 1,160, trip 4821.'],
  conflicted: ['conflicted', en.checking],
  approving: ['refunding', 'We are looking at your refund of RWF 1,160 for trip 4821. We will text you.'],
  kept: ['paid', 'Paid RWF 1,160, trip 4821.'],
  refunding: ['refunding', ON_ITS_WAY],
  returning: ['refunding', ON_ITS_WAY],
  checkingRefund: ['refunding', ON_ITS_WAY],
  refused: ['refunding', ON_ITS_WAY],
  refunded: ['refunded', 'RWF 1,160 for trip 4821 was sent back to you.'],
  handed: ['refunded', 'RWF 1,160 for trip 4821 was sent back to you.'],
  owed: ['owed', 'We could not send RWF 1,160 for trip 4821 back yet. We owe it to you: call 3847.'],
}

const told = async (state: string, change: object = {}, language = 'en') => {
  const { context } = await read(`payment/4/${state}.json`)
  const now = { id: 'py_1', owner: OWNER, state, context: { ...context, ...FRESH, ...change } }
  return paymentTill.describe(now, language)
}

describe('REST: what is told of a payment', () => {
  it('is said for every state there is', async () => {
    const files = await readdir(`${SNAPSHOTS}/payment/4`)
    assert.deepEqual(files.map((name) => name.replace('.json', '')).sort(), Object.keys(TOLD).sort())
  })

  for (const [machine, [state, say]] of Object.entries(TOLD))
    it(`${machine} is ${state}`, async () => {
      const isBack = ['refunding', 'refunded', 'owed'].includes(state)
      const shown = { id: 'py_1', bookingId: 'bk_1', provider: 'mtn', state, money: PRICE, say }
      assert.deepEqual(await told(machine), { ...shown, refund: isBack ? { state, money: PRICE } : null })
    })

  for (const machine of ['submitting', 'unsent', 'pending', 'checking'])
    for (const change of [{ unsure: true }, { abandoned: true }, { fault: 'payer_timeout' }])
      it(`${machine} is checking once it is ${Object.keys(change)}`, async () => {
        const { state, say } = await told(machine, change)
        assert.deepEqual([state, say], ['checking', en.checking])
      })

  it('names why it failed, and how much of it goes back', async () => {
    assert.equal((await told('declined', { fault: 'wrong_pin' })).say, en.wrong_pin)
    const part = { amountMinor: 300, currency: 'RWF' }
    const { money, refund, say } = await told('refunding', { refundMoney: part })
    assert.deepEqual([money, refund], [PRICE, { state: 'refunding', money: part }])
    assert.match(String(say), /^RWF 300 /)
  })

  it('is in the language of who asks', async () => {
    assert.equal((await told('settled', {}, 'rw')).say, 'Wishyuye RWF 1,160, urugendo 4821.')
    assert.equal((await told('unresolved', {}, 'rw')).say, 'Turabaza ikigo cyawe. Ntiwongere kwishyura.')
  })

  it('begins with the booking, which names it to its owner, not to its driver', async () => {
    const booked = {
      ...(await read(`booking/${flows.booking.version}/booked.json`)),
      id: `bk_${'0'.repeat(32)}`,
      seq: 9,
      code: '4821',
    }
    const seen = (['owner', 'admin', 'driver'] as const).map(
      (viewer) => bookingDesk.describe({ ...booked, owner: OWNER }, viewer).paymentId,
    )
    assert.deepEqual(seen, ['py_0', 'py_0', null])
  })
})

describe('REST: a payment through the whole application', function () {
  this.timeout(60_000)
  const clock = movableClock()
  let world: World
  before(async () => {
    world = await startWorld({}, clock)
  })
  after(() => world.stop())

  /** The wallet's payer, who is late, takes six minutes. */
  async function later(ms: number): Promise<void> {
    clock.advance(ms)
    await world.post('/_clock', { advanceMs: ms })
  }

  /** Books a ride up to its payment. @returns what asks after it, and the payment's id */
  async function ride(customer: string, outcome: string) {
    await world.post('/mtn/_scenario', { msisdn: customer.slice(1), outcome, delayMs: 0 })
    await call(world.gateway, '/v1/auth/otp', { body: { phone: customer } })
    const [, code] = await world.hears(customer, /code is (\d{6})/)
    const { data } = await call(world.gateway, '/v1/auth/verify', { body: { phone: customer, code } })
    const token = String(data.accessToken)
    const ask = async (path: string, body?: object): Promise<Json> => {
      const reply = await call(world.gateway, path, { token, body })
      assert.ok(reply.status < 300, reply.text)
      return reply.data
    }
    const made = await ask('/v1/bookings', { line: 'ride', given: { from: 'Remera', to: 'Kacyiru' } })
    assert.equal(made.paymentId, null)
    await ask(`/v1/bookings/${made.id}/answer`, { value: 'yes' })
    const driver = await until('an offer', async () => {
      const row = await world.db('drivers').where({ status: 'offered' }).first('phone')
      return row && String(row.phone)
    })
    await world.text(driver, `YES ${made.code}`)
    const booking = () => ask(`/v1/bookings/${made.id}`)
    const { paymentId } = await until('a payment', async () => {
      const now = await booking()
      return now.paymentId === null ? undefined : now
    })
    const payment = () => ask(`/v1/payments/${paymentId}`)
    const becomes = (state: string) =>
      until(state, async () => {
        const now = await payment()
        return now.state === state ? now : undefined
      })
    return { id: made.id, ask, booking, payment, becomes }
  }

  it('is paid, cancelled and given back', async () => {
    const { id, ask, becomes } = await ride('+250788650001', 'approve')
    const paid = await becomes('paid')
    assert.deepEqual([paid.bookingId, paid.provider, paid.refund], [id, 'mtn', null])
    await ask(`/v1/bookings/${id}/cancel`, {})
    const refunded = await becomes('refunded')
    assert.deepEqual(refunded.refund, { state: 'refunded', money: paid.money })
  })

  it('is refused, and says why', async () => {
    const { becomes } = await ride('+250788650002', 'decline')
    assert.equal((await becomes('failed')).say, en.payer_declined)
  })

  it('is not known after five minutes: the payment and its booking say the same, until it is known', async () => {
    const { booking, payment, becomes } = await ride('+250788650003', 'late')
    const said = async () => Object((await booking()).prompt).say
    await becomes('pending')
    assert.match(await said(), /^Approve /)
    await later(310_000)
    await becomes('checking')
    await until('the same words', async () => (await said()) === (await payment()).say || undefined)
    assert.equal(await said(), en.checking)
    assert.equal((await booking()).state, 'paying')
    await later(70_000)
    await becomes('paid')
    await until('the ride', async () => (await booking()).state === 'booked' || undefined)
  })
})

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; await sleep(LOOK_MS)) {
    const found = await look()
    if (found !== undefined) return found
  }
  throw new Error(`${what}: not in time`)
}
