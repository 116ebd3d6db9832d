import assert from 'node:assert/strict'
import { connect } from 'node:net'
import fc from 'fast-check'
import { z } from 'zod'
import { RATES } from '../../src/core/people/rates.ts'
import { booked, type Call, type Caller, call, caller, carried, logIn, newPhone } from './rest-client.ts'
import { type Stage, stage } from './rest-stage.ts'

const UNKNOWN_ID = 'bk_0192f0c1a2b37c4d8e5f60718293a4b5'
const RIDE = { line: 'ride', given: { from: 'Remera', to: 'Kacyiru' } }

/** Sends bytes as they are, and reads until the other side is done. */
const raw = (url: string, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.end(bytes))
    let text = ''
    socket.on('data', (chunk) => {
      text += String(chunk)
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })

describe('REST', function () {
  this.timeout(60_000)
  let house: Stage
  let someone: Caller
  before(async () => {
    house = await stage()
    someone = await caller(house)
  })
  after(() => house.stop())

  describe('what cannot be', () => {
    const post = (body: unknown, more: Call = {}): Call => ({ method: 'POST', body, ...more })
    const deep = '['.repeat(30_000) + ']'.repeat(30_000)
    const CASES: readonly (readonly [label: string, path: string, how: Call, expected: string])[] = [
      ['nothing of that name', '/v1/nothing', {}, '404 not_found'],
      ['the root', '/v1', {}, '404 not_found'],
      ['a path with a bad escape', '/v1/bookings/%E0%A4%A', {}, '404 not_found'],
      ['a NUL in an id', '/v1/bookings/bk_%00', {}, '404 not_found'],
      ['an id that is a path', '/v1/bookings/..%2f..%2fetc', {}, '404 not_found'],
      ['no such booking', `/v1/bookings/${UNKNOWN_ID}`, {}, '404 not_found'],
      [
        'no such booking to answer',
        `/v1/bookings/${UNKNOWN_ID}/answer`,
        post({ value: 'x' }),
        '404 not_found',
      ],
      ['a method that is not there', '/v1/bookings', { method: 'DELETE' }, '405 method_not_allowed'],
      ['a GET of what is posted', '/v1/auth/otp', {}, '405 method_not_allowed'],
      ['a PUT of a booking', `/v1/bookings/${UNKNOWN_ID}`, { method: 'PUT' }, '405 method_not_allowed'],
      ['no token', '/v1/bookings', { token: undefined }, '401 unauthorised'],
      ['a token that is none', '/v1/bookings', { token: 'x.y.z' }, '401 unauthorised'],
      ['no body', '/v1/bookings', { method: 'POST' }, '400 bad_request'],
      ['half a body', '/v1/bookings', post('{"line":"ri'), '400 bad_request'],
      [
        'a form',
        '/v1/bookings',
        post('line=ride', { headers: { 'content-type': 'text/plain' } }),
        '400 bad_request',
      ],
      ['a list', '/v1/bookings', post([]), '400 bad_request'],
      ['null', '/v1/bookings', post('null'), '400 bad_request'],
      ['very deep JSON', '/v1/bookings', post(deep), '400 bad_request'],
      ['64 KB and one byte', '/v1/bookings', post(`"${'x'.repeat(64 * 1024 - 1)}"`), '413 too_large'],
      ['a megabyte', '/v1/bookings', post(`"${'x'.repeat(1024 * 1024)}"`), '413 too_large'],
      ['a line that is not sold', '/v1/bookings', post({ line: 'rocket' }), '400 bad_request'],
      [
        'a field no line has',
        '/v1/bookings',
        post({ line: 'ride', given: { price: '1' } }),
        '400 bad_request',
      ],
      [
        'columns of ours',
        '/v1/bookings',
        post({ line: 'ride', owner: '+250788', state: 'booked' }),
        '400 bad_request',
      ],
      ['__proto__', '/v1/bookings', post('{"line":"ride","__proto__":{"x":1}}'), '400 bad_request'],
      [
        'a nested __proto__',
        '/v1/bookings',
        post('{"line":"ride","given":{"__proto__":{}}}'),
        '400 bad_request',
      ],
      [
        'an endless answer',
        '/v1/bookings',
        post({ line: 'ride', given: { from: 'x'.repeat(161) } }),
        '400 bad_request',
      ],
      [
        'an invisible answer',
        '/v1/bookings',
        post({ line: 'ride', given: { from: '\u0000\u200b' } }),
        '400 bad_request',
      ],
      ['no bookings a page', '/v1/bookings?limit=0', {}, '400 bad_request'],
      ['too many a page', '/v1/bookings?limit=101', {}, '400 bad_request'],
      ['two limits', '/v1/bookings?limit=5&limit=6', {}, '400 bad_request'],
      ['a limit that is no number', '/v1/bookings?limit=many', {}, '400 bad_request'],
      ['a cursor of nobody', '/v1/bookings?cursor=1%27%20or%201', {}, '400 bad_request'],
      ['a parameter nobody knows', '/v1/bookings?owner=%2B250788', {}, '400 bad_request'],
      ['__proto__ in the query', '/v1/bookings?__proto__=1', {}, '400 bad_request'],
      ['stars beyond five', `/v1/bookings/${UNKNOWN_ID}/rate`, post({ stars: 6 }), '400 bad_request'],
      ['half a star', `/v1/bookings/${UNKNOWN_ID}/rate`, post({ stars: 4.5 }), '400 bad_request'],
      ['stars as text', `/v1/bookings/${UNKNOWN_ID}/rate`, post({ stars: '5' }), '400 bad_request'],
      ['a phone no phone can have', '/v1/auth/otp', post({ phone: '+25078' }), '400 bad_request'],
      ['a phone that is a list', '/v1/auth/otp', post({ phone: ['+250788000001'] }), '400 bad_request'],
      ['a country we do not send to', '/v1/auth/otp', post({ phone: '+447911123456' }), '422 unprocessable'],
      [
        'a code with letters',
        '/v1/auth/verify',
        post({ phone: '+250788000001', code: '12345a' }),
        '400 bad_request',
      ],
      [
        'a code nobody sent',
        '/v1/auth/verify',
        post({ phone: '+250788000001', code: '123456' }),
        '401 unauthorised',
      ],
      ['a refresh token of nobody', '/v1/auth/refresh', post({ refreshToken: 'x' }), '401 unauthorised'],
      [
        'an idempotency key of spaces',
        '/v1/bookings',
        post(RIDE, { headers: { 'idempotency-key': 'a b' } }),
        '400 bad_request',
      ],
      [
        'an endless idempotency key',
        '/v1/bookings',
        post(RIDE, { headers: { 'idempotency-key': 'a'.repeat(65) } }),
        '400 bad_request',
      ],
      [
        'a position of somebody who does not drive',
        '/v1/drivers/me/position',
        post({ lat: 1, lng: 0 }),
        '403 forbidden',
      ],
    ]
    for (const [label, path, how, expected] of CASES)
      it(`${label}: ${expected}`, async () => {
        const { status, headers, body, text } = await call(house.url, path, { token: someone.token, ...how })
        assert.equal(`${status} ${body.code}`, expected)
        assert.equal(headers.get('content-type'), 'application/problem+json')
        const { type, title, detail: _, errors: _errors, requestId } = body
        assert.deepEqual([type, body.status], [`urn:inzira:problem:${body.code}`, status])
        assert.ok(typeof title === 'string' && requestId === headers.get('x-request-id'))
        assert.doesNotMatch(text, /node_modules|\.ts|at async|Error:/)
      })

    it('says what would be allowed, where the form is wrong, and how to log in', async () => {
      const list = await someone.call('/v1/bookings', { method: 'PATCH' })
      assert.equal(list.headers.get('allow'), 'POST, HEAD, GET')
      const bad = await someone.call('/v1/bookings', { body: { line: 'ride', given: { from: 7 } } })
      assert.deepEqual(bad.body.errors, [
        { path: 'body.given.from', message: 'Invalid input: expected string, received number' },
      ])
      const stranger = await call(house.url, '/v1/bookings')
      assert.equal(stranger.headers.get('www-authenticate'), 'Bearer')
      const large = await someone.call('/v1/bookings', { body: 'x'.repeat(70_000) })
      assert.equal(large.headers.get('connection'), 'close')
    })

    it('a body that grows without saying how long, or is no UTF-8, or ends too early', async () => {
      const head = `POST /v1/auth/otp HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`
      const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`
      const grown = await raw(
        house.url,
        `${head}transfer-encoding: chunked\r\n\r\n${chunk.repeat(3)}0\r\n\r\n`,
      )
      assert.match(grown, /^HTTP\/1.1 413 /)
      const response = await fetch(`${house.url}/v1/auth/otp`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.from([0x7b, 0xff, 0x7d]),
      })
      assert.equal(response.status, 400)
    })

    it('whatever is sent: refused as a problem, never a fault of ours', async () => {
      const { id } = await someone.done('/v1/bookings', { line: 'ride' })
      const paths = ['', `/${id}/answer`, `/${id}/rate`, `/${id}/cancel`].map((path) => `/v1/bookings${path}`)
      const text = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string(),
        fc.constantFrom('yes', 'back', '0', '@1,2'),
      )
      const body = fc.oneof(
        fc.json(),
        fc.record({
          line: fc.constantFrom('ride', 'bus'),
          given: fc.dictionary(fc.constantFrom('from', 'to', 'x'), text),
        }),
        fc.record({ value: text }),
        fc.record({ stars: fc.oneof(fc.integer(), fc.double(), text) }),
      )
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...paths, '/v1/auth/refresh', '/v1/auth/verify'),
          body,
          async (path, sent) => {
            const { status, text: answered } = await someone.call(path, { method: 'POST', body: sent })
            assert.ok(status < 500, `${status} ${answered}`)
            assert.doesNotMatch(answered, /node_modules|at async/)
          },
        ),
        { numRuns: 500 },
      )
    })

    it('shows nothing of a fault of ours but that it happened; the log has it', async () => {
      const broken = await stage({
        change: (parts) => ({
          ...parts,
          bookings: {
            ...parts.bookings,
            of: async () => Promise.reject(new Error('a secret of the cellar')),
          },
        }),
      })
      try {
        const by = await caller(broken)
        const { status, body, text } = await by.call('/v1/bookings')
        assert.deepEqual([status, body.code], [500, 'internal'])
        assert.doesNotMatch(text, /cellar/)
        const line = broken.logged.find((one) => one.includes('request_failed'))
        assert.ok(line?.includes('cellar') && line.includes(String(body.requestId)))
      } finally {
        await broken.stop()
      }
    })
  })

  it('goes by the caller’s request id where it is one, and dresses every answer', async () => {
    for (const [given, kept] of [
      ['abc-123', true],
      ['a b', false],
      ['x'.repeat(65), false],
      ['{"a":1}', false],
    ] as const) {
      const { headers, body } = await someone.call('/v1/bookings', { headers: { 'x-request-id': given } })
      assert.equal(headers.get('x-request-id') === given, kept)
      assert.deepEqual(body.meta, { requestId: headers.get('x-request-id'), next: null })
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('cache-control'), 'no-store')
      assert.equal(headers.get('content-type'), 'application/json; charset=utf-8')
      assert.equal(headers.get('x-powered-by'), null)
    }
  })

  it('answers an unknown number as a known one', async () => {
    const known = await call(house.url, '/v1/auth/otp', { body: { phone: someone.phone } })
    const unknown = await call(house.url, '/v1/auth/otp', { body: { phone: newPhone() } })
    assert.deepEqual([known.status, known.data], [unknown.status, unknown.data])
    assert.deepEqual([known.status, known.data], [202, { expiresInS: 300 }])
  })

  it('finds places by name and by stage, and knows what is asked for most', async () => {
    const named = await someone.call('/v1/places?q=kimironco')
    assert.deepEqual(Object.keys(named.body), ['data', 'meta'])
    const found: unknown = named.body.data
    assert.ok(Array.isArray(found) && found[0].name === 'Kimironko')
    assert.deepEqual(Object.keys(found[0]), ['id', 'name', 'area', 'stage', 'lat', 'lng'])
    const popular = (await someone.call('/v1/places?limit=3')).body.data
    assert.ok(Array.isArray(popular) && popular.length === 3)
    const odd = await someone.call(
      `/v1/places?q=${encodeURIComponent("'; drop table places; --")}%ED%A0%BD%00`,
    )
    assert.deepEqual(odd.body.data, [])
  })

  /** What may be said to a price; what a car costs moves with the hour. */
  const toThePrice = (shown: unknown) => {
    const label = z
      .object({ options: z.array(z.object({ value: z.string(), label: z.string() })) })
      .parse(shown).options[3]?.label
    assert.match(label ?? '', /^By car, RWF [\d,]+$/)
    return [
      { value: 'yes', label: 'Yes' },
      { value: 'cash', label: 'Yes, in cash' },
      { value: 'no', label: 'No' },
      { value: 'other', label },
    ]
  }

  describe('a ride', () => {
    it('goes from one call to the stars', async () => {
      const by = await caller(house)
      const quote = await by.done('/v1/bookings', RIDE)
      assert.deepEqual(
        [quote.state, quote.given, quote.driver, quote.startCode],
        ['confirming', RIDE.given, null, null],
      )
      assert.deepEqual(quote.prompt, {
        kind: 'choose',
        id: 'confirm',
        say: 'Moto Remera -> Kacyiru\nRWF 890',
        options: toThePrice(quote.prompt),
      })
      const other = await caller(house)
      const ride = await booked(house, other)
      const { data } = await other.call(`/v1/bookings/${ride.id}`)
      assert.deepEqual(
        [data.state, data.payment, data.paid, data.done, data.code, typeof data.startCode],
        ['booked', 'cash', false, false, ride.code, 'string'],
      )
      await carried(house, other, ride)
      assert.equal((await other.call(`/v1/bookings/${ride.id}`)).data.state, 'rating')
      const rated = await other.done(`/v1/bookings/${ride.id}/rate`, { stars: 4 })
      assert.deepEqual([rated.state, rated.stars, rated.done], ['completed', 4, true])
    })

    it('is described by these keys and no others', async () => {
      const { id } = await someone.done('/v1/bookings', RIDE)
      const { data } = await someone.call(`/v1/bookings/${id}`)
      assert.deepEqual(Object.keys(data), [
        'id',
        'code',
        'seq',
        'line',
        'state',
        'done',
        'given',
        'price',
        'payment',
        'paid',
        'agent',
        'paymentId',
        'driver',
        'passage',
        'startCode',
        'waited',
        'cashMinor',
        'milestone',
        'stars',
        'createdAt',
        'prompt',
        'error',
      ])
      assert.ok(Math.abs(Number(data.createdAt) - Date.now()) < 60_000)
    })

    it('can be asked for step by step, and taken back', async () => {
      const by = await caller(house)
      const { id, prompt } = await by.done('/v1/bookings', { line: 'ride' })
      const answer = (value: string) => by.done(`/v1/bookings/${id}/answer`, { value })
      const { options, ...question } = prompt as { options: { value: string; label: string }[] }
      assert.deepEqual(question, {
        kind: 'choose',
        id: 'from',
        say: 'Where are you? Choose, or type a place or stage number.',
        expects: 'place',
      })
      assert.equal(options.length, 5)
      assert.deepEqual((await answer(options[1]?.value ?? '')).given, { from: options[1]?.label })
      const lost = await answer('Atlantis of the deep')
      assert.deepEqual([lost.state, lost.error], ['asking', 'We do not know that place. Which area?'])
      assert.deepEqual((await answer('back')).given, {})
      assert.deepEqual((await answer('101')).given, { from: 'Nyabugogo' }, 'a stage number, not an option')
      assert.equal((await answer('Kacyiru')).state, 'confirming')
      assert.equal((await answer('no')).state, 'cancelled')
    })

    it('begun here is finished on USSD, and begun on USSD is finished here', async () => {
      const by = await caller(house)
      const { id } = await by.done('/v1/bookings', { line: 'ride', given: { from: 'Remera' } })
      const screen = await house.say('ussd', by.phone, '')
      assert.match(screen, /^CON Continue .*\n1 Yes/)
      const session = 'one-session'
      await house.say('ussd', by.phone, '', session)
      await house.say('ussd', by.phone, '1', session)
      assert.match(await house.say('ussd', by.phone, '1*Kacyiru', session), /RWF 890/)
      assert.equal((await by.call(`/v1/bookings/${id}`)).data.state, 'confirming')
      await by.done(`/v1/bookings/${id}/answer`, { value: 'no' })

      await house.say('ussd', by.phone, '', 'two')
      await house.say('ussd', by.phone, '1', 'two')
      await house.say('ussd', by.phone, '1*Remera', 'two')
      const list: unknown = (await by.call('/v1/bookings?limit=1')).body.data
      assert.ok(Array.isArray(list) && list[0].id !== id)
      const done = await by.done(`/v1/bookings/${list[0].id}/answer`, { value: 'Kacyiru' })
      assert.deepEqual([done.state, done.given], ['confirming', { from: 'Remera', to: 'Kacyiru' }])
    })

    it('refuses what means nothing now, says what would, and stays as it was', async () => {
      const by = await caller(house)
      const { id, seq } = await by.done('/v1/bookings', RIDE)
      for (const [path, body] of [
        ['answer', { value: 'perhaps' }],
        ['answer', { value: '1' }],
        ['rate', { stars: 5 }],
      ] as const) {
        const refused = await by.call(`/v1/bookings/${id}/${path}`, { body })
        assert.deepEqual(
          [refused.status, refused.body.code, refused.body.options],
          [409, 'not_applicable', toThePrice(refused.body)],
        )
      }
      assert.equal((await by.call(`/v1/bookings/${id}`)).data.seq, seq, 'nothing was written')
      await by.done(`/v1/bookings/${id}/cancel`)
      for (const [path, body] of [
        ['cancel', {}],
        ['answer', { value: 'yes' }],
        ['rate', { stars: 5 }],
      ] as const) {
        const refused = await by.call(`/v1/bookings/${id}/${path}`, { body })
        assert.deepEqual(
          [refused.status, refused.body.code, refused.body.options],
          [409, 'not_applicable', []],
        )
      }
      const asking = await by.done('/v1/bookings', { line: 'ride' })
      const stars = await by.call(`/v1/bookings/${asking.id}/rate`, { body: { stars: 5 } })
      assert.deepEqual([stars.body.code, stars.body.expects], ['not_applicable', 'place'])
    })

    it('takes odd words for what they are', async () => {
      const by = await caller(house)
      for (const from of [
        '\ud83d alone',
        'a\u0000b',
        "Robert'); drop table places;--",
        '🛵🛵',
        '٣٤٥',
        '*1*2#',
      ]) {
        const made = await by.done('/v1/bookings', { line: 'ride', given: { from } })
        assert.equal(made.state, 'asking', from)
      }
    })
  })

  describe('a list', () => {
    it('is the caller’s own, newest first, page by page', async () => {
      const by = await caller(house)
      const made: unknown[] = []
      for (let n = 0; n < 7; n += 1) made.unshift((await by.done('/v1/bookings', { line: 'ride' })).id)
      await by.done(`/v1/bookings/${made[3]}/cancel`)
      const seen: unknown[] = []
      let cursor = ''
      for (let page = 0; page < 4; page += 1) {
        const { body } = await by.call(`/v1/bookings?limit=3${cursor}`)
        assert.ok(Array.isArray(body.data))
        seen.push(...body.data.map((one) => one.id))
        const next: unknown = Object(body.meta).next
        if (next === null) break
        cursor = `&cursor=${next}`
      }
      assert.deepEqual(seen, made)
      const all = await by.call('/v1/bookings')
      assert.deepEqual(Object(all.body.meta).next, null)
    })
  })

  describe('limits', () => {
    it('hold by person and by address, and say when to come again', async () => {
      const strict = await stage({ rates: { book: RATES.book, search: RATES.search, auth: RATES.auth } })
      try {
        const [one, other] = [await caller(strict), await caller(strict)]
        const statuses = async (count: number, by: Caller, path: string, how: Call) => {
          const replies = []
          for (let n = 0; n < count; n += 1) replies.push(await by.call(path, how))
          return replies.map(({ status, headers }) => `${status} ${headers.get('retry-after') ?? ''}`.trim())
        }
        const book = await statuses(6, one, '/v1/bookings', { body: { line: 'ride' } })
        assert.deepEqual(book, [...Array(5).fill('201'), '429 60'])
        assert.equal((await other.call('/v1/bookings', { body: { line: 'ride' } })).status, 201)
        const search = await statuses(31, one, '/v1/places?q=Remera', {})
        assert.deepEqual(search, [...Array(30).fill('200'), '429 60'])
        const auth = await statuses(8, one, '/v1/auth/refresh', { body: { refreshToken: 'x' } })
        assert.deepEqual(auth, [...Array(6).fill('401'), '429 60', '429 60'], 'four were logging in')
      } finally {
        await strict.stop()
      }
    })

    it('hold for everything an address asks, also for what is not there', async () => {
      const strict = await stage({ rates: { all: RATES.all } })
      try {
        let refused = 0
        for (let n = 0; n < 105; n += 1) refused += (await call(strict.url, '/v1/no')).status === 429 ? 1 : 0
        assert.equal(refused, 5)
      } finally {
        await strict.stop()
      }
    })
  })

  it('writes no phone, code or token into its log', async () => {
    const who = newPhone()
    const { accessToken, refreshToken } = await logIn(house, who)
    await call(house.url, '/v1/auth/refresh', { body: { refreshToken } })
    await call(house.url, '/v1/bookings', {
      token: accessToken,
      body: RIDE,
      headers: { 'idempotency-key': 'k' },
    })
    const code = house.sent.findLast((one) => one.phone === who)?.code ?? ''
    const lines = house.logged.join('\n')
    assert.ok(lines.includes('"route":"createBooking"'))
    for (const secret of [who, accessToken, refreshToken, `"${code}"`])
      assert.ok(!lines.includes(secret), secret)
  })
})
