import assert from 'node:assert/strict'
import type { PaymentUpdate, RefundOrder } from '../../src/core/pay/provider.ts'
import { absent, declined, refundOf, soon } from './cards.ts'
import { createDesk, DAY_MS, FARE } from './stripe-desk.ts'

describe('stripe', () => {
  const desk = createDesk()
  const { provider, paid, advance, books, hints } = desk
  before(desk.start)
  after(desk.stop)

  describe('refunds', () => {
    const assertBack = (update: PaymentUpdate, { money }: RefundOrder) => {
      assert.ok(update.status === 'settled', JSON.stringify(update))
      assert.match(update.transaction, /^re_/)
      assert.deepEqual(update.paid, money)
    }

    it('give a part back, then the rest, each once, and never more', async () => {
      const { card, requests } = provider()
      const [asked, update] = await paid(card)
      const [part, rest, more] = [
        refundOf(asked, update, 400),
        refundOf(asked, update, 750),
        refundOf(asked, update, 1),
      ]
      assert.deepEqual(await card.inspectRefund(part), absent)
      assertBack(await card.refund(part), part)
      assertBack(await card.refund(part), part)
      assertBack(await card.inspectRefund(part), part)
      assertBack(await card.refund(rest), rest)
      assert.deepEqual(await card.refund(more), declined('misconfigured'))
      assertBack(await card.inspectRefund(rest), rest)
      assert.equal((await books(part.reference)).length, 1)
      assert.equal(
        requests.filter(({ headers }) => headers?.['idempotency-key'] === part.reference).length,
        2,
      )
    })

    it('of the whole, done before and the key forgotten: what was done', async () => {
      const { card } = provider()
      const refund = refundOf(...(await paid(card)), FARE.amountMinor)
      assertBack(await card.refund(refund), refund)
      await advance(DAY_MS + 1)
      assertBack(await card.refund(refund), refund)
      assert.equal((await books(refund.reference)).length, 1)
    })

    it('may take a while', async () => {
      const { card } = provider()
      const refund = refundOf(...(await paid(card, '4000000000007726')), 400)
      const update = await card.refund(refund)
      assert.ok(update.status === 'pending' && update.handle?.startsWith('re_'))
      const named = { ...refund, handle: update.handle ?? null }
      assert.deepEqual(await card.inspectRefund(named), update)
      await advance(2_500)
      assertBack(await card.inspectRefund(named), refund)
      assertBack(await card.inspectRefund(refund), refund)
      await soon(() =>
        hints.find(([reference, handle]) => reference === refund.reference && handle === update.handle),
      )
    })

    it('may fail after they were done', async () => {
      const { card } = provider()
      const refund = refundOf(...(await paid(card, '4000000000005126')), 400)
      assertBack(await card.refund(refund), refund)
      await advance(2_500)
      assert.deepEqual(await card.inspectRefund(refund), declined('payer_declined'))
    })

    it('of nothing that was paid are refused', async () => {
      const { card } = provider()
      const [asked, update] = await paid(card)
      const refund = refundOf(asked, update, 400)
      const lost = { ...refund, of: { ...refund.of, transaction: 'pi_none' } }
      assert.deepEqual(await card.refund(lost), declined('misconfigured'))
    })
  })
})
