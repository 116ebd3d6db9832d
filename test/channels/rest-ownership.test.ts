import assert from 'node:assert/strict'
import { routesOf } from '../../src/channels/rest/index.ts'
import { booked, type Caller, call, caller, owing, paying } from './rest-client.ts'
import { type Stage, stage } from './rest-stage.ts'

type Asker = 'anonymous' | 'owner' | 'other' | 'driver' | 'otherDriver' | 'admin'
const ASKERS: readonly Asker[] = ['anonymous', 'owner', 'other', 'driver', 'otherDriver', 'admin']

/** What each may do with a booking of the owner's that the driver carries out, and its payment; the cancel last. */
const MATRIX: readonly (readonly [route: string, body: object | null, Readonly<Record<Asker, number>>])[] = [
  ['getBooking', null, { anonymous: 401, owner: 200, other: 404, driver: 200, otherDriver: 404, admin: 200 }],
  // A ride has none.
  ['getTicket', null, { anonymous: 401, owner: 409, other: 404, driver: 404, otherDriver: 404, admin: 404 }],
  ['getPayment', null, { anonymous: 401, owner: 200, other: 404, driver: 404, otherDriver: 404, admin: 200 }],
  ['getInvoice', null, { anonymous: 401, owner: 200, other: 404, driver: 404, otherDriver: 404, admin: 200 }],
  ['payInvoice', null, { anonymous: 401, owner: 200, other: 404, driver: 404, otherDriver: 404, admin: 404 }],
  [
    'listInvoices',
    null,
    { anonymous: 401, owner: 200, other: 200, driver: 200, otherDriver: 200, admin: 200 },
  ],
  [
    'answerBooking',
    { value: 'x' },
    { anonymous: 401, owner: 409, other: 404, driver: 404, otherDriver: 404, admin: 404 },
  ],
  [
    'rateBooking',
    { stars: 1 },
    { anonymous: 401, owner: 409, other: 404, driver: 404, otherDriver: 404, admin: 404 },
  ],
  [
    'cancelBooking',
    null,
    { anonymous: 401, owner: 200, other: 404, driver: 404, otherDriver: 404, admin: 404 },
  ],
  [
    'createBooking',
    { line: 'ride' },
    { anonymous: 401, owner: 201, other: 201, driver: 201, otherDriver: 201, admin: 201 },
  ],
  [
    'listBookings',
    null,
    { anonymous: 401, owner: 200, other: 200, driver: 200, otherDriver: 200, admin: 200 },
  ],
  ['findPlaces', null, { anonymous: 401, owner: 200, other: 200, driver: 200, otherDriver: 200, admin: 200 }],
  [
    'moveDriver',
    { lat: -1.95, lng: 30.06 },
    { anonymous: 401, owner: 403, other: 403, driver: 202, otherDriver: 202, admin: 403 },
  ],
  [
    'sendCode',
    { phone: '+25' },
    { anonymous: 400, owner: 400, other: 400, driver: 400, otherDriver: 400, admin: 400 },
  ],
  [
    'logIn',
    { phone: '+250788999999', code: '000000' },
    { anonymous: 401, owner: 401, other: 401, driver: 401, otherDriver: 401, admin: 401 },
  ],
  [
    'refresh',
    { refreshToken: 'x' },
    { anonymous: 401, owner: 401, other: 401, driver: 401, otherDriver: 401, admin: 401 },
  ],
]

