import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { freshPhone, type Stage, stage } from './stage.ts'
import { basic, KEY, type View, wallet } from './wallet.ts'

const HOST = 'INVALID_CALLBACK_URL_HOST'

describe('simulated MTN MoMo: who may ask', () => {
  let on: Stage
  beforeEach(async () => {
    on = await stage()
  })
  afterEach(() => on.stop())

  it('provisions a user and a key, and gives tokens for them', async () => {
    const id = randomUUID()
    const created = await on.post(
      '/mtn/v1_0/apiuser',
      { providerCallbackHost: 'x.rw' },
      { ...KEY, 'x-reference-id': id },
    )
    assert.deepEqual([created.status, created.body], [201, ''])
    const described = await on.get(`/mtn/v1_0/apiuser/${id}`, KEY)
    assert.deepEqual(described.json, { providerCallbackHost: 'x.rw', targetEnvironment: 'sandbox' })
    const { status, json } = await on.post<{ apiKey: string }>(
      `/mtn/v1_0/apiuser/${id}/apikey`,
      undefined,
      KEY,
    )
    assert.equal(status, 201)
    const token = await on.post<{ access_token: string }>(
      '/mtn/collection/token/',
      undefined,
      basic(id, json.apiKey),
    )
    assert.equal(token.status, 200)
    assert.deepEqual(
      { ...token.json, access_token: '' },
      { access_token: '', token_type: 'access_token', expires_in: 3600 },
    )
    const bearer = { authorization: `Bearer ${token.json.access_token}` }
    const { collect } = wallet(on, '250788000001')
    assert.equal((await collect({}, { ...bearer, 'x-callback-url': 'http://x.rw/' })).json.code, HOST)
    await on.post(`/mtn/v1_0/apiuser/${id}/apikey`, undefined, KEY)
    assert.equal((await collect({}, bearer)).status, 401)
    assert.equal((await on.post('/mtn/collection/token/', undefined, basic(id, json.apiKey))).status, 401)
  })

  for (const [name, headers, body, status] of [
    ['a wrong key', basic('inzira', 'nope'), undefined, 401],
    ['an unknown user', basic('nobody', 'inzira-key'), undefined, 401],
    ['no subscription key', { authorization: basic('inzira', 'inzira-key').authorization }, undefined, 401],
    ['a body', basic('inzira', 'inzira-key'), '{}', 400],
  ] as const) {
    it(`gives no token for ${name}`, async () => {
      assert.equal((await on.post('/mtn/collection/token/', body, headers)).status, status)
    })
  }

  for (const [name, more, status] of [
    ['no subscription key', { 'ocp-apim-subscription-key': '' }, 401],
    ['no token', { authorization: '' }, 401],
    ['an invented token', { authorization: 'Bearer nope' }, 401],
    ['another environment', { 'x-target-environment': 'mtnuganda' }, 500],
    ['a reference that is no UUID', { 'x-reference-id': '123' }, 400],
    ['a UUID of version 1', { 'x-reference-id': '6f0f8b1e-8b0c-1a53-9d3e-3f6f1b0f8f11' }, 400],
    ['an empty callback', { 'x-callback-url': '' }, 400],
    ['a foreign callback', { 'x-callback-url': 'http://example.com/x' }, 500],
  ] as const) {
    it(`refuses a payment with ${name}`, async () => {
      const { collect, ledger } = wallet(on, '250788000001')
      assert.equal((await collect({}, more)).status, status)
      assert.deepEqual(await ledger(), [])
    })
  }

  it('keeps a token to its product and its hour', async () => {
    const { collect, headers, refund } = wallet(on, '250788000001')
    const { authorization } = await headers('disbursement')
    assert.equal((await collect({}, { authorization })).status, 401)
    assert.equal((await refund(randomUUID(), '1')).status, 202)
    assert.equal((await collect()).status, 202)
    await on.advance(3_600_000)
    assert.equal((await collect()).status, 401)
  })

  for (const [name, change, status] of [
    ['an amount that is a number', { amount: 1000 }, 400],
    ['an amount of zero', { amount: '0' }, 400],
    ['a negative amount', { amount: '-5' }, 400],
    ['a comma in the amount', { amount: '1,000' }, 400],
    ['the wrong currency', { currency: 'EUR' }, 500],
    ['a plus in the payer', { payer: { partyIdType: 'MSISDN', partyId: '+250788000001' } }, 400],
    ['no payer', { payer: undefined }, 400],
    ['an apostrophe in the message', { payerMessage: "Moto d'ici" }, 400],
    ['a note of 161', { payeeNote: 'a'.repeat(161) }, 400],
    ['no externalId', { externalId: undefined }, 400],
  ] as const) {
    it(`refuses ${name}`, async () => {
      const { collect, ledger } = wallet(on, '250788000001')
      const got = await collect(change)
      assert.equal(got.status, status)
      assert.deepEqual(Object.keys(got.json), ['code', 'message'])
      assert.deepEqual(await ledger(), [])
    })
  }

  it('takes EUR in the sandbox', async () => {
    const more = { 'x-target-environment': 'sandbox' }
    assert.equal((await wallet(on, '250788000001').collect({ currency: 'EUR' }, more)).status, 202)
  })

  it('refuses a callback to a host that was not registered', async () => {
    const id = randomUUID()
    await on.post('/mtn/v1_0/apiuser', { providerCallbackHost: 'x.rw' }, { ...KEY, 'x-reference-id': id })
    const key = (await on.post<{ apiKey: string }>(`/mtn/v1_0/apiuser/${id}/apikey`, undefined, KEY)).json
      .apiKey
    const path = '/mtn/collection/token/'
    const token = (await on.post<{ access_token: string }>(path, undefined, basic(id, key))).json.access_token
    const { status, json } = await wallet(on, '250788000001').collect(
      {},
      { authorization: `Bearer ${token}` },
    )
    assert.deepEqual([status, json.code], [500, HOST])
  })

  it('answers ten status questions a second when told to, then 429', async () => {
    const limited = await stage({ mtnStatusRps: 10 })
    try {
      const { collect, look } = wallet(limited, '250788000001')
      const { reference } = await collect()
      const asked = await Promise.all(Array.from({ length: 12 }, () => look(reference)))
      assert.equal(asked.filter(({ status }) => status === 429).length, 2)
      await limited.advance(1_000)
      assert.equal((await look(reference)).status, 200)
    } finally {
      await limited.stop()
    }
  })
})

