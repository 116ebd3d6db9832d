import assert from 'node:assert/strict'
import type { HookRequest } from '../../src/core/base/hook.ts'
import type { PaymentProvider, PaymentUpdate } from '../../src/core/pay/provider.ts'
import {
  absent,
  createAirtelWallet,
  declined,
  fresh,
  orderOf,
  paidIn,
  payoutOf,
  pending,
  phone,
  refundOf,
  THINKING_MS,
} from './airtel-wallet.ts'

const MINUTE_MS = 60_000

describe('airtel', () => {
  const wallet = createAirtelWallet()
  const { provider, scenario, advance, settle, books, heard } = wallet
  before(wallet.start)
  after(wallet.stop)

  async function paid(momo: PaymentProvider) {
    const order = orderOf()
    await momo.collect(order)
    return { order, transaction: paidIn(await settle(momo, order)) }
  }

  it('serves the numbers of its network', () => {
    const { momo } = provider()
    assert.equal(momo.name, 'airtel')
    assert.deepEqual(momo.currencies, ['RWF'])
    const numbers = ['+250728000500', '+250738000500', '+250788000500', '+254733000500']
    assert.deepEqual(
      numbers.map((number) => momo.takes(phone(number))),
      [true, true, false, false],
    )
  })

  describe('a collection', () => {
    const endings: readonly (readonly [outcome: string, wanted: PaymentUpdate])[] = [
      ['decline', declined('payer_declined')],
      ['insufficient', declined('insufficient_funds')],
      ['wrong_pin', declined('wrong_pin')],
      ['limit', declined('payer_limit')],
      ['no_pin', declined('payer_timeout')],
      ['unheard_of', pending],
      ['ongoing', pending],
      ['ambiguous', pending],
      ['odd', pending],
    ]
    for (const [outcome, wanted] of endings)
      it(`that ends in ${outcome}`, async () => {
        const { momo } = provider()
        const order = orderOf()
        await scenario(order, { outcome })
        assert.deepEqual(await momo.collect(order), pending)
        assert.deepEqual(await momo.inspect(order), pending)
        assert.deepEqual(await settle(momo, order), wanted)
      })

    it('is settled with the number of the wallet, of our amount', async () => {
      const { momo } = provider()
      const { order, transaction } = await paid(momo)
      assert.match(transaction, /^MP\d{9,12}$/)
      const [entry] = await books(order)
      assert.deepEqual(
        [entry?.reference, entry?.amount, entry?.currency, entry?.status],
        [order.reference, '1150', 'RWF', 'TS'],
      )
    })

    it('is absent when nobody asked for it', async () => {
      assert.deepEqual(await provider().momo.inspect(orderOf()), absent)
    })

    it('of a number without a wallet is declined at once, and leaves no trace', async () => {
      const { momo } = provider()
      const order = orderOf(fresh().replace('+25072', '+25078'))
      assert.deepEqual(await momo.collect(order), declined('unknown_payer'))
      assert.deepEqual(await books(order), [])
    })

    for (const [name, options] of [
      ['another country', { country: 'UG' }],
      ['another currency', { currency: 'UGX' }],
      ['no country', { country: '' }],
    ] as const)
      it(`with the header of ${name} is declined`, async () => {
        const { momo, lines } = provider(options)
        const order = orderOf()
        assert.deepEqual(await momo.collect(order), declined('misconfigured'))
        assert.deepEqual(await books(order), [])
        assert.equal(lines.filter((line) => line.startsWith('airtel refuses our set-up')).length, 1)
      })

    it('sends what Airtel wants, and no signature', async () => {
      const { momo, sent } = provider()
      await momo.collect(orderOf())
      const [request] = sent('/merchant/v1/payments/')
      assert.equal(request?.headers?.['x-country'], 'RW')
      assert.equal(request?.headers?.['x-currency'], 'RWF')
      assert.ok(!('x-signature' in (request?.headers ?? {})))
    })
  })

  describe('the magic numbers', () => {
    const table: readonly (readonly [end: string, waitMs: number, wanted: PaymentUpdate | 'paid'])[] = [
      ['001', THINKING_MS, declined('insufficient_funds')],
      ['002', THINKING_MS, declined('wrong_pin')],
      ['003', THINKING_MS, pending],
      ['003', 3 * MINUTE_MS, declined('payer_timeout')],
      ['004', 10 * MINUTE_MS, pending],
      ['005', 3 * MINUTE_MS, pending],
      ['005', 5 * MINUTE_MS, 'paid'],
      ['006', THINKING_MS, 'paid'],
      ['007', THINKING_MS, 'paid'],
      ['008', 4 * MINUTE_MS, declined('payer_timeout')],
      ['008', 6 * MINUTE_MS, 'paid'],
      ['009', THINKING_MS, 'paid'],
      ['010', THINKING_MS, 'paid'],
    ]
    for (const [end, waitMs, wanted] of table)
      it(`…${end} after ${waitMs / 1000} s: ${typeof wanted === 'string' ? wanted : wanted.status}`, async () => {
        const { momo } = provider()
        const order = orderOf(fresh(end))
        assert.deepEqual(await momo.collect(order), pending)
        await advance(waitMs)
        const update = await momo.inspect(order)
        if (wanted === 'paid') paidIn(update)
        else assert.deepEqual(update, wanted)
      })

    it('…004 was paid, as the books know', async () => {
      const { momo } = provider()
      const order = orderOf(fresh('004'))
      await momo.collect(order)
      await advance(THINKING_MS)
      assert.equal((await books(order))[0]?.status, 'TS')
    })

    const callbacks = { '001': 1, '003': 0, '006': 0, '007': 2, '008': 1, '010': 1, '500': 1 }
    for (const [end, count] of Object.entries(callbacks))
      it(`…${end} calls back ${count} times, and every call is a hint`, async () => {
        const { momo, lines } = provider()
        const order = orderOf(fresh(end))
        await momo.collect(order)
        await advance(6 * MINUTE_MS)
        const hints: string[] = []
        const [hook] = momo.hooks(async (reference) => void hints.push(reference))
        const told = heard.filter(({ body }) => body.includes(order.reference))
        for (const { url, body } of told) {
          assert.equal(url, '/hooks/payments/airtel/dev')
          const request: HookRequest = {
            method: 'POST',
            params: { secret: 'dev' },
            query: {},
            headers: {},
            body,
          }
          assert.equal((await hook?.answer(request))?.status, 200)
        }
        assert.deepEqual(
          hints,
          Array.from({ length: count }, () => order.reference),
        )
        const isDoubted = lines.some((line) => line.startsWith('airtel callback with a wrong hash'))
        assert.equal(isDoubted, end === '010')
      })
  })

  describe('a full refund', () => {
    it('goes by the number of the payment, and its own letter settles it', async () => {
      const { momo, sent } = provider()
      const { order, transaction } = await paid(momo)
      const refund = refundOf(order, transaction)
      assert.deepEqual(await momo.inspectRefund(refund), absent)
      const taken = await momo.refund(refund)
      assert.ok(taken.status === 'pending' && taken.handle)
      const asked = { ...refund, handle: taken.handle }
      assert.deepEqual(await momo.inspectRefund(asked), pending)
      await advance(THINKING_MS)
      assert.equal(paidIn(await momo.inspectRefund(asked)), taken.handle)
      assert.deepEqual(JSON.parse(sent('/payments/refund')[0]?.body ?? ''), {
        transaction: { airtel_money_id: transaction },
      })
    })

    it('happens once, however often it is sent, and after a lost answer too', async () => {
      const { momo } = provider()
      const { order, transaction } = await paid(momo)
      const refund = refundOf(order, transaction)
      await scenario(order, { on: 'refund', fault: 'drop', after: true, times: 1 })
      assert.deepEqual(await momo.refund(refund), pending)
      assert.deepEqual(await momo.inspectRefund(refund), absent)
      const again = await momo.refund(refund)
      assert.ok(again.status === 'pending' && again.handle)
      assert.deepEqual(await momo.refund(refund), again)
      await advance(THINKING_MS)
      paidIn(await momo.inspectRefund({ ...refund, handle: again.handle }))
      assert.equal((await books(order)).filter(({ kind }) => kind === 'refund').length, 1)
    })

    it('is settled at once where SUCCESS is final, and when it is sent again', async () => {
      const { momo } = provider({ isRefundFinal: true })
      const { order, transaction } = await paid(momo)
      const refund = refundOf(order, transaction)
      const number = paidIn(await momo.refund(refund))
      assert.equal(paidIn(await momo.refund(refund)), number)
    })

    it('that fails is declined, and can be asked for again', async () => {
      const { momo } = provider()
      const { order, transaction } = await paid(momo)
      await scenario(order, { on: 'refund', outcome: 'fail', times: 1 })
      const refund = refundOf(order, transaction)
      const first = await momo.refund(refund)
      assert.ok(first.status === 'pending' && first.handle)
      await advance(THINKING_MS)
      const { status } = await momo.inspectRefund({ ...refund, handle: first.handle })
      assert.equal(status, 'declined')
      const second = await momo.refund(refundOf(order, transaction))
      assert.ok(second.status === 'pending' && second.handle !== first.handle)
    })

    it('of what was never paid is never settled', async () => {
      const { momo } = provider()
      const refund = refundOf(orderOf(), 'MP1')
      assert.deepEqual(await momo.refund(refund), pending)
      assert.deepEqual(await momo.inspectRefund({ ...refund, handle: 'CI1' }), pending)
    })
  })

  describe('a part of a refund', () => {
    it('is disbursed to the payer under our reference, once', async () => {
      const { momo, sent } = provider()
      const { order, transaction } = await paid(momo)
      const refund = refundOf(order, transaction, 400)
      assert.deepEqual(await momo.inspectRefund(refund), absent)
      paidIn(await momo.refund(refund), 400)
      assert.deepEqual(await momo.refund(refund), pending, 'asked before')
      paidIn(await momo.inspectRefund(refund), 400)
      const rows = (await books(order)).filter(({ reference }) => reference === refund.reference)
      assert.deepEqual(
        rows.map(({ kind, amount, status }) => [kind, amount, status]),
        [['disburse', '400', 'TS']],
      )
      assert.equal(sent('/payments/refund').length, 0)
    })

    it('is how the whole goes back when the wallet never told its number', async () => {
      const { momo, sent } = provider()
      const { order } = await paid(momo)
      paidIn(await momo.refund(refundOf(order, order.reference)))
      assert.equal(sent('/payments/refund').length, 0)
    })

    it('cannot be without that product', async () => {
      const { momo, requests } = provider({ disbursement: null })
      const before = requests.length
      assert.deepEqual(await momo.refund(refundOf(orderOf(), 'MP1', 400)), declined('misconfigured'))
      assert.equal(requests.length, before)
      assert.equal(momo.payouts, null)
    })
  })

  describe('a payout', () => {
    const endings: readonly (readonly [outcome: string, wanted: PaymentUpdate])[] = [
      ['insufficient', declined('insufficient_funds')],
      ['bad_number', declined('unknown_payer')],
      ['fail', declined('provider_down')],
      ['timed_out', pending],
      ['expire', pending],
      ['ongoing', pending],
      ['ambiguous', pending],
      ['late', pending],
    ]
    for (const [outcome, wanted] of endings)
      it(`that ends in ${outcome}`, async () => {
        const { momo } = provider()
        const payout = payoutOf()
        await scenario(payout, { on: 'disburse', outcome })
        assert.deepEqual(await momo.payouts?.payOut(payout), wanted)
        await advance(4 * MINUTE_MS)
        assert.deepEqual(await momo.payouts?.inspectPayout(payout), wanted)
      })

    it('is settled, and paid once however often it is sent', async () => {
      const { momo } = provider()
      const payout = payoutOf()
      const payouts = momo.payouts
      assert.ok(payouts)
      assert.deepEqual(await payouts.inspectPayout(payout), absent)
      const number = paidIn(await payouts.payOut(payout))
      assert.deepEqual(await payouts.payOut(payout), pending)
      assert.equal(paidIn(await payouts.inspectPayout(payout)), number)
      assert.equal((await books(payout)).length, 1)
    })

    it('answered with 408 is pending, and was paid', async () => {
      const { momo } = provider()
      const payout = payoutOf()
      await scenario(payout, { on: 'disburse', outcome: 'timeout' })
      assert.ok(momo.payouts)
      assert.deepEqual(await momo.payouts.payOut(payout), pending)
      paidIn(await momo.payouts.inspectPayout(payout))
    })

    it('of more than there is fails', async () => {
      const { momo } = provider()
      const payout = { ...payoutOf(), money: { amountMinor: 900_000_000, currency: 'RWF' } as const }
      assert.deepEqual(await momo.payouts?.payOut(payout), declined('insufficient_funds'))
    })

    it('with a wrong PIN is declined, and the PIN is nowhere to be read', async () => {
      const publicKey = (await import('../../simulators/airtel/keys.ts')).PIN_PUBLIC_KEY
      const { momo, requests, lines } = provider({ disbursement: { pin: '9753', publicKey } })
      const payout = payoutOf()
      assert.deepEqual(await momo.payouts?.payOut(payout), declined('misconfigured'))
      assert.deepEqual(await books(payout), [])
      assert.ok(!JSON.stringify([requests, lines]).includes('"9753"'))
      assert.ok(!JSON.stringify(lines).includes('inzira-secret'))
    })

    it('does not know its float, or who has a wallet', async () => {
      const { momo } = provider()
      assert.equal(await momo.payouts?.float(), undefined)
      assert.equal(await momo.payouts?.hasWallet(phone('+250728000500')), undefined)
    })
  })
})
