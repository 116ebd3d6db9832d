import assert from 'node:assert/strict'
import type { PaymentUpdate } from '../../src/core/pay/provider.ts'
import { refundIdOf } from '../../src/integrations/payments/satim/wire.ts'
import { absent, declined, pending, phone, refundOf, SECRET, shown, soon, WORDS } from './cards.ts'
import { createDesk, FARE, order, PAYS, settled } from './satim-desk.ts'

const MINUTE_MS = 60_000

describe('satim', () => {
  const desk = createDesk()
  const { provider, paid, advance, scenario, pay, books, hints, gatewayUrl } = desk
  before(desk.start)
  after(desk.stop)

  it('serves the numbers of Algeria, in dinars, and pays nobody out', () => {
    const { card } = provider()
    assert.deepEqual([card.takes(phone('+213551234567')), card.takes(phone('+250788000001'))], [true, false])
    assert.deepEqual(card.currencies, ['DZD'])
    assert.equal(card.payouts, null)
  })

  describe('a payment', () => {
    it('is made on a page, hinted at by who comes back, and kept by our word', async () => {
      const { card } = provider()
      const open = order()
      const asked = shown(open, await card.collect(open))
      assert.deepEqual(await card.inspect(asked), pending)
      assert.match(await (await fetch(asked.url)).text(), /DZD\s250\.00/)
      const body = new URLSearchParams({ pan: PAYS })
      const done = await fetch(asked.url, { method: 'POST', body, redirect: 'manual' })
      const back = await fetch(done.headers.get('location') ?? '')
      assert.deepEqual([back.status, await back.text()], [200, WORDS])
      await soon(() => hints.find(([reference]) => reference === open.reference))
      assert.deepEqual(
        hints.filter(([reference]) => reference === open.reference),
        [[open.reference]],
        'what a browser says names no handle',
      )
      assert.deepEqual(await card.inspect(asked), settled(asked))
      await advance(10 * MINUTE_MS)
      assert.deepEqual(await card.inspect(asked), settled(asked))
      const [row] = await books(open)
      assert.deepEqual(
        [row?.status, row?.acknowledged, row?.deposited],
        ['deposited', true, FARE.amountMinor],
      )
    })

    it('that is not acknowledged in time goes back to the payer', async () => {
      const { card } = provider()
      const open = order()
      const asked = shown(open, await card.collect(open))
      assert.deepEqual(await card.inspect(asked), pending, 'an early word keeps nothing')
      await pay(asked.handle, PAYS)
      await advance(5 * MINUTE_MS + 1)
      assert.deepEqual(await card.inspect(asked), declined('payer_timeout'))
      assert.deepEqual(
        (await books(open)).map(({ status, deposited }) => [status, deposited]),
        [['reversed', 0]],
      )
    })

    const CARDS: readonly (readonly [pan: string, wanted: PaymentUpdate])[] = [
      ['6280580610061110', declined('insufficient_funds')],
      ['6280580610061219', declined('payer_limit')],
      ['6280581110007314', declined('payer_limit')],
      ['6280580610061318', declined('wrong_pin')],
      ['6280580610056615', declined('payer_declined')],
      ['6280581110006613', declined('payer_declined')],
      ['6280581110006712', declined('payer_declined')],
      ['6280581110006316', declined('payer_declined')],
      ['6280581110006415', declined('payer_declined')],
      ['6280581110003927', declined('payer_declined')],
      ['6280581110006514', declined('payer_declined')],
      ['6280581110007017', declined('payer_declined')],
      ['6280581110007116', declined('payer_declined')],
    ]
    for (const [pan, wanted] of CARDS)
      it(`by the card ${pan}`, async () => {
        const { card } = provider()
        const open = order()
        const asked = shown(open, await card.collect(open))
        assert.equal((await pay(asked.handle, pan)).paid, false)
        assert.deepEqual(await card.inspect(asked), wanted)
      })

    it('is what was really paid', async () => {
      const { card } = provider()
      const open = order()
      await scenario(open, { outcome: 'short', delayMs: 1_000 })
      const asked = shown(open, await card.collect(open))
      await advance(1_500)
      assert.deepEqual(await card.inspect(asked), settled(asked, FARE.amountMinor - 100))
    })

    for (const amountMinor of [4_900, 5_050])
      it(`of ${amountMinor} centimes is never asked for, nor given back`, async () => {
        const { card, requests } = provider()
        assert.deepEqual(await card.collect(order(amountMinor)), declined('misconfigured'))
        const [asked, update] = await paid(card)
        const sent = requests.length
        assert.deepEqual(await card.refund(refundOf(asked, update, amountMinor)), declined('misconfigured'))
        assert.equal(requests.length, sent)
      })

    it('that nobody was shown is absent, and is not asked after', async () => {
      const { card, requests } = provider()
      assert.deepEqual(await card.inspect(order()), absent)
      assert.equal(requests.length, 0)
      assert.deepEqual(await card.inspect({ ...order(), handle: 'none' }), absent)
    })

    it('under the handle of another order is pending', async () => {
      const { card } = provider()
      const [other] = await paid(card)
      assert.deepEqual(await card.inspect({ ...order(), handle: other.handle }), pending)
    })
  })

  describe('refunds', () => {
    it('give a part back, then the rest, and never more', async () => {
      const { card } = provider()
      const [asked, update] = await paid(card)
      const [part, rest, more] = [10_000, 15_000, 5_000].map((sum) => refundOf(asked, update, sum))
      assert.ok(part && rest && more)
      for (const refund of [part, rest])
        assert.deepEqual(await card.refund(refund), {
          status: 'settled',
          transaction: refundIdOf(refund.reference),
          paid: refund.money,
        })
      assert.deepEqual(await card.refund(more), pending, 'its state, or trouble: a person looks')
      const given = (await books(asked)).filter(({ kind }) => kind === 'refund')
      assert.deepEqual(
        given.map(({ amount }) => amount),
        [10_000, 15_000],
      )
    })

    it('of more than came are refused', async () => {
      const { card } = provider()
      const [asked, update] = await paid(card)
      assert.deepEqual(await card.refund(refundOf(asked, update, 25_100)), declined('misconfigured'))
      assert.equal((await books(asked)).length, 1)
    })

    it('of an order that is not there are refused', async () => {
      const { card } = provider()
      const [asked, update] = await paid(card)
      const refund = refundOf(asked, update, 5_000)
      const lost = { ...refund, of: { ...refund.of, handle: 'none' } }
      assert.deepEqual(await card.refund(lost), declined('misconfigured'))
    })
  })

  it('a payer who makes up an address to come back to finds no door', async () => {
    const { reference } = order()
    const url = `${gatewayUrl()}/hooks/payments/satim/${SECRET}/${reference}`
    assert.equal((await fetch(url)).status, 404)
    assert.ok(!hints.some(([about]) => about === reference))
  })
})
