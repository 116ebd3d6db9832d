import assert from 'node:assert/strict'
import { z } from 'zod'
import { startWorld, type World } from '../support/world.ts'
import { balances, replayAll } from './journals.ts'
import { rides } from './rides.ts'

const payments = z.array(z.object({ kind: z.string(), amount: z.string(), status: z.string() }))
const settings = { msisdn: '*', outcome: 'approve', delayMs: 0 }

describe('what was written down is what happened', function () {
  this.timeout(60_000)
  let world: World

  before(async () => {
    world = await startWorld()
    await world.post('/mtn/_scenario', settings)
  })
  after(() => world.stop())

  it('a ride paid before it began, one paid in cash, one given back, one that nobody took', async () => {
    const paid = rides(world, '+250788000101')
    await paid.book('Nyabugogo', 'Kimironko')
    await paid.drives((await paid.accepts()).phone)

    const cash = rides(world, '+250788000102')
    await world.post('/mtn/_scenario', { ...settings, msisdn: '250788000102', outcome: 'decline' })
    await cash.book('Remera', 'Kacyiru')
    await cash.declines()
    const { phone } = await cash.accepts()
    await cash.is('unpaid')
    await cash.say('1')
    await cash.is('unpaid')
    await cash.say('2')
    await cash.drives(phone)

    const returned = rides(world, '+250788000103')
    await returned.book('Gisozi', 'Airport')
    await returned.accepts()
    await returned.is('booked')
    await returned.say('CANCEL')
    await returned.is('cancelled')
    await world.hears('+250788000103', /was sent back to you/)

    const refused = rides(world, '+250788000104')
    await world.db('drivers').update({ status: 'off', journey: null })
    await refused.book('Gikondo', 'CHUK')
    await refused.is('refused')
  })

  it('rebuilds every booking, payment and journey, to the last key', async () => {
    const states = await replayAll(world.db)
    for (const state of ['completed', 'cancelled', 'refused'])
      assert.ok(states.includes(`booking ${state}`), state)
    for (const state of ['settled', 'declined', 'refunded'])
      assert.ok(states.includes(`payment ${state}`), state)
    for (const state of ['done', 'failed']) assert.ok(states.includes(`tracking ${state}`), state)
  })

  it('sums to zero, and to what the operator holds', async () => {
    const moved = payments
      .parse(await world.get('/mtn/_ledger'))
      .filter(({ status }) => status === 'SUCCESSFUL')
    const held = moved.reduce(
      (sum, { kind, amount }) => sum + (kind === 'collect' ? 1 : -1) * Number(amount),
      0,
    )
    const accounts = await balances(world.db)
    assert.ok(held > 0)
    const { commission = 0, unearned, 'provider:mtn': atProvider, ...drivers } = accounts
    const earned = Object.entries(drivers).reduce((sum, [name, amount]) => {
      assert.match(name, /^driver:dr_/)
      return sum + amount
    }, 0)
    // Of a fare in cash the driver owes the operator's part, so all of them and the operator have what came in.
    assert.ok(commission < 0)
    assert.deepEqual([atProvider, unearned, earned + commission], [held, 0, -held])
  })
})
