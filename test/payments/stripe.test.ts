import assert from 'node:assert/strict'
import type { PaymentUpdate } from '../../src/core/pay/provider.ts'
import { absent, declined, pending, shown, soon, WORDS } from './cards.ts'
import { assertPaid, createDesk, HAS_TOO_LITTLE, order, PAYS } from './stripe-desk.ts'

describe('stripe', () => {
  const desk = createDesk()
  const { provider, paid, advance, scenario, pay, books, hints } = desk
  before(desk.start)
  after(desk.stop)

  describe('a payment', () => {
    it('is made on a page, after a card that was refused, and told by a signed event', async () => {
      const { card } = provider()
      const open = order()
      const asked = shown(open, await card.collect(open))
      assert.deepEqual(await card.inspect(asked), pending)
      const page = await fetch(asked.url)
      assert.match(await page.text(), /RWF 1,150/)
      const post = (pan: string) =>
        fetch(asked.url, { method: 'POST', body: new URLSearchParams({ pan }), redirect: 'manual' })
      assert.match(await (await post(HAS_TOO_LITTLE)).text(), /declined/)
      assert.deepEqual(await card.inspect(asked), pending, 'the payer may take another card')
      const done = await post(PAYS)
      assert.equal(done.status, 303)
      assertPaid(await card.inspect(asked))

      const mine = () => hints.filter(([reference]) => reference === open.reference)
      await soon(() => mine().find(([, handle]) => handle === asked.handle))
      const before = mine().length
      const back = await fetch(done.headers.get('location') ?? '')
      assert.deepEqual([back.status, await back.text()], [200, WORDS])
      assert.deepEqual(mine()[before], [open.reference], 'what a browser says names no handle')
      assert.deepEqual(
        (await books(open.reference)).map(({ status, received }) => [status, received]),
        [['paid', 1150]],
      )
    })

    it('in euro is in cents', async () => {
      const { card } = provider()
      const open = order({ amountMinor: 250, currency: 'EUR' })
      const asked = shown(open, await card.collect(open))
      const [row] = await books(open.reference)
      assert.deepEqual([row?.amount, row?.currency], [250, 'eur'])
      await pay(asked.handle, PAYS)
      const update = await card.inspect(asked)
      assert.deepEqual(update.status === 'settled' && update.paid, open.money)
    })

    const ENDS: readonly (readonly [outcome: string, wanted: PaymentUpdate])[] = [
      ['insufficient', declined('insufficient_funds')],
      ['expire', declined('payer_timeout')],
    ]
    for (const [outcome, wanted] of ENDS)
      it(`ends by ${outcome}`, async () => {
        const { card } = provider()
        const open = order()
        await scenario({ msisdn: open.reference, outcome, delayMs: 1_000 })
        const asked = shown(open, await card.collect(open))
        assert.deepEqual(await card.inspect(asked), pending)
        await advance(1_500)
        assert.deepEqual(await card.inspect(asked), wanted)
      })

    it('is what was really paid', async () => {
      const { card } = provider()
      const open = order()
      await scenario({ msisdn: open.reference, outcome: 'short', delayMs: 1_000 })
      const asked = shown(open, await card.collect(open))
      await advance(1_500)
      assertPaid(await card.inspect(asked), 1149)
    })

    it('that nobody was shown is absent, and is not asked after', async () => {
      const { card, requests } = provider()
      assert.deepEqual(await card.inspect(order()), absent)
      assert.deepEqual(await card.inspect({ ...order(), handle: '../refunds' }), absent)
      assert.equal(requests.length, 0)
      assert.deepEqual(await card.inspect({ ...order(), handle: 'cs_test_none' }), absent)
    })

    it('under the handle of another order is pending', async () => {
      const { card } = provider()
      const [other] = await paid(card)
      assert.deepEqual(await card.inspect({ ...order(), handle: other.handle }), pending)
    })

    it('in a currency that is not offered is never asked for', async () => {
      const { card, requests } = provider()
      assert.deepEqual(
        await card.collect(order({ amountMinor: 500, currency: 'UGX' })),
        declined('misconfigured'),
      )
      assert.equal(requests.length, 0)
    })

    it('is asked for with our reference as the key, and a pinned version', async () => {
      const { card, requests } = provider()
      const open = order()
      await card.collect(open)
      const { url, headers } = requests[0] ?? {}
      assert.ok(url?.endsWith('/stripe/v1/checkout/sessions'))
      assert.equal(headers?.['idempotency-key'], open.reference)
      assert.equal(headers?.authorization, 'Bearer sk_test_inzira')
      assert.equal(headers?.['stripe-version'], '2024-06-20')
    })
  })
})
