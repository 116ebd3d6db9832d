import assert from 'node:assert/strict'
import type { Collection, PaymentProvider, PaymentUpdate } from '../../src/core/pay/provider.ts'
import {
  createDesk,
  declined,
  msisdnOf,
  orderOf,
  payoutOf,
  pending,
  refundOf,
  THINKING_MS,
} from './mpesa-desk.ts'

const RECEIPT = /^[A-Z0-9]{10}$/

describe('mpesa', () => {
  const desk = createDesk()
  const { provider, scenario, advance, collect, settle, moved, hinted } = desk
  before(desk.start)
  after(desk.stop)

  async function paid(mpesa: PaymentProvider): Promise<{ order: Collection; receipt: string }> {
    const order = await collect(mpesa, orderOf())
    const update = await settle(mpesa, order)
    assert.equal(update.status, 'settled')
    return { order, receipt: update.status === 'settled' ? update.transaction : '' }
  }

  describe('how a payment ends', () => {
    const endings: readonly (readonly [outcome: string, wanted: PaymentUpdate])[] = [
      ['insufficient', declined('insufficient_funds')],
      ['limit', declined('payer_limit')],
      ['locked', declined('payer_timeout')],
      ['lapse', declined('payer_timeout')],
      ['expire', declined('payer_timeout')],
      ['unsent', declined('provider_down')],
      ['broken', declined('provider_down')],
      ['decline', declined('payer_declined')],
      ['wrong_pin', declined('wrong_pin')],
      ['busy', pending],
      ['strange', pending],
      ['ongoing', pending],
    ]
    for (const [outcome, wanted] of endings)
      it(outcome, async () => {
        const { provider: mpesa } = provider()
        const fresh = orderOf()
        await scenario({ msisdn: msisdnOf(fresh), outcome })
        const order = await collect(mpesa, fresh)
        assert.deepEqual(await mpesa.inspect(order), pending)
        assert.deepEqual(await settle(mpesa, order), wanted)
      })

    for (const outcome of ['approve', 'processing'])
      it(`${outcome}: settled with its receipt, and the callback told its name`, async () => {
        const { provider: mpesa } = provider()
        const fresh = orderOf()
        await scenario({ msisdn: msisdnOf(fresh), outcome })
        const order = await collect(mpesa, fresh)
        assert.deepEqual(await mpesa.inspect(order), pending)
        const [line] = await settle(mpesa, order).then(async (update) => {
          const lines = await moved(order)
          const [{ receipt = '' } = {}] = lines
          assert.match(receipt, RECEIPT)
          assert.deepEqual(update, { status: 'settled', transaction: receipt, paid: order.money })
          return lines
        })
        assert.equal(hinted(order.reference), order.handle)
        assert.deepEqual([line?.amount, line?.reference], [1150, order.reference.slice(-12)])
      })

    it('silent: settled by asking, without a receipt', async () => {
      const { provider: mpesa } = provider()
      const fresh = orderOf()
      await scenario({ msisdn: msisdnOf(fresh), outcome: 'silent' })
      const order = await collect(mpesa, fresh)
      const wanted = { status: 'settled', transaction: order.handle, paid: order.money }
      assert.deepEqual(await settle(mpesa, order), wanted)
    })

    it('late: pending past the prompt, then settled', async () => {
      const { provider: mpesa } = provider()
      const fresh = orderOf()
      await scenario({ msisdn: msisdnOf(fresh), outcome: 'late' })
      const order = await collect(mpesa, fresh)
      await advance(5 * 60_000)
      assert.deepEqual(await mpesa.inspect(order), pending)
      await advance(2 * 60_000)
      assert.equal((await mpesa.inspect(order)).status, 'settled')
    })

    it('the sandbox’s own number pays', async () => {
      const { provider: mpesa } = provider()
      const order = await collect(mpesa, orderOf('+254708374149'))
      assert.equal((await settle(mpesa, order)).status, 'settled')
    })

    it('a second prompt on one phone is a decline, and costs nothing', async () => {
      const { provider: mpesa } = provider()
      const first = await collect(mpesa, orderOf())
      const second = await collect(mpesa, orderOf(first.payer))
      await advance(0)
      assert.deepEqual(await mpesa.inspect(second), declined('payer_timeout'))
      assert.equal((await settle(mpesa, first)).status, 'settled')
      const done = (await moved(first)).filter(({ status }) => status === 'SUCCESSFUL')
      assert.equal(done.length, 1)
    })
  })

  describe('what is refused without a request', () => {
    for (const money of [
      { amountMinor: 115_050, currency: 'KES' },
      { amountMinor: 115_000, currency: 'RWF' },
      { amountMinor: 0, currency: 'KES' },
    ] as const)
      it(`${money.amountMinor} ${money.currency}`, async () => {
        const { provider: mpesa, requests } = provider()
        const [order, payout] = [
          { ...orderOf(), money },
          { ...payoutOf(), money },
        ]
        const refund = refundOf(order, 'NLJ7RT61SV')
        for (const update of [
          await mpesa.collect(order),
          await mpesa.refund(refund),
          await mpesa.payouts?.payOut(payout),
        ])
          assert.deepEqual(update, declined('misconfigured'))
        assert.deepEqual(requests, [])
      })

    it('giving, without an operator who may', async () => {
      const { provider: mpesa, requests } = provider({ initiator: null })
      assert.equal(mpesa.payouts, null)
      assert.deepEqual(await mpesa.refund(refundOf(orderOf(), 'NLJ7RT61SV')), declined('misconfigured'))
      assert.deepEqual(requests, [])
    })
  })

  describe('refunds', () => {
    it('of the whole reverse the receipt, once however often they are sent, and stay pending', async () => {
      const { provider: mpesa, sent } = provider()
      const { order, receipt } = await paid(mpesa)
      const refund = refundOf(order, receipt)
      const first = await mpesa.refund(refund)
      assert.deepEqual(await mpesa.refund(refund), pending)
      await advance(THINKING_MS)
      assert.deepEqual(await mpesa.inspectRefund(refund), pending)
      const [, line, ...more] = await moved(order)
      assert.deepEqual(more, [])
      assert.deepEqual(first, { status: 'pending', handle: line?.id })
      assert.deepEqual(
        [line?.kind, line?.status, line?.amount, line?.of],
        ['reversal', 'SUCCESSFUL', 1150, receipt],
      )
      assert.equal(hinted(refund.reference), line?.id)
      assert.equal(sent('b2c').length, 0)
    })

    it('of a part are paid to who paid, once however often they are sent', async () => {
      const { provider: mpesa, sent } = provider()
      const { order, receipt } = await paid(mpesa)
      const refund = refundOf(order, receipt, 40_000)
      await mpesa.refund(refund)
      assert.deepEqual(await mpesa.refund(refund), pending, 'a duplicate')
      await advance(THINKING_MS)
      const [, line, ...more] = await moved(order)
      assert.deepEqual(more, [])
      assert.deepEqual([line?.kind, line?.status, line?.amount], ['b2c', 'SUCCESSFUL', 400])
      assert.equal(line?.reference, refund.reference)
      assert.equal(sent('reversal').length, 0)
    })

    it('of the whole without a receipt are paid to who paid', async () => {
      const { provider: mpesa, sent } = provider()
      const { order } = await paid(mpesa)
      await mpesa.refund(refundOf(order, order.handle ?? ''))
      const [, line] = await moved(order)
      assert.deepEqual([line?.kind, line?.amount], ['b2c', 1150])
      assert.equal(sent('reversal').length, 0)
    })

    it('never go twice, even under two references', async () => {
      const { provider: mpesa } = provider()
      const { order, receipt } = await paid(mpesa)
      await mpesa.refund(refundOf(order, receipt))
      await advance(THINKING_MS)
      await mpesa.refund(refundOf(order, receipt))
      await advance(THINKING_MS)
      const done = (await moved(order)).filter(
        ({ kind, status }) => kind === 'reversal' && status !== 'FAILED',
      )
      assert.equal(done.length, 1)
    })
  })

  describe('payouts', () => {
    const magic: readonly (readonly [phone: string, lines: readonly string[], hints: number])[] = [
      ['+254708374149', ['SUCCESSFUL'], 1],
      ['+254000000000', [], 0],
      ['+254000000001', ['FAILED'], 1],
      ['+254000000002', ['FAILED'], 1],
      ['+254000000003', ['SUCCESSFUL'], 1],
    ]
    for (const [phone, lines, hints] of magic)
      it(`to ${phone} are pending, whatever a callback says`, async () => {
        const { provider: mpesa } = provider()
        const payout = payoutOf(phone)
        const update = await mpesa.payouts?.payOut(payout)
        assert.equal(update?.status, 'pending')
        await advance(THINKING_MS)
        assert.deepEqual(await mpesa.payouts?.inspectPayout(payout), pending)
        const ours = (await moved(payout)).filter(
          ({ kind, reference }) => kind === 'b2c' && reference === payout.reference,
        )
        assert.deepEqual(
          ours.map(({ status }) => status),
          lines,
        )
        assert.equal(desk.hints.filter(({ reference }) => reference === payout.reference).length, hints)
      })

    it('come with the operator’s password for M-Pesa’s eyes only', async () => {
      const { provider: mpesa, requests } = provider()
      const payout = payoutOf()
      await mpesa.payouts?.payOut(payout)
      await advance(THINKING_MS)
      assert.equal((await moved(payout))[0]?.status, 'SUCCESSFUL')
      assert.ok(requests.every(({ body = '' }) => !body.includes('inzira-password')))
    })

    it('say nothing of floats and wallets', async () => {
      const { provider: mpesa } = provider()
      assert.equal(await mpesa.payouts?.float(), undefined)
      assert.equal(await mpesa.payouts?.hasWallet(orderOf().payer), undefined)
    })
  })
})
