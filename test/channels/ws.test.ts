import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'
import { tellPerson } from '../../src/core/people/live.ts'
import { RATES } from '../../src/core/people/rates.ts'
import { booked, type Caller, caller, type Json } from './rest-client.ts'
import { type Stage, stage } from './rest-stage.ts'

const WAIT_MS = 3_000
/** Long enough for a frame that should not come to have come. */
const SILENCE_MS = 150

/** One connection, and everything it was told. */
class Ear {
  readonly frames: Json[] = []
  readonly socket: WebSocket
  closed: { code: number; reason: string } | null = null

  constructor(url: string, path = '/v1/live') {
    this.socket = new WebSocket(url.replace('http', 'ws') + path)
    this.socket.on('message', (data) => this.frames.push(JSON.parse(String(data))))
    this.socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) }
    })
    this.socket.on('error', () => {})
  }

  say(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  }

  of(type: string): Json[] {
    return this.frames.filter((frame) => frame.type === type)
  }
}

async function until<T>(what: string, look: () => T | undefined | null | false): Promise<T> {
  const end = Date.now() + WAIT_MS
  while (Date.now() < end) {
    const seen = look()
    if (seen) return seen
    await sleep(5)
  }
  throw new Error(`${what} did not come within ${WAIT_MS} ms`)
}

const closing = (ear: Ear) => until('the end', () => ear.closed)

