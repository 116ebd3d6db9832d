import assert from 'node:assert/strict'
import type { Collection, PaymentUpdate } from '../../src/core/pay/provider.ts'
import { absent, assertPaid, createWallet, declined, msisdnOf, orderOf, pending } from './wallet.ts'

describe('mtn mobile money', () => {
  const wallet = createWallet()
  const { provider, scenario, advance, settle, gatewayUrl, calledBack } = wallet
  before(wallet.start)
  after(wallet.stop)

  describe('how a payment ends', () => {
    const endings: readonly (readonly [outcome: string, wanted: PaymentUpdate])[] = [
      ['decline', declined('payer_declined')],
      ['cancelled', declined('payer_declined')],
      ['expire', declined('payer_timeout')],
      ['not_performed', declined('payer_timeout')],
      ['insufficient', declined('insufficient_funds')],
      ['internal', declined('insufficient_funds')],
      ['limit', declined('payer_limit')],
      ['not_found', declined('unknown_payer')],
      ['ongoing', pending],
    ]
    for (const [outcome, wanted] of endings)
      for (const reasonAs of ['string', 'object'])
        it(`${outcome}, its reason as ${reasonAs}`, async () => {
          const { momo } = provider()
          const order = orderOf()
          await scenario({ msisdn: msisdnOf(order), outcome, reasonAs })
          assert.deepEqual(await momo.collect(order), pending)
          assert.deepEqual(await momo.inspect(order), pending)
          assert.deepEqual(await settle(momo, order), wanted)
        })

    for (const outcome of ['approve', 'silent'])
      it(`${outcome}: settled with the amount`, async () => {
        const { momo } = provider()
        const order = orderOf()
        await scenario({ msisdn: msisdnOf(order), outcome })
        await momo.collect(order)
        assertPaid(await settle(momo, order))
      })

    it('late: pending past the window of five minutes, then settled', async () => {
      const { momo } = provider()
      const order = orderOf()
      await scenario({ msisdn: msisdnOf(order), outcome: 'late' })
      await momo.collect(order)
      await advance(5 * 60_000)
      assert.deepEqual(await momo.inspect(order), pending)
      await advance(65_000)
      assertPaid(await momo.inspect(order))
    })

    it('mismatch: settled with what was really paid', async () => {
      const { momo } = provider()
      const order = orderOf()
      await scenario({ msisdn: msisdnOf(order), outcome: 'mismatch' })
      await momo.collect(order)
      assertPaid(await settle(momo, order), 1149)
    })

    it('is absent when nobody asked for it', async () => {
      assert.deepEqual(await provider().momo.inspect(orderOf()), absent)
    })
  })

  describe('the sandbox numbers', () => {
    const numbers: readonly (readonly [last: number, taken: PaymentUpdate, ended: PaymentUpdate])[] = [
      [450, pending, declined('insufficient_funds')],
      [451, pending, declined('payer_declined')],
      [452, pending, declined('payer_timeout')],
      [453, pending, pending],
      [454, pending, pending],
      [455, pending, declined('unknown_payer')],
      [456, pending, declined('misconfigured')],
      [457, declined('misconfigured'), absent],
      [458, declined('misconfigured'), absent],
      [459, declined('misconfigured'), absent],
      [460, declined('misconfigured'), absent],
      [461, pending, absent],
      [462, pending, absent],
      [463, pending, declined('payer_timeout')],
      [464, pending, pending],
    ]
    for (const [last, taken, ended] of numbers)
      it(`46733123${last}`, async () => {
        const { momo } = provider({ targetEnvironment: 'sandbox', currency: 'EUR' })
        const order: Collection = {
          ...orderOf(`+46733123${last}`),
          money: { amountMinor: 500, currency: 'EUR' },
        }
        assert.deepEqual(await momo.collect(order), taken)
        assert.deepEqual(await settle(momo, order), ended)
      })
  })

  it('takes the numbers of its network', () => {
    const { momo } = provider({ numbers: ['+25078', '+25079'] })
    const takes = ['+250788000001', '+250791234567', '+250722000001', '+256782000001'].map((phone) =>
      momo.takes(orderOf(phone).payer),
    )
    assert.deepEqual(takes, [true, true, false, false])
    assert.deepEqual([momo.name, momo.currencies], ['mtn', ['RWF']])
  })

  describe('headers', () => {
    it('carry the reference, and no callback when there is none', async () => {
      const { momo, sent } = provider()
      const order = orderOf()
      await momo.collect(order)
      const headers = sent('requesttopay')[0]?.headers ?? {}
      assert.equal(headers['x-reference-id'], order.reference)
      assert.equal(headers['ocp-apim-subscription-key'], 'collection-key')
      assert.equal(headers['x-target-environment'], 'mtnrwanda')
      assert.ok(!('x-callback-url' in headers))
    })

    it('name the callback, which then comes', async () => {
      const path = (reference: string) => `/hooks/payments/mtn/dev/${reference}`
      const { momo } = provider({ callbackUrl: (reference) => gatewayUrl() + path(reference) })
      const order = orderOf()
      assert.deepEqual(await momo.collect(order), pending)
      await settle(momo, order)
      assert.deepEqual(
        calledBack.filter((line) => line.endsWith(order.reference)),
        [`PUT ${path(order.reference)}`],
      )
    })
  })
})