describe('simulated MTN MoMo: a payment', () => {
  let on: Stage
  let msisdn: string
  let momo: ReturnType<typeof wallet>

  beforeEach(async () => {
    on = await stage()
    msisdn = freshPhone().slice(1)
    momo = wallet(on, msisdn)
  })
  afterEach(() => on.stop())

  const told = (reference: string) => on.heard(`/told/${reference}`).map((hit): View => JSON.parse(hit.body))

  it('is accepted with 202 and nothing, pending, then approved and told once by PUT', async () => {
    const { status, body, reference } = await momo.collect({ amount: '1000.00' })
    assert.deepEqual([status, body], [202, ''])
    const known = {
      externalId: 'TRIP-1',
      amount: '1000',
      currency: 'RWF',
      payer: { partyIdType: 'MSISDN', partyId: msisdn },
      payerMessage: 'Moto trip',
      payeeNote: 'TRIP-1',
    }
    assert.deepEqual((await momo.look(reference)).json, { ...known, status: 'PENDING' })
    await on.advance(900)
    assert.equal((await momo.look(reference)).json.status, 'PENDING')
    await on.advance(1_200)
    const { financialTransactionId, ...settled } = (await momo.look(reference)).json
    assert.match(financialTransactionId ?? '', /^\d{10}$/)
    assert.deepEqual(settled, { ...known, status: 'SUCCESSFUL' })
    const [hit, ...more] = on.heard(`/told/${reference}`)
    assert.deepEqual([hit?.method, hit?.headers['content-type'], more.length], ['PUT', 'application/json', 0])
    assert.deepEqual(JSON.parse(hit?.body ?? ''), { financialTransactionId, ...settled })
    assert.ok(!hit?.body.includes(reference))
    const [entry] = await momo.ledger()
    assert.deepEqual(
      [entry?.reference, entry?.msisdn, entry?.amount, entry?.currency, entry?.status, entry?.kind],
      [reference, msisdn, '1000', 'RWF', 'SUCCESSFUL', 'collect'],
    )
  })

  it('needs no callback', async () => {
    const more = await momo.headers('collection', { 'x-reference-id': randomUUID() })
    const body = {
      amount: '5',
      currency: 'RWF',
      externalId: 'a',
      payer: { partyIdType: 'MSISDN', partyId: msisdn },
    }
    assert.equal((await on.post('/mtn/collection/v1_0/requesttopay', body, more)).status, 202)
  })

  it('refuses a reference twice, and knows only its own', async () => {
    const { reference } = await momo.collect()
    const again = await momo.collect({ amount: '7' }, { 'x-reference-id': reference })
    assert.deepEqual([again.status, again.json.code], [409, 'RESOURCE_ALREADY_EXIST'])
    assert.equal((await momo.ledger()).length, 1)
    const unknown = await momo.look(randomUUID())
    assert.deepEqual([unknown.status, unknown.json.code], [404, 'RESOURCE_NOT_FOUND'])
  })

  for (const [outcome, status, reason] of [
    ['approve', 'SUCCESSFUL', undefined],
    ['decline', 'FAILED', 'APPROVAL_REJECTED'],
    ['expire', 'FAILED', 'EXPIRED'],
    ['insufficient', 'FAILED', 'NOT_ENOUGH_FUNDS'],
    ['not_found', 'FAILED', 'PAYER_NOT_FOUND'],
    ['limit', 'FAILED', 'PAYER_LIMIT_REACHED'],
    ['cancelled', 'FAILED', 'TRANSACTION_CANCELED'],
    ['not_performed', 'FAILED', 'COULD_NOT_PERFORM_TRANSACTION'],
    ['internal', 'FAILED', 'INTERNAL_PROCESSING_ERROR'],
  ] as const) {
    it(`ends as ${status} ${reason ?? ''} on "${outcome}", and says so`, async () => {
      await momo.scenario({ outcome, delayMs: 5_000 })
      const { reference } = await momo.collect()
      await on.advance(4_500)
      assert.equal((await momo.look(reference)).json.status, 'PENDING')
      await on.advance(600)
      const { json } = await momo.look(reference)
      assert.deepEqual([json.status, json.reason], [status, reason])
      assert.deepEqual(told(reference), [json])
      assert.equal('financialTransactionId' in json, status === 'SUCCESSFUL')
      const [entry] = await momo.ledger()
      assert.deepEqual([entry?.status, entry?.reason], [status, reason])
    })
  }

  it('"silent" pays and never tells', async () => {
    await momo.scenario({ outcome: 'silent' })
    const { reference } = await momo.collect()
    await on.advance(600_000)
    assert.equal((await momo.look(reference)).json.status, 'SUCCESSFUL')
    assert.deepEqual(told(reference), [])
  })

  it('"late" pays after the gateway would have given up', async () => {
    await momo.scenario({ outcome: 'late' })
    const { reference } = await momo.collect()
    await on.advance(359_000)
    assert.equal((await momo.look(reference)).json.status, 'PENDING')
    await on.advance(1_500)
    assert.equal((await momo.look(reference)).json.status, 'SUCCESSFUL')
    assert.equal(told(reference).length, 1)
  })

  it('"mismatch" pays one less than asked', async () => {
    await momo.scenario({ outcome: 'mismatch', delayMs: 0 })
    const { reference } = await momo.collect()
    await on.until(`/told/${reference}`)
    assert.equal(told(reference)[0]?.amount, '999')
    assert.equal((await momo.ledger())[0]?.amount, '999')
  })

  it('"ongoing" stays pending', async () => {
    await momo.scenario({ outcome: 'ongoing' })
    const { reference } = await momo.collect()
    await on.advance(86_400_000)
    assert.equal(
      (await on.get<{ status: string }[]>(`/mtn/_ledger?msisdn=${msisdn}`)).json[0]?.status,
      'PENDING',
    )
    assert.deepEqual(told(reference), [])
  })

  it('gives the reason as an object, and calls back by POST, on request', async () => {
    await momo.scenario({ outcome: 'decline', delayMs: 0, reasonAs: 'object', callbackMethod: 'POST' })
    const { reference } = await momo.collect()
    const [hit] = await on.until(`/told/${reference}`)
    assert.equal(hit?.method, 'POST')
    const reason = { code: 'APPROVAL_REJECTED', message: 'APPROVAL_REJECTED' }
    assert.deepEqual(told(reference)[0]?.reason, reason)
  })

  for (const [rule, count] of [
    [{ fault: 'duplicate', count: 3 }, 3],
    [{ fault: 'noCallback' }, 0],
    [{ fault: 'lateCallback', delayMs: 60_000 }, 0],
    [{ fault: 'drop', on: 'callback', after: true }, 1],
  ] as const) {
    it(`tells ${count} times in time with ${JSON.stringify(rule)}`, async () => {
      await momo.scenario(rule)
      const { reference } = await momo.collect()
      await on.advance(3_000)
      assert.equal(told(reference).length, count)
      assert.equal((await momo.look(reference)).json.status, 'SUCCESSFUL')
    })
  }

  it('tells a late callback late', async () => {
    await momo.scenario({ fault: 'lateCallback' })
    const { reference } = await momo.collect()
    await on.advance(355_000)
    assert.equal(told(reference).length, 0)
    await on.advance(10_000)
    assert.equal(told(reference).length, 1)
  })

  it('does not tell again when it was not heard', async () => {
    on.answering(() => ({ status: 500 }))
    const { reference } = await momo.collect()
    await on.advance(3_600_000)
    assert.equal(told(reference).length, 1)
  })

  for (const [serial, status, reason] of [
    ['450', 'FAILED', 'INTERNAL_PROCESSING_ERROR'],
    ['451', 'FAILED', 'APPROVAL_REJECTED'],
    ['452', 'FAILED', 'EXPIRED'],
    ['453', 'PENDING', undefined],
    ['455', 'FAILED', 'PAYER_NOT_FOUND'],
    ['456', 'FAILED', 'PAYEE_NOT_ALLOWED_TO_RECEIVE'],
    ['463', 'FAILED', 'COULD_NOT_PERFORM_TRANSACTION'],
    ['499', 'SUCCESSFUL', undefined],
  ] as const) {
    it(`knows the test identity 46733123${serial}`, async () => {
      const { collect, look } = wallet(on, `46733123${serial}`)
      const { reference } = await collect()
      await on.advance(5_000)
      const { json } = await look(reference)
      assert.deepEqual([json.status, json.reason], [status, reason])
    })
  }

  it('knows the test identity that pays late', async () => {
    const { collect, look } = wallet(on, '46733123454')
    const { reference } = await collect()
    await on.advance(25_000)
    assert.equal((await look(reference)).json.status, 'PENDING')
    await on.advance(6_000)
    assert.equal((await look(reference)).json.status, 'SUCCESSFUL')
  })

  for (const [serial, status, code] of [
    ['457', 500, 'NOT_ALLOWED'],
    ['460', 500, 'INVALID_CURRENCY'],
    ['462', 503, 'SERVICE_UNAVAILABLE'],
  ] as const) {
    it(`refuses the test identity 46733123${serial} at once`, async () => {
      const got = await wallet(on, `46733123${serial}`).collect()
      assert.deepEqual([got.status, got.json.code], [status, code])
    })
  }

  it('knows who is active, and its own balance', async () => {
    const active = (who: string) => momo.active('collection', who)
    assert.deepEqual((await active(msisdn)).json, { result: true })
    assert.deepEqual((await active('46733123451')).json, { result: false })
    assert.equal((await active('46733123450')).status, 404)
    await momo.scenario({ outcome: 'not_found' })
    assert.deepEqual((await active(msisdn)).json, { result: false })
    const balance = () => momo.balance('collection')
    assert.deepEqual(await balance(), { availableBalance: '1000000', currency: 'RWF' })
    const { reference } = await wallet(on, '250788999999').collect()
    await on.advance(3_000)
    assert.deepEqual(await balance(), { availableBalance: '1001000', currency: 'RWF' })
    await momo.refund(reference, '400')
    await on.advance(3_000)
    assert.deepEqual(
      await balance(),
      { availableBalance: '1001000', currency: 'RWF' },
      'the float pays refunds',
    )
  })
})