describe('the live socket', function () {
  this.timeout(60_000)
  let house: Stage
  let by: Caller
  const ears: Ear[] = []

  before(async () => {
    house = await stage({ rates: { position: { ...RATES.position, points: 1_000 } } })
  })
  beforeEach(async () => {
    by = await caller(house)
  })
  afterEach(() => {
    for (const ear of ears.splice(0)) ear.socket.terminate()
  })
  after(() => house.stop())

  async function open(at: Stage = house): Promise<Ear> {
    const ear = new Ear(at.url)
    ears.push(ear)
    await until('the connection', () => ear.socket.readyState === WebSocket.OPEN)
    return ear
  }
  async function listening(token = by.token, at: Stage = house): Promise<Ear> {
    const ear = await open(at)
    ear.say({ type: 'hello', token })
    await until('ready', () => ear.of('ready')[0])
    return ear
  }

  it('tells the owner each change of their booking, on every connection of theirs', async () => {
    const [one, other] = [await listening(), await listening()]
    const { id } = await by.done('/v1/bookings', { line: 'ride', given: { from: 'Remera', to: 'Kacyiru' } })
    await by.done(`/v1/bookings/${id}/answer`, { value: 'no' })
    for (const ear of [one, other]) {
      await until('the cancelled booking', () =>
        ear.of('booking').some(({ booking }) => Object(booking).state === 'cancelled'),
      )
      const { booking } = ear.of('booking').at(-1) ?? {}
      const { prompt: _, error: _error, ...same } = (await by.call(`/v1/bookings/${id}`)).data
      assert.deepEqual(booking, same)
    }
    const { expiresAt } = one.of('ready')[0] ?? {}
    assert.ok(Number(expiresAt) > Date.now() + 890_000)
  })

  it('tells what happened on other channels too', async () => {
    const ear = await listening()
    for (const text of ['', '1', '1*1', '1*1*2']) await house.say('ussd', by.phone, text, 's')
    await sleep(SILENCE_MS)
    assert.deepEqual(ear.of('booking'), [], "a draft is nobody else's business")
    await house.say('ussd', by.phone, '1*1*2*1', 's')
    const { booking } = await until('the booking', () => ear.of('booking')[0])
    assert.deepEqual([Object(booking).state, Object(booking).line], ['holding', 'ride'])
    await house.say('sms', by.phone, 'CANCEL')
  })

  it('is silent about everybody else', async () => {
    const other = await caller(house)
    const [mine, foreign, unknown] = [await listening(), await listening(other.token), await open()]
    const ride = await booked(house, by)
    await house.parts.moved(ride.driver, { lat: -1.95, lng: 30.06, at: Date.now() })
    await until('the position', () => mine.of('position')[0])
    // News that went astray: the row says whose the booking is.
    await tellPerson(house.fanout, other.phone, { type: 'booking', id: ride.id })
    await sleep(SILENCE_MS)
    assert.deepEqual(
      foreign.frames.map(({ type }) => type),
      ['ready'],
    )
    assert.deepEqual(unknown.frames, [])
  })

  describe('a driver', () => {
    it('is seen by whoever waits for them, from the yes to the end, and by nobody else', async () => {
      const ear = await listening()
      const { id, code } = await by.done('/v1/bookings', {
        line: 'ride',
        given: { from: 'Remera', to: 'Kacyiru' },
      })
      await by.done(`/v1/bookings/${id}/answer`, { value: 'yes' })
      await house.settle()
      const { phone } = await house.db('drivers').where({ status: 'offered' }).first('phone')
      const driver = await caller(house, phone)
      const at = async (lat: number) => {
        const { status } = await driver.call('/v1/drivers/me/position', { body: { lat, lng: 30.1 } })
        assert.equal(status, 202)
        await sleep(SILENCE_MS)
      }
      await at(-1.91)
      assert.deepEqual(ear.of('position'), [], 'an offer is not a yes')
      await house.say('sms', phone, `YES ${code}`)
      await house.settle()
      await at(-1.92)
      const wheels = await listening(driver.token)
      wheels.say({ type: 'position', lat: -1.93, lng: 30.1 })
      await until('both positions', () => ear.of('position').length === 2)
      assert.deepEqual(
        ear.of('position').map(({ at: _, ...frame }) => frame),
        [-1.92, -1.93].map((lat) => ({ type: 'position', bookingId: id, lat, lng: 30.1 })),
      )
      const row = await house.db('drivers').where({ phone }).first(house.db.raw('at[1] as lat'))
      assert.equal(row?.lat, -1.93)
      await by.done(`/v1/bookings/${id}/cancel`)
      await house.settle()
      await at(-1.94)
      assert.equal(ear.of('position').length, 2)
    })

    it('is nobody who says so without being one', async () => {
      const ear = await listening()
      ear.say({ type: 'position', lat: 0, lng: 0 })
      assert.deepEqual(await until('the refusal', () => ear.of('problem')[0]), {
        type: 'problem',
        code: 'forbidden',
      })
    })
  })

  describe('hangs up on', () => {
    const BAD: Readonly<Record<string, readonly [said: unknown, code: number]>> = {
      'a token that is none': [{ type: 'hello', token: 'x' }, 4401],
      'a position before a hello': [{ type: 'position', lat: 0, lng: 0 }, 4401],
      'an empty token': [{ type: 'hello', token: '' }, 4400],
      'what is not JSON': ['hello', 4400],
      'a wish nobody knows': [{ type: 'subscribe', topic: 'person +250788000001' }, 4400],
      'more than was asked': [{ type: 'hello', token: 'x', role: 'admin' }, 4400],
      'a position off the Earth': [{ type: 'position', lat: 91, lng: 0 }, 4400],
      'a long message': [{ type: 'hello', token: 'x'.repeat(5_000) }, 1009],
    }
    for (const [label, [said, code]] of Object.entries(BAD))
      it(label, async () => {
        const ear = await open()
        ear.say(said)
        assert.equal((await closing(ear)).code, code)
        assert.deepEqual(ear.frames, [])
      })

    it('bytes', async () => {
      const ear = await open()
      ear.socket.send(Buffer.from('{"type":"hello","token":"x"}'))
      assert.equal((await closing(ear)).code, 4400)
    })

    it('a second hello that is somebody else’s; one’s own newer token is welcome', async () => {
      const ear = await listening()
      ear.say({ type: 'hello', token: by.token })
      await until('ready again', () => ear.of('ready').length === 2)
      ear.say({ type: 'hello', token: (await caller(house)).token })
      assert.equal((await closing(ear)).code, 4401)
    })
  })

  it('gives no socket for another path, nor for a token in the address', async () => {
    for (const path of ['/', '/v1/bookings', '/v1/live/x', '//']) {
      const ear = new Ear(house.url, path)
      assert.equal((await closing(ear)).code, 1006, path)
    }
    const ear = new Ear(house.url, `/v1/live?token=${by.token}`)
    ears.push(ear)
    await until('the connection', () => ear.socket.readyState === WebSocket.OPEN)
    await by.done('/v1/bookings', { line: 'ride' })
    await sleep(SILENCE_MS)
    assert.deepEqual(ear.frames, [])
  })

  describe('within its bounds', () => {
    let strict: Stage
    let who: Caller
    before(async () => {
      strict = await stage({
        rates: { position: RATES.position },
        live: { helloMs: 80, heartbeatMs: 60, perPerson: 2, bufferedBytes: 100_000, connections: 6 },
      })
      who = await caller(strict)
    })
    after(() => strict.stop())

    it('waits for a hello only so long', async () => {
      const ear = await open(strict)
      assert.deepEqual(await closing(ear), { code: 4401, reason: 'no hello' })
    })

    it('lets a person’s oldest connection go for the newest', async () => {
      const [first, second, third] = [
        await listening(who.token, strict),
        await listening(who.token, strict),
        await listening(who.token, strict),
      ]
      assert.equal((await closing(first)).code, 4409)
      await sleep(200)
      assert.deepEqual([second.closed, third.closed], [null, null], 'a ping was answered in time')
    })

    it('takes so many connections and no more', async () => {
      const held = await Promise.all(Array.from({ length: 6 }, () => open(strict)))
      assert.equal((await closing(new Ear(strict.url))).code, 1006)
      await Promise.all(held.map(closing))
    })

    it('hears one position a second of a driver', async () => {
      const row = await strict.db('drivers').where('line', 'ride').first('phone')
      const driver = await caller(strict, row?.phone)
      const ear = await listening(driver.token, strict)
      for (let n = 0; n < 5; n += 1) {
        ear.say({ type: 'position', lat: -1.9, lng: 30 })
        await sleep(20)
      }
      const refused = await until('refusals', () => ear.of('problem').length === 4 && ear.of('problem'))
      assert.ok(refused.every(({ code }) => code === 'too_many'))
    })

    it('drops whoever no longer answers', async () => {
      const ear = await listening(who.token, strict)
      const lost = new Promise<void>((resolve) => ear.socket.once('close', () => resolve()))
      ear.socket.pause()
      await sleep(200)
      ear.socket.resume()
      await lost
      assert.equal(ear.closed?.code, 1006)
    })

    it('drops whoever takes nothing in, and the others hear on', async () => {
      const calm = await stage({ live: { bufferedBytes: 100_000 } })
      try {
        const own = await caller(calm)
        const [slow, quick] = [await listening(own.token, calm), await listening(own.token, calm)]
        slow.socket.pause()
        const big = 'x'.repeat(60_000)
        for (let n = 0; n < 400; n += 1)
          await tellPerson(calm.fanout, own.phone, {
            type: 'position',
            bookingId: big,
            lat: 0,
            lng: 0,
            at: n,
          })
        await until('all of it', () => quick.of('position').length === 400)
        slow.socket.resume()
        assert.equal((await closing(slow)).code, 1006)
        assert.ok(slow.of('position').length < 400)
      } finally {
        await calm.stop()
      }
    })
  })

  it('ends with its token', async () => {
    const soon = await stage()
    try {
      const own = await caller(soon)
      soon.later(15 * 60_000 - 400)
      const ear = await listening(own.token, soon)
      assert.deepEqual(await closing(ear), { code: 4401, reason: 'token expired' })
      soon.later(60_000)
      const last = await open(soon)
      last.say({ type: 'hello', token: own.token })
      assert.equal((await closing(last)).code, 4401)
    } finally {
      await soon.stop()
    }
  })

  it('says goodbye when the house closes, also to those who do not answer', async () => {
    const closed = await stage({ live: { goodbyeMs: 200 } })
    const own = await caller(closed)
    const [polite, deaf] = [await listening(own.token, closed), await listening(own.token, closed)]
    deaf.socket.pause()
    const stopping = closed.stop()
    assert.deepEqual(await closing(polite), { code: 1001, reason: 'going away' })
    await stopping
  })

  it('survives a connection that breaks in the middle of a frame', async () => {
    const socket = connect(Number(new URL(house.url).port), '127.0.0.1')
    socket.write(
      'GET /v1/live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    )
    await sleep(50)
    socket.write(Buffer.from([0x81, 0x85, 1, 2]))
    socket.resetAndDestroy()
    await sleep(50)
    await listening()
  })
})