describe('REST: whose things are whose', function () {
  this.timeout(60_000)
  let house: Stage
  let ride: Awaited<ReturnType<typeof booked>>
  let paymentId: string
  let invoiceId: string
  const idIn = (path: string) =>
    path.startsWith('/v1/payments') ? paymentId : path.startsWith('/v1/invoices') ? invoiceId : ride.id
  const people = new Map<Asker, Caller>()

  before(async () => {
    house = await stage()
    const owner = await caller(house)
    ride = await booked(house, owner)
    paymentId = await paying(house, owner, ride.id)
    invoiceId = await owing(house, owner)
    const idle = await house.db('drivers').where({ status: 'free' }).first('phone')
    people.set('owner', owner)
    people.set('other', await caller(house))
    people.set('driver', await caller(house, ride.driver))
    people.set('otherDriver', await caller(house, idle?.phone))
    const admin = await caller(house)
    await house.db('admins').insert({ phone: admin.phone })
    people.set('admin', admin)
  })
  after(() => house.stop())

  it('is said for every route there is', () => {
    const names = routesOf(house.parts).map(({ name }) => name)
    assert.deepEqual(MATRIX.map(([name]) => name).sort(), names.sort())
  })

  // The owner comes last: what they do changes what the others would see.
  for (const [name, body, expected] of MATRIX)
    for (const asker of [...ASKERS].sort((a) => (a === 'owner' ? 1 : -1)))
      it(`${name} by ${asker}: ${expected[asker]}`, async () => {
        const route = routesOf(house.parts).find((one) => one.name === name)
        assert.ok(route)
        const id = idIn(route.path)
        const path = route.path.replace(':id', id)
        const token = people.get(asker)?.token
        const { status, text } = await call(house.url, path, {
          method: route.method.toUpperCase(),
          token,
          ...(route.method === 'post' ? { body: body ?? {} } : {}),
        })
        assert.equal(status, expected[asker], text)
        if (asker !== 'owner' && expected[asker] === 404) assert.ok(!text.includes(id))
      })

  it('a foreign booking or payment looks like one that is not there', async () => {
    const other = people.get('other')
    assert.ok(other)
    const shape = async (path: string) => {
      const { status, body } = await other.call(`/v1/${path}`)
      return { ...body, status, requestId: null }
    }
    const nothing = '0192f0c1a2b37c4d8e5f60718293a4b5'
    assert.deepEqual(await shape(`bookings/${ride.id}`), await shape(`bookings/bk_${nothing}`))
    assert.deepEqual(await shape(`payments/${paymentId}`), await shape(`payments/py_${nothing}`))
    assert.deepEqual(await shape(`invoices/${invoiceId}`), await shape(`invoices/iv_${nothing}`))
    // Nor is the one a way to the other.
    assert.deepEqual(await shape(`payments/${ride.id}`), await shape(`payments/py_${nothing}`))
  })

  it('the start code is the owner’s, and each list holds its caller’s own', async () => {
    const owner = await caller(house)
    const next = await booked(house, owner)
    const driver = await caller(house, next.driver)
    const admin = people.get('admin')
    const codes = await Promise.all(
      [owner, driver, admin].map(async (one) => (await one?.call(`/v1/bookings/${next.id}`))?.data),
    )
    assert.deepEqual(
      codes.map((data) => typeof data?.startCode),
      ['string', 'object', 'object'],
    )
    assert.deepEqual(
      codes.map((data) => data?.prompt === null),
      [false, true, true],
    )
    const secret = String(codes[0]?.startCode)
    assert.ok(!JSON.stringify(codes.slice(1)).includes(`"${secret}"`))
    for (const [asker, who] of people) {
      const { body } = await who.call('/v1/bookings?limit=100')
      assert.ok(Array.isArray(body.data))
      const owners = await house
        .db('instances')
        .whereIn(
          'id',
          body.data.map(({ id }) => id),
        )
        .distinct('owner')
      assert.deepEqual(owners, [{ owner: who.phone }], asker)
    }
  })

  it('a driver on the way is no longer one after it', async () => {
    const owner = await caller(house)
    const next = await booked(house, owner)
    const driver = await caller(house, next.driver)
    assert.equal((await driver.call(`/v1/bookings/${next.id}`)).status, 200)
    await owner.done(`/v1/bookings/${next.id}/cancel`)
    assert.equal((await driver.call(`/v1/bookings/${next.id}`)).status, 404)
  })
})
