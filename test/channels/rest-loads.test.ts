import assert from 'node:assert/strict'
import { carriers } from '../conversations/carriers.ts'
import { type Call, type Caller, caller, type Json } from './rest-client.ts'
import { type Stage, stage } from './rest-stage.ts'

const HOUR_MS = 3_600_000
const CARGO = { what: 'cement', vehicle: '8 t', from: 'Kigali', to: 'Huye', when: 'tomorrow' }

describe('REST: loads', function () {
  this.timeout(60_000)
  let house: Stage
  let shipper: Caller
  let akagera: Caller
  let ibirunga: Caller
  before(async () => {
    house = await stage()
    shipper = await caller(house)
    akagera = await caller(house)
    ibirunga = await caller(house)
    await carriers(house.db, Date.now(), { Akagera: akagera.phone, Ibirunga: ibirunga.phone })
  })
  after(() => house.stop())

  /** A load that takes bids. */
  async function posted(given: object = {}): Promise<{ readonly id: string; readonly code: string }> {
    const { id, code } = await shipper.done('/v1/bookings', {
      line: 'freight',
      given: { ...CARGO, ...given },
    })
    await shipper.done(`/v1/bookings/${id}/answer`, { value: 'yes' })
    await house.settle()
    return { id: String(id), code: String(code) }
  }
  async function list(query: string, by = akagera): Promise<{ codes: string[]; next: unknown; body: Json }> {
    const { status, body, text } = await by.call(`/v1/loads?${query}`)
    assert.equal(status, 200, text)
    assert.ok(Array.isArray(body.data))
    return { codes: body.data.map(({ code }) => code), next: Object(body.meta).next, body }
  }
  const bid = (by: Caller, code: string, amountMinor: number, how: Call = {}) =>
    by.call(`/v1/loads/${code}/bids`, { body: { amountMinor }, ...how })
  const refusal = async (by: Caller, path: string, how: Call = { body: {} }) => {
    const { status, body } = await by.call(`/v1/loads/${path}`, how)
    return [status, body.code]
  }
  const offers = async (id: string): Promise<string[]> => {
    const { data } = await shipper.call(`/v1/bookings/${id}`)
    return Object(data.prompt).options.map(({ label }: { label: string }) => label)
  }

  it('are listed for carriers, newest first, by where from, where to and what can carry them', async () => {
    const first = await posted()
    const small = await posted({ vehicle: '500 kg', target: '50 000' })
    const other = await posted({ from: 'Musanze', to: 'Kigali' })
    const { codes, body } = await list('')
    assert.deepEqual(codes.slice(0, 3), [other.code, small.code, first.code])
    assert.deepEqual((await list('from=Kigali&to=huye')).codes.slice(0, 2), [small.code, first.code])
    assert.deepEqual((await list('from=Musanze')).codes, [other.code])
    assert.deepEqual((await list('vehicle=1000')).codes, [small.code])
    assert.ok(!JSON.stringify(body).includes(shipper.phone))
    assert.deepEqual((body.data as Json[])[1]?.targetMinor ?? null, 50_000)
  })

  it('come in pages', async () => {
    const all = (await list('')).codes
    const first = await list('limit=2')
    assert.deepEqual(first.codes, all.slice(0, 2))
    const rest = await list(`limit=2&cursor=${first.next}`)
    assert.deepEqual(rest.codes, all.slice(2, 4))
    assert.deepEqual(await refusal(akagera, '?cursor=x', {}), [400, 'bad_request'])
  })

  it('are nothing for whoever is of no carrier, and towns must be there', async () => {
    const { code } = await posted()
    assert.deepEqual(await refusal(shipper, '', {}), [403, 'forbidden'])
    const body = { amountMinor: 1_000 }
    assert.deepEqual(await refusal(shipper, `${code}/bids`, { body }), [403, 'forbidden'])
    // Whether there is such a load is not told either.
    assert.deepEqual(await refusal(shipper, '999999/bids', { body }), [403, 'forbidden'])
    assert.deepEqual(await refusal(akagera, '?from=Xyzzyq', {}), [422, 'unprocessable'])
  })

  it('take one bid of each carrier, the last, and the same request once', async () => {
    const { id, code } = await posted()
    assert.deepEqual(await offers(id), ['Cancel trip'])
    const headers = { 'idempotency-key': `bid-${code}` }
    const first = await bid(akagera, code, 450_000, { headers })
    assert.equal(first.status, 201, first.text)
    assert.deepEqual(
      { ...first.data, validUntil: typeof first.data.validUntil },
      { code, amountMinor: 450_000, currency: 'RWF', validUntil: 'number', plate: 'RAF 412 T' },
    )
    await bid(akagera, code, 430_000)
    assert.deepEqual((await bid(akagera, code, 450_000, { headers })).data, first.data)
    await bid(ibirunga, code, 440_000)
    assert.deepEqual(await offers(id), [
      'RWF 430,000, Akagera Haulage',
      'RWF 440,000, Ibirunga Transport',
      'Cancel trip',
    ])
  })

  it('take a bid until a moment to come, and no longer than they are open', async () => {
    const { code } = await posted()
    const until = Date.now() + HOUR_MS
    const made = (validUntil: number) =>
      akagera.call(`/v1/loads/${code}/bids`, { body: { amountMinor: 9_000, validUntil } })
    assert.equal((await made(until)).data.validUntil, until)
    const late = (await made(until + 1_000 * HOUR_MS)).data.validUntil
    assert.ok(typeof late === 'number' && late < until + 24 * HOUR_MS)
    const past = await made(Date.now() - 1)
    assert.deepEqual([past.status, past.body.code], [422, 'unprocessable'])
  })

  it('let a bid be taken back, once', async () => {
    const { id, code } = await posted()
    await bid(akagera, code, 450_000)
    assert.equal((await akagera.call(`/v1/loads/${code}/bids/withdraw`, { body: {} })).status, 200)
    assert.deepEqual(await offers(id), ['Cancel trip'])
    assert.deepEqual(await refusal(akagera, `${code}/bids/withdraw`), [409, 'not_applicable'])
    assert.deepEqual(await refusal(ibirunga, `${code}/bids/withdraw`), [409, 'not_applicable'])
  })

  it('let the shipper answer a bid with a lower price, once', async () => {
    const { id, code } = await posted()
    await bid(ibirunga, code, 450_000)
    const countered = async (carrier: string, amountMinor: number) =>
      (await shipper.call(`/v1/bookings/${id}/counter`, { body: { carrier, amountMinor } })).status
    assert.equal(await countered('pt_rw_akagera', 400_000), 409)
    assert.equal(await countered('pt_rw_ibirunga', 450_000), 409)
    assert.equal(await countered('pt_rw_ibirunga', 400_000), 200)
    assert.equal(await countered('pt_rw_ibirunga', 390_000), 409)
    const told = await house
      .db('outbox')
      .where({ type: 'say' })
      .whereRaw(`params->>'to' = ?`, [ibirunga.phone])
    assert.equal(told.filter(({ params }) => params.phrase.key === 'counterMade').length, 1)
    assert.deepEqual(await offers(id), ['RWF 450,000, Ibirunga Transport', 'Cancel trip'])
    await bid(ibirunga, code, 410_000)
    assert.equal(await countered('pt_rw_ibirunga', 405_000), 200)
  })

  it('take none once another was chosen and agreed, nor for what is no load', async () => {
    const { id, code } = await posted()
    await bid(akagera, code, 450_000)
    await shipper.done(`/v1/bookings/${id}/answer`, { value: 'pt_rw_akagera' })
    await shipper.done(`/v1/bookings/${id}/answer`, { value: 'yes' })
    await house.settle()
    const body = { amountMinor: 400_000 }
    assert.deepEqual(await refusal(ibirunga, `${code}/bids`, { body }), [409, 'not_applicable'])
    assert.ok(!(await list('')).codes.includes(code))
    assert.deepEqual(await refusal(ibirunga, '999999/bids', { body }), [404, 'not_found'])
    const ride = await shipper.done('/v1/bookings', { line: 'ride' })
    assert.deepEqual(await refusal(ibirunga, `${ride.code}/bids`, { body }), [404, 'not_found'])
  })

  it('show nobody a sealed bid, their shipper neither', async () => {
    const { id, code } = await posted({ sealed: 'sealed' })
    assert.equal((await bid(ibirunga, code, 456_700)).status, 201)
    const seen = [
      await shipper.call(`/v1/bookings/${id}`),
      await shipper.call('/v1/bookings'),
      await akagera.call('/v1/loads'),
    ]
    for (const { text } of seen) assert.doesNotMatch(text, /456.?700/)
    assert.match(seen[0]?.text ?? '', /offers so far: 1/)
    const body = { carrier: 'pt_rw_ibirunga', amountMinor: 1_000 }
    assert.equal((await shipper.call(`/v1/bookings/${id}/counter`, { body })).status, 409)
    const answer = await shipper.call(`/v1/bookings/${id}/answer`, { body: { value: 'pt_rw_ibirunga' } })
    assert.equal(answer.status, 409)
  })

  it('ask again for what is said besides and not understood', async () => {
    const given = { ...CARGO, receiver: '0788', target: 'USD 500' }
    const { id, prompt, error } = await shipper.done('/v1/bookings', { line: 'freight', given })
    assert.deepEqual([Object(prompt).id, error], ['receiver', 'That is no phone number.'])
    const next = await shipper.done(`/v1/bookings/${id}/answer`, { value: 'Go on without' })
    assert.deepEqual([Object(next.prompt).id, next.error], ['target', 'That is no amount in your money.'])
    const last = await shipper.done(`/v1/bookings/${id}/answer`, { value: '450 000' })
    assert.equal(Object(last.prompt).id, 'confirm')
    assert.equal(Object(last.given).target, 'RWF 450,000')
  })
})
