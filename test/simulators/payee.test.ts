import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { freshPhone, type Stage, stage } from './stage.ts'
import { type View, wallet } from './wallet.ts'

describe('simulated MTN MoMo: a transfer', () => {
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
  const fill = (amount: unknown) => on.post<{ availableBalance: string }>('/mtn/_float', { amount })
  const ended = async (reference: string) => {
    await on.advance(3_000)
    const { json } = await momo.lookTransfer(reference)
    return [json.status, json.reason]
  }

  it('is accepted with 202 and nothing, pending, then paid and told once by PUT', async () => {
    const { status, body, reference } = await momo.transfer({ amount: '1000.00' })
    assert.deepEqual([status, body], [202, ''])
    const known = {
      externalId: 'PAYOUT-1',
      amount: '1000',
      currency: 'RWF',
      payee: { partyIdType: 'MSISDN', partyId: msisdn },
      payerMessage: 'Moto trip',
      payeeNote: 'TRIP-1',
    }
    assert.deepEqual((await momo.lookTransfer(reference)).json, { ...known, status: 'PENDING' })
    assert.deepEqual(await ended(reference), ['SUCCESSFUL', undefined])
    const { financialTransactionId, ...settled } = (await momo.lookTransfer(reference)).json
    assert.match(financialTransactionId ?? '', /^\d{10}$/)
    assert.deepEqual(settled, { ...known, status: 'SUCCESSFUL' })
    assert.deepEqual(told(reference), [{ financialTransactionId, ...settled }])
    const [entry] = await momo.ledger()
    assert.deepEqual(
      [entry?.kind, entry?.reference, entry?.msisdn, entry?.amount, entry?.status],
      ['transfer', reference, msisdn, '1000', 'SUCCESSFUL'],
    )
  })

  it('asks nobody: a phone that is looked at has no prompt', async () => {
    const prompts = `/mtn/_handset/prompts?phone=${encodeURIComponent(`+${msisdn}`)}`
    await on.get(prompts)
    const { reference } = await momo.transfer()
    assert.deepEqual((await on.get(prompts)).json, [])
    assert.equal((await on.post('/mtn/_handset/decide', { reference, decision: 'approve' })).status, 404)
    assert.deepEqual(await ended(reference), ['SUCCESSFUL', undefined])
  })

  it('refuses a reference twice, of whatever kind, and tells each kind only its own', async () => {
    const { reference } = await momo.transfer()
    for (const again of [momo.transfer, momo.collect]) {
      const got = await again({ amount: '7' }, { 'x-reference-id': reference })
      assert.deepEqual([got.status, got.json.code], [409, 'RESOURCE_ALREADY_EXIST'])
    }
    assert.equal((await momo.ledger()).length, 1)
    for (const look of [momo.look, momo.lookRefund]) assert.equal((await look(reference)).status, 404)
    assert.equal((await momo.lookTransfer(randomUUID())).json.code, 'RESOURCE_NOT_FOUND')
  })

  for (const [name, change, more, status] of [
    ['a plus in the payee', { payee: { partyIdType: 'MSISDN', partyId: '+250788000001' } }, {}, 400],
    ['no payee', { payee: undefined }, {}, 400],
    ['an amount of zero', { amount: '0' }, {}, 400],
    ['an apostrophe in the note', { payeeNote: "d'ici" }, {}, 400],
    ['the wrong currency', { currency: 'EUR' }, {}, 500],
    ['an empty callback', {}, { 'x-callback-url': '' }, 400],
    ['a reference that is no UUID', {}, { 'x-reference-id': '123' }, 400],
    ['no token', {}, { authorization: '' }, 401],
  ] as const) {
    it(`is refused with ${name}`, async () => {
      assert.equal((await momo.transfer(change, more)).status, status)
      assert.deepEqual(await momo.ledger(), [])
    })
  }

  it('is refused with a token of the collection product', async () => {
    const { authorization } = await momo.headers('collection')
    assert.equal((await momo.transfer({}, { authorization })).status, 401)
  })

  for (const [outcome, reason] of [
    ['not_found', 'PAYEE_NOT_FOUND'],
    ['not_allowed', 'PAYEE_NOT_ALLOWED_TO_RECEIVE'],
    ['insufficient', 'NOT_ENOUGH_FUNDS'],
    ['limit', 'PAYER_LIMIT_REACHED'],
    ['internal', 'INTERNAL_PROCESSING_ERROR'],
  ] as const) {
    it(`fails for ${reason} on "${outcome}", and costs nothing`, async () => {
      await fill(5_000)
      await momo.scenario({ outcome, on: 'transfer' })
      assert.deepEqual(await ended((await momo.transfer()).reference), ['FAILED', reason])
      assert.deepEqual(await momo.balance('disbursement'), { availableBalance: '5000', currency: 'RWF' })
    })
  }

  for (const [serial, status, reason] of [
    ['450', 'FAILED', 'INTERNAL_PROCESSING_ERROR'],
    ['453', 'PENDING', undefined],
    ['455', 'FAILED', 'NOT_ENOUGH_FUNDS'],
    ['456', 'FAILED', 'PAYER_LIMIT_REACHED'],
    ['457', 'FAILED', 'PAYEE_NOT_FOUND'],
    ['464', 'FAILED', 'TRANSFER_TYPE_UNKNOWN'],
    ['499', 'SUCCESSFUL', undefined],
  ] as const) {
    it(`knows the test identity 46733123${serial}`, async () => {
      const { reference } = await wallet(on, `46733123${serial}`).transfer()
      assert.deepEqual(await ended(reference), [status, reason])
    })
  }

  for (const [serial, status, code] of [
    ['458', 500, 'NOT_ALLOWED'],
    ['461', 500, 'INVALID_CURRENCY'],
    ['463', 503, 'SERVICE_UNAVAILABLE'],
  ] as const) {
    it(`refuses the test identity 46733123${serial} at once`, async () => {
      const got = await wallet(on, `46733123${serial}`).transfer()
      assert.deepEqual([got.status, got.json.code], [status, code])
    })
  }

  it('comes out of the float like a refund, and a collection does not go in', async () => {
    assert.deepEqual((await fill(3_000)).json, { availableBalance: '3000' })
    const collected = await momo.collect()
    await on.advance(3_000)
    const balance = () => momo.balance('disbursement')
    assert.deepEqual(await balance(), { availableBalance: '3000', currency: 'RWF' })
    await ended((await momo.transfer({ amount: '1200' })).reference)
    assert.deepEqual(await balance(), { availableBalance: '1800', currency: 'RWF' })
    await momo.refund(collected.reference, '900')
    await on.advance(3_000)
    assert.deepEqual(await balance(), { availableBalance: '900', currency: 'RWF' })
    assert.deepEqual(await ended((await momo.transfer({ amount: '901' })).reference), [
      'FAILED',
      'NOT_ENOUGH_FUNDS',
    ])
    assert.deepEqual(await ended((await momo.transfer({ amount: '900' })).reference), [
      'SUCCESSFUL',
      undefined,
    ])
    assert.deepEqual(await balance(), { availableBalance: '0', currency: 'RWF' })
  })

  it('that another one beat to the float fails, and its callback says so', async () => {
    await fill(1_000)
    const both = await Promise.all([momo.transfer(), momo.transfer()])
    await on.advance(3_000)
    const statuses = both.flatMap(({ reference }) => told(reference).map(({ status }) => status))
    assert.deepEqual(statuses.sort(), ['FAILED', 'SUCCESSFUL'])
  })

  for (const amount of [-1, 1.5, '5', undefined])
    it(`has no float of ${amount}`, async () => {
      assert.equal((await fill(amount)).status, 400)
    })

  it('knows who is active by the disbursement product too', async () => {
    assert.deepEqual((await momo.active('disbursement')).json, { result: true })
    assert.equal((await momo.active('disbursement', '46733123450')).status, 404)
    await momo.scenario({ outcome: 'not_allowed', on: 'transfer' })
    for (const product of ['disbursement', 'collection'])
      assert.deepEqual((await momo.active(product)).json, { result: false })
  })

  it('counts its status questions with all others', async () => {
    const limited = await stage({ mtnStatusRps: 10 })
    try {
      const { transfer, collect, look, lookTransfer } = wallet(limited, msisdn)
      const [paid, asked] = [await transfer(), await collect()]
      const looks = Array.from({ length: 12 }, (_, index) =>
        index % 2 ? look(asked.reference) : lookTransfer(paid.reference),
      )
      assert.equal((await Promise.all(looks)).filter(({ status }) => status === 429).length, 2)
    } finally {
      await limited.stop()
    }
  })
})
