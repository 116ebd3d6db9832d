import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'
import { startWorld, type World } from '../support/world.ts'
import { call, type Json } from './rest-client.ts'

const CUSTOMER = '+250788640001'
const WAIT_MS = 10_000

describe('a ride by REST and WebSocket, through the whole application', function () {
  this.timeout(60_000)
  let world: World
  before(async () => {
    world = await startWorld()
  })
  after(() => world.stop())

  it('from a code by SMS to the stars, paid once, every step told live', async () => {
    const { gateway } = world
    assert.equal((await call(gateway, '/v1/auth/otp', { body: { phone: CUSTOMER } })).status, 202)
    const [, code] = await world.hears(CUSTOMER, /code is (\d{6})/)
    const granted = await call(gateway, '/v1/auth/verify', { body: { phone: CUSTOMER, code } })
    const token = String(granted.data.accessToken)
    const post = async (path: string, body: unknown): Promise<Json> => {
      const reply = await call(gateway, path, { token, body })
      assert.ok(reply.status < 300, reply.text)
      return reply.data
    }
    const frames: Json[] = []
    const socket = new WebSocket(`${gateway.replace('http', 'ws')}/v1/live`)
    socket.on('message', (data) => frames.push(JSON.parse(String(data))))
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', token })))
    const told = async (what: string, is: (frame: Json) => boolean): Promise<Json> => {
      const end = Date.now() + WAIT_MS
      for (;;) {
        const frame = frames.find(is)
        if (frame) return frame
        if (Date.now() > end) throw new Error(`never told: ${what}; heard ${JSON.stringify(frames)}`)
        await sleep(20)
      }
    }
    const entered = async (state: string): Promise<Json> =>
      Object((await told(state, ({ booking }) => Object(booking).state === state)).booking)
    await told('ready', ({ type }) => type === 'ready')

    const quote = await post('/v1/bookings', { line: 'ride', given: { from: 'Remera', to: 'Kacyiru' } })
    assert.equal(quote.state, 'confirming')
    await world.post('/mtn/_scenario', { msisdn: CUSTOMER.slice(1), outcome: 'approve', delayMs: 0 })
    await post(`/v1/bookings/${quote.id}/answer`, { value: 'yes' })
    const driver = await offered(world)
    await world.text(driver, `YES ${quote.code}`)
    const booked = await entered('booked')
    assert.deepEqual([booked.id, booked.payment, booked.paid], [quote.id, 'paid', true])
    assert.equal(Object(booked.driver).phone, driver)

    await call(gateway, '/v1/auth/otp', { body: { phone: driver } })
    const [, own] = await world.hears(driver, /code is (\d{6})/)
    const wheels = await call(gateway, '/v1/auth/verify', { body: { phone: driver, code: own } })
    const position = { lat: -1.95, lng: 30.1 }
    const moved = { token: String(wheels.data.accessToken), body: position }
    assert.equal((await call(gateway, '/v1/drivers/me/position', moved)).status, 202)
    const seen = await told('the position', ({ type }) => type === 'position')
    assert.deepEqual([seen.bookingId, seen.lat, seen.lng], [quote.id, position.lat, position.lng])

    await world.text(driver, `ARRIVED ${quote.code}`)
    await told('the driver is here', ({ booking }) => Object(booking).milestone === 'here')
    await world.text(driver, `START ${quote.code} ${booked.startCode}`)
    await told('aboard', ({ booking }) => Object(booking).milestone === 'aboard')
    await world.text(driver, `DONE ${quote.code}`)
    await entered('rating')
    const rated = await post(`/v1/bookings/${quote.id}/rate`, { stars: 5 })
    assert.deepEqual([rated.state, rated.stars], ['completed', 5])
    await entered('completed')
    const paid = await world.get('/mtn/_ledger')
    assert.ok(Array.isArray(paid))
    assert.equal(
      paid.filter(({ msisdn, status }) => msisdn === CUSTOMER.slice(1) && status === 'SUCCESSFUL').length,
      1,
    )
    socket.close()
  })
})

async function offered(world: World): Promise<string> {
  const end = Date.now() + WAIT_MS
  while (Date.now() < end) {
    const row = await world.db('drivers').where({ status: 'offered' }).first('phone')
    if (row) return String(row.phone)
    await sleep(20)
  }
  throw new Error('nobody was offered the job')
}
