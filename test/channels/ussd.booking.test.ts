import assert from 'node:assert/strict'
import { z } from 'zod'
import { USSD_GATEWAYS } from '../../src/core/base/channels.ts'
import { startWorld, type World } from '../support/world.ts'

const shown = z.object({
  sessionId: z.string(),
  kind: z.string(),
  text: z.string(),
  all: z.array(z.object({ kind: z.string(), text: z.string() })),
})
type Shown = z.infer<typeof shown>

/** Dial, ride, pick-up, drop-off, yes. */
const KEYS = ['1', '1', '2', '1'] as const
const FOUND = 'Finding a rider. We will text you.'

describe('a ride, booked through', function () {
  this.timeout(60_000)
  let world: World
  let aheadMs = 0
  let callers = 0

  before(async () => {
    // Time stands still but for what people take: how long the machine takes must not tell a repetition.
    const startedAt = Date.now()
    const clock = { now: () => startedAt + aheadMs }
    world = await startWorld({ USSD_GATEWAYS: USSD_GATEWAYS.join(',') }, clock)
  })
  after(() => world.stop())

  const freshPhone = () => {
    callers += 1
    return `+25078844${String(callers).padStart(4, '0')}`
  }
  const hand = (name: string, doing: string, body: object) =>
    world.post(`/ussd/${name}/_handset/${doing}`, body)
  const bookings = (owner: string) => world.db('instances').where({ owner, flow: 'booking' })

  /** A phone on that network. Somebody reads a screen for five seconds before they answer it. */
  function phoneOn(name: string, phone = freshPhone()) {
    let sessionId = ''
    const ask = async (doing: string, body: object): Promise<Shown> => {
      const screen = shown.parse(await hand(name, doing, body))
      sessionId = screen.sessionId
      return screen
    }
    return {
      phone,
      id: () => sessionId,
      dial: (code = '*384*77#', more: object = {}) => ask('dial', { phone, code, ...more }),
      again: (hop?: number) => ask('again', { sessionId, ...(hop !== undefined && { hop }) }),
      hangUp: (how: string) => hand(name, 'hangup', { sessionId, how }),
      key(input: string, copies = 1, afterMs = 5_000) {
        aheadMs += afterMs
        return ask('reply', { sessionId, input, copies })
      },
    }
  }
  const same = (one: Shown, other: Shown | undefined) =>
    assert.deepEqual([one.kind, one.text], [other?.kind, other?.text])

  for (const name of USSD_GATEWAYS)
    describe(name, () => {
      it('finds a rider', async () => {
        const on = phoneOn(name)
        assert.match((await on.dial()).text, /^Inzira.*\n1 Ride/)
        for (const key of KEYS.slice(0, -1)) assert.equal((await on.key(key)).kind, 'CON')
        const last = await on.key('1')
        assert.deepEqual([last.kind, last.text], ['END', FOUND])
        assert.equal((await bookings(on.phone)).length, 1)
      })

      it('is the same for who repeats every hop, at once, later, and after newer ones', async () => {
        const on = phoneOn(name)
        const screens = [await on.dial()]
        same(await on.again(), screens[0])
        for (const key of KEYS) {
          const screen = await on.key(key, 3)
          for (const one of screen.all) same({ ...screen, ...one }, screen)
          same(await on.again(), screen)
          screens.push(screen)
        }
        assert.equal((await bookings(on.phone)).length, 1)
      })

      it('is the same for who hears an older hop after a newer one', async () => {
        const on = phoneOn(name)
        const first = await on.dial()
        const second = await on.key('1', 1, 1_000)
        const third = await on.key('2', 1, 1_000)
        for (const [hop, screen] of [
          [1, second],
          [0, first],
          [2, third],
        ] as const)
          same(await on.again(hop), screen)
        assert.match((await on.key('1')).text, /^Moto /)
      })

      it('begins with a dialled short-cut where the network carries it', async () => {
        const on = phoneOn(name)
        const first = await on.dial('*384*77*1*2#')
        assert.match(first.text, name === 'aat' ? /^Inzira/ : /^Where to\?/)
      })

      it('is nobody else’s where a session’s name comes again', async () => {
        const one = phoneOn(name)
        await one.dial()
        for (const key of ['1', '2']) await one.key(key)
        const other = phoneOn(name)
        assert.match((await other.dial('*384*77#', { sessionId: one.id() })).text, /^Inzira/)
        const screen = await other.key('1')
        assert.match(screen.text, /^Where are you\?/)
        assert.equal((await bookings(other.phone)).length, 1)
      })

      it('is booked once where the answer to the yes is lost, and the network asks again', async () => {
        const on = phoneOn(name)
        await on.dial()
        for (const key of KEYS.slice(0, -1)) await on.key(key)
        await world.post('/ussd/_scenario', {
          msisdn: on.phone,
          fault: 'drop',
          on: 'hop',
          after: true,
          times: 1,
        })
        assert.match((await on.key('1')).text, /^Connection problem/)
        assert.equal((await on.again()).text, FOUND)
        assert.equal((await bookings(on.phone)).length, 1)
      })

      it('is left open by who hangs up, and gone on with by who comes again', async () => {
        const on = phoneOn(name)
        await on.dial()
        for (const key of ['1', '2']) await on.key(key)
        await on.hangUp('abort')
        aheadMs += 5_000
        assert.match((await on.dial()).text, /^Continue Moto ride\?/)
        assert.match((await on.key('1')).text, /^Where to\?/)
      })
    })

  for (const name of ['hubtel', 'truroute', 'airtel', 'ideamart'] as const)
    it(`ends politely by ${name} while the database hangs`, async () => {
      const on = phoneOn(name)
      await on.dial()
      const blocker = await world.db.transaction()
      await blocker.raw('select * from conversations where person = ? for update', [on.phone])
      const screen = await on.key('1').finally(() => blocker.rollback())
      assert.deepEqual([screen.kind, screen.text], ['END', 'We are working on it. We will text you.'])
    })

  it('never cancels by a key that comes once more after the end', async () => {
    const on = phoneOn('arkesel')
    await on.dial()
    for (const key of KEYS) await on.key(key)
    aheadMs += 60_000
    assert.equal((await on.again()).kind, 'END')
    const [booking] = await bookings(on.phone)
    assert.notEqual(booking.state, 'cancelled')
    assert.equal(booking.done, false)
  })
})
