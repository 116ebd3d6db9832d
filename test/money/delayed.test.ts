import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { tellDay } from '../../src/core/base/day.ts'
import { rides } from '../laws/rides.ts'
import { typed } from '../support/terminal.ts'
import { startWorld, type World } from '../support/world.ts'

const MINUTE_MS = 60_000
const PATIENCE_MS = 8_000
const LOOK_MS = 50
const AMINA = '+250788004100'
const KIGALI = 'Africa/Kigali'
/** Too near to be called off by who travels. */
const SOON = Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS + 90 * MINUTE_MS

describe('a bus that leaves late', function () {
  this.timeout(120_000)
  let world: World
  before(async () => {
    world = await startWorld()
    await world.post('/mtn/_scenario', { msisdn: '*', outcome: 'approve', delayMs: 40 })
    await world.db('departures').delete()
    await world.db('departures').insert({
      ...{ id: 'soon', route: 'rw-kigali-huye', leaves_at: SOON, plate: 'RAH 101 C' },
      ...{ conductor: '+250788004199', seats: 29 },
    })
    const amina = rides(world, AMINA)
    for (const words of ['BUS Kigali to Huye', '1', '1', 'YES']) await amina.say(words)
    await amina.is('booked')
  })
  after(() => world.stop())

  const delay = (lateMs: number) =>
    typed(world.databaseUrl, 'departures', [
      ...['delay', 'soon', tellDay(SOON + lateMs, KIGALI), 'Alice U.', 'a flat tyre'],
    ])
  const heard = async (what: RegExp) => (await world.inbox(AMINA)).filter((text) => what.test(text)).length
  const journey = async () => {
    const [row] = await world.db('instances').where({ owner: AMINA, flow: 'tracking' })
    const { leavesAt, remindAt } = row.context.driver.passage
    return { state: row.state, leavesAt, remindAt, deadlineAt: Number(row.deadline_at) }
  }

  it('by less than an hour is told once, and goes by its new hour', async () => {
    assert.match((await delay(20 * MINUTE_MS)).text, /soon leaves .*: 1 of 1 bookings are told/)
    const when = tellDay(SOON + 20 * MINUTE_MS, KIGALI)
    await world.hears(AMINA, new RegExp(`leaves later: ${when}`))
    const { state, leavesAt, remindAt, deadlineAt } = await journey()
    assert.deepEqual([state, leavesAt, remindAt], ['assigned', SOON + 20 * MINUTE_MS, []])
    // Whoever is not aboard by an hour after it left has missed it.
    assert.ok(deadlineAt >= leavesAt + 60 * MINUTE_MS && deadlineAt < leavesAt + 62 * MINUTE_MS)
    await delay(20 * MINUTE_MS)
    await world.text(AMINA, 'CANCEL')
    await world.hears(AMINA, /too late to cancel/)
    assert.equal(await heard(/leaves later/), 1)
  })

  it('by an hour or more gives all money back to who cancels', async () => {
    assert.equal((await delay(90 * MINUTE_MS)).code, 0)
    await world.hears(AMINA, /leaves much later.*before it leaves/)
    await world.text(AMINA, 'CANCEL')
    await rides(world, AMINA).is('cancelled')
    await world.hears(AMINA, /is cancelled\. RWF .* comes back to you/)
    const legs = async () => Number((await world.db('seat_legs').count().first())?.count)
    // A worker frees them behind the answer.
    for (const end = Date.now() + PATIENCE_MS; (await legs()) > 0 && Date.now() < end; ) await sleep(LOOK_MS)
    assert.equal(await legs(), 0)
  })

  it('leaves neither earlier nor half a day later, and only when somebody says so', async () => {
    for (const lateMs of [30 * MINUTE_MS, 14 * 60 * MINUTE_MS])
      assert.match((await delay(lateMs)).text, /is no hour within 12 hours/)
    const words = ['delay', 'soon', '23:59', 'Alice U.']
    assert.equal((await typed(world.databaseUrl, 'departures', words)).code, 2)
    const none = ['delay', 'never', '23:59', 'Alice U.', 'a flat tyre']
    assert.equal((await typed(world.databaseUrl, 'departures', none)).code, 1)
  })
})
