import assert from 'node:assert/strict'
import { type Caller, caller } from './rest-client.ts'
import { type Stage, stage } from './rest-stage.ts'

const RIDE = { line: 'ride', given: { from: 'Remera', to: 'Kacyiru' } }

describe('REST: the same request again', function () {
  this.timeout(60_000)
  let house: Stage
  let by: Caller
  let keys = 0
  before(async () => {
    house = await stage()
  })
  beforeEach(async () => {
    by = await caller(house)
  })
  after(() => house.stop())

  const newKey = () => ({ 'idempotency-key': `key-${++keys}` })
  const made = async () =>
    Number((await house.db('instances').where({ owner: by.phone }).count('* as n').first())?.n)

  it('gets the same bytes, and is done once', async () => {
    const headers = newKey()
    const first = await by.call('/v1/bookings', { body: RIDE, headers })
    const second = await by.call('/v1/bookings', { body: RIDE, headers })
    assert.deepEqual([first.status, second.status], [201, 201])
    assert.equal(second.text, first.text)
    assert.deepEqual(
      [first, second].map((one) => one.headers.get('idempotent-replayed')),
      [null, 'true'],
    )
    assert.notEqual(first.headers.get('x-request-id'), second.headers.get('x-request-id'))
    assert.equal(await made(), 1)
  })

  it('gets the same refusal, until another key is used', async () => {
    const { id } = await by.done('/v1/bookings', RIDE)
    const headers = newKey()
    const answer = (more: object) =>
      by.call(`/v1/bookings/${id}/rate`, { body: { stars: 5 }, headers: { ...headers, ...more } })
    const [first, second, fresh] = [await answer({}), await answer({}), await answer(newKey())]
    assert.deepEqual([first.status, first.body.code], [409, 'not_applicable'])
    assert.deepEqual(
      [second.text, second.headers.get('content-type')],
      [first.text, 'application/problem+json'],
    )
    assert.notEqual(fresh.text, first.text)
  })

  it('is another request when anything of it differs', async () => {
    const headers = newKey()
    const { data } = await by.call('/v1/bookings', { body: RIDE, headers })
    for (const [path, body] of [
      ['/v1/bookings', { line: 'ride' }],
      ['/v1/bookings', `${JSON.stringify(RIDE)} `],
      [`/v1/bookings/${data.id}/answer`, RIDE],
      [`/v1/bookings/${data.id}/cancel`, RIDE],
    ] as const) {
      const { status, body: problem } = await by.call(path, { body, headers })
      const expected = path.endsWith('/answer') ? '400 bad_request' : '422 key_reused'
      assert.equal(`${status} ${problem.code}`, expected, path)
    }
    assert.equal(await made(), 1)
  })

  it('is nobody else’s, though the key be the same', async () => {
    const headers = newKey()
    const mine = await by.call('/v1/bookings', { body: RIDE, headers })
    const other = await caller(house)
    const theirs = await other.call('/v1/bookings', { body: RIDE, headers })
    assert.equal(theirs.status, 201)
    assert.notEqual(theirs.data.id, mine.data.id)
  })

  it('at once ten times is one booking; the rest are told to wait, and then get its answer', async () => {
    const headers = newKey()
    const ask = () => by.call('/v1/bookings', { body: RIDE, headers })
    const replies = await Promise.all(Array.from({ length: 10 }, ask))
    const statuses = new Set(replies.map(({ status }) => status))
    assert.ok(statuses.has(201) && [...statuses].every((status) => status === 201 || status === 409))
    for (const { status, body, headers: answered } of replies)
      if (status === 409) assert.deepEqual([body.code, answered.get('retry-after')], ['conflict', '1'])
    const after = await ask()
    assert.equal(after.text, replies.find(({ status }) => status === 201)?.text)
    assert.equal(await made(), 1)
  })

  it('whose form was wrong may come again under its key, put right', async () => {
    const headers = newKey()
    assert.equal((await by.call('/v1/bookings', { body: { line: 'rocket' }, headers })).status, 400)
    assert.equal((await by.call('/v1/bookings', { body: RIDE, headers })).status, 201)
  })

  it('answers once, cancels once', async () => {
    const { id } = await by.done('/v1/bookings', { line: 'ride' })
    for (const [path, body] of [
      ['answer', { value: 'Remera' }],
      ['answer', { value: 'Kacyiru' }],
      ['cancel', {}],
    ] as const) {
      const headers = newKey()
      const first = await by.call(`/v1/bookings/${id}/${path}`, { body, headers })
      assert.equal(first.status, 200, first.text)
      assert.equal((await by.call(`/v1/bookings/${id}/${path}`, { body, headers })).text, first.text)
    }
  })

  describe('after a crash', () => {
    /** Between the commit and the keeping of the answer: all that is left is the row as it was begun. */
    const crash = (headers: Record<string, string>, more: object = {}) =>
      house
        .db('idempotency_keys')
        .where({ owner: by.phone, key: headers['idempotency-key'] })
        .update({ status: null, body: null, ...more })

    it('finds the booking it had made', async () => {
      const headers = newKey()
      const first = await by.call('/v1/bookings', { body: RIDE, headers })
      await crash(headers)
      assert.equal(
        (await by.call('/v1/bookings', { body: RIDE, headers })).body.code,
        'conflict',
        'it may still run',
      )
      house.later(15_000)
      const second = await by.call('/v1/bookings', { body: RIDE, headers })
      assert.deepEqual([second.status, second.data], [201, first.data])
      assert.equal(await made(), 1)
    })

    it('does an answer no second time', async () => {
      const { id } = await by.done('/v1/bookings', { line: 'ride' })
      const headers = newKey()
      const ask = () => by.call(`/v1/bookings/${id}/answer`, { body: { value: 'Remera' }, headers })
      const { data } = await ask()
      await crash(headers, { leased_until: 0 })
      assert.deepEqual((await ask()).data, data)
    })

    it('with the key forgotten, refuses rather than books again', async () => {
      const headers = newKey()
      await by.call('/v1/bookings', { body: RIDE, headers })
      await house.db('idempotency_keys').where({ owner: by.phone }).del()
      const { status, body } = await by.call('/v1/bookings', { body: RIDE, headers })
      assert.equal(`${status} ${body.code}`, '422 key_reused')
      assert.equal(await made(), 1)
    })
  })

  it('of somebody whose turn takes too long is unavailable, and its answer is there later', async () => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow = await stage({
      change: (parts) => ({
        ...parts,
        gateway: {
          act: (inbound, doing) =>
            parts.gateway.act(inbound, async (turn, before) => {
              await gate
              return doing(turn, before)
            }),
        },
      }),
    })
    try {
      by = await caller(slow)
      const headers = newKey()
      const ask = () => by.call('/v1/bookings', { body: RIDE, headers })
      const late = await ask()
      assert.deepEqual(
        [late.status, late.body.code, late.headers.get('retry-after')],
        [503, 'unavailable', '2'],
      )
      release()
      const after = await ask()
      assert.equal(after.status, 201)
      await slow.settle()
      assert.equal((await by.call(`/v1/bookings/${after.data.id}`)).data.state, 'confirming')
      const rows = await slow.db('instances').where({ owner: by.phone })
      assert.deepEqual(
        rows.map(({ id }) => id),
        [after.data.id],
      )
    } finally {
      release()
      await slow.stop()
    }
  })
})
