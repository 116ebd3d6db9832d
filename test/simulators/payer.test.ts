import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { freshPhone, type Stage, stage } from './stage.ts'
import { wallet } from './wallet.ts'

describe('simulated MTN MoMo: the payer', () => {
  let on: Stage
  let phone: string
  let momo: ReturnType<typeof wallet>

  beforeEach(async () => {
    on = await stage()
    phone = freshPhone()
    momo = wallet(on, phone.slice(1))
  })
  afterEach(() => on.stop())

  const prompts = async () =>
    (
      await on.get<{ reference: string; amount: string }[]>(
        `/mtn/_handset/prompts?phone=${encodeURIComponent(phone)}`,
      )
    ).json
  const decide = (reference: string, decision: string) =>
    on.post('/mtn/_handset/decide', { reference, decision })

  for (const [decision, status, reason] of [
    ['approve', 'SUCCESSFUL', undefined],
    ['decline', 'FAILED', 'APPROVAL_REJECTED'],
  ] as const) {
    it(`who looks at the phone can ${decision}`, async () => {
      await prompts()
      const { reference } = await momo.collect()
      await on.advance(3_000)
      const [prompt] = await prompts()
      assert.deepEqual([prompt?.reference, prompt?.amount], [reference, '1000'])
      assert.equal((await decide(reference, decision)).status, 200)
      const { json } = await momo.look(reference)
      assert.deepEqual([json.status, json.reason], [status, reason])
      await on.until(`/told/${reference}`)
      assert.deepEqual(await prompts(), [])
      assert.equal((await decide(reference, 'approve')).status, 409)
      await on.advance(400_000)
      assert.equal(on.heard(`/told/${reference}`).length, 1)
    })
  }

  it('who looks and does not decide lets it expire after five minutes', async () => {
    await prompts()
    const { reference } = await momo.collect()
    await on.advance(295_000)
    assert.equal((await momo.look(reference)).json.status, 'PENDING')
    await on.advance(6_000)
    const { json } = await momo.look(reference)
    assert.deepEqual([json.status, json.reason], ['FAILED', 'EXPIRED'])
  })

  it('who approves late does so when six minutes are over, whether looked after or not', async () => {
    await prompts()
    const { reference } = await momo.collect()
    await on.advance(30_000)
    assert.equal((await decide(reference, 'late')).status, 200)
    await on.advance(325_000)
    assert.equal((await momo.look(reference)).json.status, 'PENDING')
    await on.advance(6_000)
    assert.equal((await momo.look(reference)).json.status, 'SUCCESSFUL')
    await on.until(`/told/${reference}`)
  })

  it('whom nobody looks after approves, also when looked after long ago', async () => {
    await prompts()
    await on.advance(6_000)
    const { reference } = await momo.collect()
    await on.advance(3_000)
    assert.equal((await momo.look(reference)).json.status, 'SUCCESSFUL')
  })

  it('is held by an open event stream', async () => {
    const watching = new AbortController()
    await fetch(`${on.url}/_events?hold=${encodeURIComponent(phone)}`, { signal: watching.signal })
    await on.advance(60_000)
    const { reference } = await momo.collect()
    await on.advance(3_000)
    assert.equal((await momo.look(reference)).json.status, 'PENDING')
    watching.abort()
  })

  it('does as the scenario says even when held', async () => {
    await momo.scenario({ outcome: 'decline', delayMs: 0 })
    await prompts()
    const { reference } = await momo.collect()
    await on.until(`/told/${reference}`)
    assert.equal((await momo.look(reference)).json.status, 'FAILED')
  })

  it('cannot decide what is not there, or in other words', async () => {
    assert.equal((await decide(randomUUID(), 'approve')).status, 404)
    assert.equal((await decide(randomUUID(), 'maybe')).status, 400)
  })
})

describe('simulated MTN MoMo: refunds', () => {
  let on: Stage
  let momo: ReturnType<typeof wallet>
  let paid: string

  beforeEach(async () => {
    on = await stage()
    momo = wallet(on, freshPhone().slice(1))
    paid = (await momo.collect()).reference
    await on.advance(3_000)
  })
  afterEach(() => on.stop())

  const settled = async (reference: string) => {
    await on.advance(3_000)
    const { json } = await momo.lookRefund(reference)
    return [json.status, json.reason]
  }

  it('gives back in parts, never more than came', async () => {
    const first = await momo.refund(paid, '600')
    assert.deepEqual([first.status, first.body], [202, ''])
    assert.deepEqual(await settled(first.reference), ['SUCCESSFUL', undefined])
    const tooMuch = await momo.refund(paid, '401')
    assert.deepEqual(await settled(tooMuch.reference), ['FAILED', 'NOT_ALLOWED'])
    const rest = await momo.refund(paid, '400')
    assert.deepEqual(await settled(rest.reference), ['SUCCESSFUL', undefined])
    const kinds = (await momo.ledger()).map(({ kind, amount, status }) => [kind, amount, status])
    assert.deepEqual(kinds, [
      ['collect', '1000', 'SUCCESSFUL'],
      ['refund', '600', 'SUCCESSFUL'],
      ['refund', '401', 'FAILED'],
      ['refund', '400', 'SUCCESSFUL'],
    ])
  })

  it('gives back nothing of a payment that failed or never was', async () => {
    await momo.scenario({ outcome: 'decline', delayMs: 0 })
    const failed = (await momo.collect()).reference
    await on.advance(1_000)
    for (const reference of [failed, randomUUID()]) {
      assert.deepEqual(await settled((await momo.refund(reference, '1')).reference), [
        'FAILED',
        'RESOURCE_NOT_FOUND',
      ])
    }
  })

  it('fails when the scenario says so, and only refunds when it says refund', async () => {
    await momo.scenario({ outcome: 'insufficient', on: 'refund', times: 1 })
    const next = await momo.collect()
    assert.deepEqual(await settled((await momo.refund(paid, '1')).reference), ['FAILED', 'NOT_ENOUGH_FUNDS'])
    assert.equal((await momo.look(next.reference)).json.status, 'SUCCESSFUL')
  })

  for (const [magic, end] of [
    ['2', ['FAILED', 'INTERNAL_PROCESSING_ERROR']],
    ['4', ['FAILED', 'EXPIRED']],
    ['5', ['PENDING', undefined]],
  ] as const) {
    it(`knows the test value ${magic}`, async () => {
      assert.deepEqual(await settled((await momo.refund(magic, '1')).reference), end)
    })
  }

  it('needs the disbursement product and a payment to refund', async () => {
    assert.equal((await momo.refund(paid, '1', { referenceIdToRefund: undefined })).status, 400)
    const more = await momo.headers('collection', { 'x-reference-id': randomUUID() })
    assert.equal((await on.post('/mtn/disbursement/v1_0/refund', {}, more)).status, 401)
    assert.equal((await momo.lookRefund(randomUUID())).status, 404)
  })
})
