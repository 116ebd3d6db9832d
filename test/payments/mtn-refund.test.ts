import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { PaymentProvider, PaymentUpdate } from '../../src/core/pay/provider.ts'
import {
  absent,
  assertPaid,
  BAD_ANSWERS,
  BAD_WAYS,
  createWallet,
  declined,
  msisdnOf,
  orderOf,
  pending,
  refundOf,
  THINKING_MS,
} from './wallet.ts'

describe('mtn refunds', () => {
  const wallet = createWallet()
  const { provider, scenario, advance, settle, charges, fill } = wallet
  before(wallet.start)
  after(wallet.stop)

  async function paid(momo: PaymentProvider) {
    const collection = orderOf()
    await momo.collect(collection)
    assertPaid(await settle(momo, collection))
    return refundOf(collection)
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

  it('give parts back, each under its own reference, up to the whole', async () => {
    const { momo } = provider()
    const whole = await paid(momo)
    const part = (amountMinor: number) => ({
      ...whole,
      reference: randomUUID(),
      money: { amountMinor, currency: 'RWF' } as const,
    })
    const [first, second, more] = [part(1000), part(150), part(1)]
    for (const refund of [first, second]) {
      assert.deepEqual(await momo.refund(refund), pending)
      await advance(THINKING_MS)
      assertPaid(await momo.inspectRefund(refund), refund.money.amountMinor)
    }
    await momo.refund(more)
    await advance(THINKING_MS)
    assert.deepEqual(await momo.inspectRefund(more), declined('misconfigured'))
    assert.deepEqual(
      (await Promise.all([first, second, more].map(({ reference }) => charges(reference))))
        .flat()
        .map(({ kind, amount, status }) => [kind, amount, status]),
      [
        ['refund', '1000', 'SUCCESSFUL'],
        ['refund', '150', 'SUCCESSFUL'],
        ['refund', '1', 'FAILED'],
      ],
    )
  })

  for (const [name, fault, isTaken] of BAD_WAYS)
    it(`met by ${name}: pending, and the same reference gives back once`, async () => {
      const { momo } = provider()
      const refund = await paid(momo)
      await scenario({ msisdn: msisdnOf(refund), on: 'refund', times: 1, ...fault })
      assert.deepEqual(await momo.refund(refund), pending)
      assert.equal((await momo.inspectRefund(refund)).status, isTaken ? 'pending' : 'absent')
      assert.deepEqual(await momo.refund(refund), pending, 'the first time, or 409')
      await advance(THINKING_MS)
      assertPaid(await momo.inspectRefund(refund))
      assert.equal((await charges(refund.reference)).length, 1)
    })

  for (const fault of BAD_ANSWERS)
    it(`asked after and met by ${fault}: pending, never a decline`, async () => {
      const { momo } = provider()
      const refund = await paid(momo)
      await momo.refund(refund)
      await advance(THINKING_MS)
      await scenario({ msisdn: msisdnOf(refund), on: 'refundStatus', times: 1, fault })
      assert.deepEqual(await momo.inspectRefund(refund), pending)
      assertPaid(await momo.inspectRefund(refund))
    })

  it('wait for money in the float', async () => {
    const { momo, payouts } = provider()
    const refund = await paid(momo)
    await fill(1149)
    await momo.refund(refund)
    await advance(THINKING_MS)
    assert.deepEqual(await momo.inspectRefund(refund), declined('insufficient_funds'))
    assert.deepEqual(await payouts.float(), { amountMinor: 1149, currency: 'RWF' })
    await fill(1_000_000)
    const again = { ...refund, reference: randomUUID() }
    await momo.refund(again)
    await advance(THINKING_MS)
    assertPaid(await momo.inspectRefund(again))
    assert.deepEqual(await payouts.float(), { amountMinor: 998_850, currency: 'RWF' })
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
      const refund = refundOf({ ...orderOf(), reference: of })
      assert.deepEqual(await momo.refund(refund), taken)
      await advance(THINKING_MS)
      assert.deepEqual(await momo.inspectRefund(refund), ended)
    })
})
