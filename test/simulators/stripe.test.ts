import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import { type Stage, stage } from './stage.ts'

interface Made {
  id: string
  url: string | null
  status: string
  payment_status: string
  payment_intent: { id: string; status: string; last_payment_error: { decline_code?: string } | null } | null
  error?: { type: string; code?: string }
}

const SESSIONS = '/stripe/v1/checkout/sessions'
const AUTH = { authorization: 'Bearer sk_test_inzira' }
const DAY_MS = 24 * 3_600_000

describe('simulated Stripe', () => {
  let on: Stage
  beforeEach(async () => {
    on = await stage()
  })
  afterEach(() => on.stop())

  const bodyOf = (reference: string, change: Record<string, string> = {}) =>
    new URLSearchParams({
      mode: 'payment',
      client_reference_id: reference,
      'metadata[reference]': reference,
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': 'rwf',
      'line_items[0][price_data][unit_amount]': '1150',
      'line_items[0][price_data][product_data][name]': 'Moto trip',
      success_url: 'https://x.rw/back',
      ...change,
    }).toString()
  const create = (reference: string, change = {}, more: Record<string, string> = {}) =>
    on.ask<Made>('POST', SESSIONS, bodyOf(reference, change), {
      ...AUTH,
      'idempotency-key': reference,
      ...more,
    })
  const look = async (id: string) =>
    (await on.get<Made>(`${SESSIONS}/${id}?expand[]=payment_intent`, AUTH)).json
  const card = (orderId: string, pan: string) => on.post<{ paid: boolean }>('/stripe/_card', { orderId, pan })
  const count = async () => (await on.get<unknown[]>('/stripe/_ledger')).json.length

  it('lets nobody in without a test key', async () => {
    for (const authorization of ['', 'Bearer pk_test_inzira', 'Bearer sk_live_inzira'])
      assert.equal((await create(randomUUID(), {}, { authorization })).status, 401)
  })

  it('keeps an answer under its key for a day', async () => {
    const reference = randomUUID()
    const first = await create(reference)
    const again = await create(reference)
    assert.deepEqual([first.status, again.status, again.json.id], [200, 200, first.json.id])
    await on.advance(DAY_MS)
    assert.notEqual((await create(reference)).json.id, first.json.id)
    assert.equal(await count(), 2)
  })

  it('refuses another request under a key, and one at the same moment', async () => {
    const reference = randomUUID()
    const both = await Promise.all([create(reference), create(reference)])
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409])
    const other = await create(reference, { 'line_items[0][price_data][unit_amount]': '9' })
    assert.deepEqual([other.status, other.json.error?.type], [400, 'idempotency_error'])
    assert.equal(await count(), 1)
  })

  it('keeps a 500, and not what was not valid', async () => {
    const [broken, wrong] = [randomUUID(), randomUUID()]
    await on.post('/stripe/_scenario', { msisdn: broken, on: 'create', outcome: 'broken', times: 1 })
    assert.deepEqual([(await create(broken)).status, (await create(broken)).status], [500, 500])
    assert.equal((await create(wrong, { mode: 'setup' })).status, 400)
    assert.equal((await create(wrong)).status, 200)
  })

  const WRONG: readonly (readonly [
    name: string,
    change: Record<string, string>,
    code: string | undefined,
  ])[] = [
    ['a parameter it does not know', { expires: '1' }, 'parameter_unknown'],
    ['half a unit', { 'line_items[0][price_data][unit_amount]': '11.5' }, 'parameter_invalid_integer'],
    ['nothing to pay', { 'line_items[0][price_data][unit_amount]': '0' }, 'parameter_invalid_integer'],
    ['no name', { 'line_items[0][price_data][product_data][name]': '' }, 'parameter_invalid_empty'],
    ['a currency in capitals', { 'line_items[0][price_data][currency]': 'RWF' }, undefined],
    ['nowhere to come back to', { success_url: '' }, 'url_invalid'],
  ]
  for (const [name, change, code] of WRONG)
    it(`refuses ${name}`, async () => {
      const { status, json } = await create(randomUUID(), change)
      assert.deepEqual([status, json.error?.type, json.error?.code], [400, 'invalid_request_error', code])
    })

  const CARDS: readonly (readonly [pan: string, declineCode: string | undefined])[] = [
    ['4000000000009995', 'insufficient_funds'],
    ['4000 0000 0000 0002', 'generic_decline'],
    ['4000000000006975', 'card_velocity_exceeded'],
    ['4000000000000069', undefined],
  ]
  for (const [pan, declineCode] of CARDS)
    it(`refuses the card ${pan}, and lets another pay`, async () => {
      const { id } = (await create(randomUUID())).json
      assert.equal((await card(id, pan)).json.paid, false)
      const refused = await look(id)
      assert.deepEqual([refused.status, refused.payment_status], ['open', 'unpaid'])
      assert.equal(refused.payment_intent?.status, 'requires_payment_method')
      assert.equal(refused.payment_intent.last_payment_error?.decline_code, declineCode)
      assert.equal((await card(id, '4242424242424242')).json.paid, true)
      const paid = await look(id)
      assert.deepEqual([paid.status, paid.payment_status, paid.url], ['complete', 'paid', null])
      assert.equal(paid.payment_intent?.status, 'succeeded')
      assert.equal(paid.payment_intent.last_payment_error, null)
      assert.equal((await card(id, '4242424242424242')).status, 409, 'nobody pays twice')
    })

  it('closes a page after a day', async () => {
    const { id } = (await create(randomUUID())).json
    await on.advance(DAY_MS)
    assert.equal((await look(id)).status, 'expired')
    assert.equal((await card(id, '4242424242424242')).status, 409)
  })

  it('signs its events over the bytes, and sends them until they are taken', async () => {
    on.answering(() => ({ status: 500 }))
    const reference = randomUUID()
    const { id } = (await create(reference)).json
    await card(id, '4242424242424242')
    const hits = await on.until('/hooks/payments/stripe', 2)
    for (const { headers, body } of hits) {
      const [, t = '', v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['stripe-signature'])) ?? []
      assert.equal(v1, createHmac('sha256', 'whsec_s3cret').update(`${t}.${body}`).digest('hex'))
      assert.equal(JSON.parse(body).data.object.metadata.reference, reference)
    }
    on.answering(() => ({ status: 200 }))
    await on.advance(60_000)
    await on.until('/hooks/payments/stripe', 4)
    await on.advance(DAY_MS)
    assert.equal(on.heard('/hooks/payments/stripe').length, 4)
  })

  it('shows its page, with nothing of ours in its markup', async () => {
    const name = '<b>"trip"</b>'
    const { url } = (await create(randomUUID(), { 'line_items[0][price_data][product_data][name]': name }))
      .json
    const page = await (await fetch(url ?? '')).text()
    assert.ok(page.includes('name="pan"') && !page.includes('<b>'))
  })
})
