import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { PaymentProvider, PaymentUpdate } from '../../src/core/pay/provider.ts'
import {
  absent,
  assertPaid,
  createWallet,
  declined,
  msisdnOf,
  orderOf,
  pending,
  THINKING_MS,
} from './wallet.ts'

describe('mtn refunds', () => {
  const wallet = createWallet()
  const { provider, scenario, advance, settle, charges } = wallet
  before(wallet.start)
  after(wallet.stop)

  async function paid(momo: PaymentProvider) {
    const collection = orderOf()
    await momo.collect(collection)
    assertPaid(await settle(momo, collection))
    return { ...collection, reference: randomUUID(), of: collection.reference }
  }

  it('give the whole back, once however often it is sent', async () => {
    const { momo, sent } = provider()
    const refund = await paid(momo)
    assert.deepEqual(await momo.inspectRefund(refund), absent)
    assert.deepEqual(await momo.refund(refund), pending)
    assert.deepEqual(await momo.refund(refund), pending)
    await advance(THINKING_MS)
    assertPaid(await momo.inspectRefund(refund))
    assert.equal((await charges(refund.reference)).length, 1)
    assert.equal(
      sent('/disbursement/v1_0/refund')[0]?.headers?.['ocp-apim-subscription-key'],
      'disbursement-key',
    )
  })

  it('never more than came', async () => {
    const { momo } = provider()
    const refund = { ...(await paid(momo)), money: { amountMinor: 1151, currency: 'RWF' } as const }
    await momo.refund(refund)
    await advance(THINKING_MS)
    assert.deepEqual(await momo.inspectRefund(refund), declined('misconfigured'))
  })

  it('survive a lost answer', async () => {
    const { momo } = provider()
    const refund = await paid(momo)
    await scenario({ msisdn: msisdnOf(refund), on: 'refund', times: 1, fault: 'drop', after: true })
    assert.deepEqual(await momo.refund(refund), pending)
    await advance(THINKING_MS)
    assertPaid(await momo.inspectRefund(refund))
  })

  const magic: readonly (readonly [of: string, taken: PaymentUpdate, ended: PaymentUpdate])[] = [
    ['1', pending, declined('misconfigured')],
    ['2', pending, declined('insufficient_funds')],
    ['3', pending, declined('payer_declined')],
    ['4', pending, declined('payer_timeout')],
    ['5', pending, pending],
    ['7', declined('misconfigured'), absent],
    ['8', declined('misconfigured'), absent],
    ['9', declined('misconfigured'), absent],
    ['10', declined('misconfigured'), absent],
    ['11', pending, absent],
    ['12', pending, absent],
    ['13', pending, declined('payer_timeout')],
  ]
  for (const [of, taken, ended] of magic)
    it(`of the sandbox's payment ${of}`, async () => {
      const { momo } = provider()
      const refund = { ...orderOf(), of }
      assert.deepEqual(await momo.refund(refund), taken)
      await advance(THINKING_MS)
      assert.deepEqual(await momo.inspectRefund(refund), ended)
    })
})
