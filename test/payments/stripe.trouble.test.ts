import assert from 'node:assert/strict'
import { freePort } from '../../src/integrations/process.ts'
import { absent, declined, notSent, pending, refundOf, shown, soon } from './cards.ts'
import { assertPaid, createDesk, DAY_MS, FARE, order, PAYS } from './stripe-desk.ts'

describe('stripe in trouble', () => {
  const desk = createDesk()
  const { provider, paid, advance, scenario, pay, books, hints, gatewayUrl } = desk
  before(desk.start)
  after(desk.stop)

  describe('when the way is bad', () => {
    const FAULTS: readonly (readonly [name: string, fault: object, isTaken: boolean])[] = [
      ['500 before the effect', { fault: 'error5xxBefore' }, false],
      ['503 after the effect', { fault: 'error5xxAfter', status: 503 }, true],
      ['a page before the effect', { fault: 'html' }, false],
      ['a page after the effect', { fault: 'html', after: true }, true],
      ['a dropped request', { fault: 'drop' }, false],
      ['a dropped answer', { fault: 'drop', after: true }, true],
      ['a cut answer', { outcome: 'truncated' }, true],
      ['429', { outcome: 'limited' }, false],
    ]
    for (const [name, fault, isTaken] of FAULTS) {
      it(`${name}: pending, and asked again it is one page, paid once`, async () => {
        const { card } = provider()
        const open = order()
        await scenario({ msisdn: open.reference, on: 'create', times: 1, ...fault })
        assert.deepEqual(await card.collect(open), pending)
        assert.equal((await books(open.reference)).length, isTaken ? 1 : 0)
        assert.deepEqual(await card.inspect(open), absent)
        const asked = shown(open, await card.collect(open))
        await pay(asked.handle, PAYS)
        assertPaid(await card.inspect(asked))
        assert.equal((await books(open.reference)).length, 1)
      })

      it(`${name} on a refund: pending, and it is given once`, async () => {
        const { card } = provider()
        const refund = refundOf(...(await paid(card)), 400)
        await scenario({ msisdn: refund.reference, on: 'refund', times: 1, ...fault })
        assert.deepEqual(await card.refund(refund), pending)
        assert.equal((await card.inspectRefund(refund)).status, isTaken ? 'settled' : 'absent')
        assert.equal((await card.refund(refund)).status, 'settled')
        assert.equal((await books(refund.reference)).length, 1)
      })

      it(`${name} on a question: pending, never a no`, async () => {
        const { card } = provider()
        const [asked, update] = await paid(card)
        await scenario({ msisdn: asked.reference, on: 'retrieve', times: 1, ...fault })
        assert.deepEqual(await card.inspect(asked), pending)
        assertPaid(await card.inspect(asked))
        const refund = refundOf(asked, update, 400)
        await card.refund(refund)
        await scenario({ msisdn: refund.reference, on: 'refundStatus', times: 1, ...fault })
        assert.deepEqual(await card.inspectRefund(refund), pending)
        assert.equal((await card.inspectRefund(refund)).status, 'settled')
      })
    }

    it('a slow answer: pending, and the page is found again', async () => {
      const { card } = provider({ timeoutMs: 100 })
      const open = order()
      await scenario({ msisdn: open.reference, on: 'create', times: 1, fault: 'delay', delayMs: 300 })
      assert.deepEqual(await card.collect(open), pending)
      await advance(500)
      shown(open, await card.collect(open))
      assert.equal((await books(open.reference)).length, 1)
    })

    it('a 500 that Stripe remembers stays one, for a day', async () => {
      const { card } = provider()
      const open = order()
      await scenario({ msisdn: open.reference, on: 'create', times: 1, outcome: 'broken' })
      assert.deepEqual(await card.collect(open), pending)
      assert.deepEqual(await card.collect(open), pending)
      await advance(DAY_MS + 1)
      shown(open, await card.collect(open))
    })

    it('the same reference from three sides at once is one page', async () => {
      const { card } = provider()
      const open = order()
      const updates = await Promise.all([card.collect(open), card.collect(open), card.collect(open)])
      assert.deepEqual(new Set(updates.map(({ status }) => status)), new Set(['pending']))
      assert.equal((await books(open.reference)).length, 1)
    })

    it('another sum under the same reference: pending, for there is something already', async () => {
      const { card } = provider()
      const open = order()
      await card.collect(open)
      assert.deepEqual(await card.collect({ ...open, money: { ...FARE, amountMinor: 9 } }), pending)
    })

    it('nobody listens: not sent', async () => {
      const { card } = provider({ baseUrl: `http://127.0.0.1:${await freePort()}` })
      assert.deepEqual(await card.collect(order()), notSent)
      assert.deepEqual(await card.inspect({ ...order(), handle: 'cs_test_1' }), pending)
    })

    it('a wrong key: misconfigured, loudly, and without telling the key', async () => {
      const lines: string[] = []
      const write = (fields: object, event: string) => void lines.push(`${event} ${JSON.stringify(fields)}`)
      const log = { info: write, warn: write, error: write }
      const { card } = provider({ apiKey: 'pk_live_wrong', log })
      assert.deepEqual(await card.collect(order()), declined('misconfigured'))
      assert.equal(lines.length, 1)
      assert.ok(!lines.join().includes('pk_live_wrong') && !lines.join().includes('+250'))
    })

    it('five troubles open the breaker, and questions still pass', async () => {
      const { card, requests } = provider({ breakerRestMs: 60_000 })
      const [asked] = await paid(card)
      const broken = Array.from({ length: 5 }, () => order())
      for (const one of broken) {
        await scenario({ msisdn: one.reference, on: 'create', fault: 'error5xxBefore' })
        await card.collect(one)
      }
      assert.equal(card.isAvailable(), false)
      const sent = requests.length
      assert.deepEqual(await card.collect(order()), notSent)
      assert.equal(requests.length, sent)
      assertPaid(await card.inspect(asked))
    })
  })

  describe('events', () => {
    const heard = (reference: string) => hints.filter(([about]) => about === reference).length
    const EVENTS = 2

    const FAULTS: readonly (readonly [name: string, fault: object, atOnce: number, later: number])[] = [
      ['twice', { fault: 'duplicate' }, 2 * EVENTS, 2 * EVENTS],
      ['swapped', { fault: 'reorder' }, EVENTS, EVENTS],
      ['never', { fault: 'noCallback' }, 0, 0],
      ['late', { fault: 'lateCallback', delayMs: 60_000 }, 0, EVENTS],
      ['lost on the way', { fault: 'drop', on: 'webhook' }, 0, 0],
    ]
    for (const [name, fault, atOnce, later] of FAULTS)
      it(`${name}: the truth is asked for all the same`, async () => {
        const { card } = provider()
        const open = order()
        await scenario({ msisdn: open.reference, ...fault })
        const asked = shown(open, await card.collect(open))
        await pay(asked.handle, PAYS)
        if (atOnce > 0) await soon(() => (heard(open.reference) >= atOnce ? true : undefined))
        assert.equal(heard(open.reference), atOnce)
        await advance(61_000)
        if (later > 0) await soon(() => (heard(open.reference) >= later ? true : undefined))
        assert.equal(heard(open.reference), later)
        assertPaid(await card.inspect(asked))
      })

    it('with a bad signature are not heard', async () => {
      const before = hints.length
      const headers = { 'stripe-signature': `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}` }
      const url = `${gatewayUrl()}/hooks/payments/stripe`
      assert.equal((await fetch(url, { method: 'POST', headers, body: '{}' })).status, 404)
      assert.equal(hints.length, before)
    })

    it('a payer who makes up an address to come back to finds no door', async () => {
      const { reference } = order()
      const url = `${gatewayUrl()}/hooks/payments/stripe/made-up/${reference}`
      assert.equal((await fetch(url)).status, 404)
      assert.equal(heard(reference), 0)
    })
  })
})
