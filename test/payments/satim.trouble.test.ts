import assert from 'node:assert/strict'
import { createHttp } from '../../src/integrations/http.ts'
import { freePort } from '../../src/integrations/process.ts'
import { absent, declined, notSent, pending, refundOf, shown } from './cards.ts'
import { createDesk, FARE, order, settled } from './satim-desk.ts'

describe('satim in trouble', () => {
  const desk = createDesk()
  const { provider, paid, advance, scenario, books } = desk
  before(desk.start)
  after(desk.stop)

  describe('when the way is bad', () => {
    const FAULTS: readonly (readonly [name: string, fault: object, isDone: boolean])[] = [
      ['500 before the effect', { fault: 'error5xxBefore' }, false],
      ['503 after the effect', { fault: 'error5xxAfter', status: 503 }, true],
      ['a page before the effect', { fault: 'html' }, false],
      ['a page after the effect', { fault: 'html', after: true }, true],
      ['a dropped request', { fault: 'drop' }, false],
      ['a dropped answer', { fault: 'drop', after: true }, true],
      ['a cut answer', { outcome: 'truncated' }, true],
      ['429', { outcome: 'limited' }, false],
    ]
    for (const [name, fault, isDone] of FAULTS) {
      it(`${name}: pending, and registered once`, async () => {
        const { card } = provider()
        const open = order()
        await scenario(open, { on: 'register', times: 1, ...fault })
        assert.deepEqual(await card.collect(open), pending)
        assert.deepEqual(await card.inspect(open), absent, 'nobody was shown where to pay')
        const again = await card.collect(open)
        // SATIM does not tell again what it told: that order stays unpaid.
        if (isDone) assert.deepEqual(again, pending)
        else shown(open, again)
        assert.deepEqual(
          (await books(open)).map(({ status }) => status),
          ['registered'],
        )
      })

      it(`${name} on an acknowledgement: pending, never a no`, async () => {
        const { card } = provider()
        const [asked] = await paid(card)
        await scenario(asked, { on: 'acknowledge', times: 1, ...fault })
        assert.deepEqual(await card.inspect(asked), pending)
        assert.deepEqual(await card.inspect(asked), settled(asked))
      })

      it(`${name} on a refund of the whole: pending, and given back once`, async () => {
        const { card } = provider()
        const [asked, update] = await paid(card)
        const refund = refundOf(asked, update, FARE.amountMinor)
        await scenario(asked, { on: 'refund', times: 1, ...fault })
        assert.deepEqual(await card.refund(refund), pending)
        assert.equal((await card.inspectRefund(refund)).status, isDone ? 'settled' : 'absent')
        const again = await card.refund(refund)
        assert.equal(again.status, isDone ? 'pending' : 'settled')
        assert.equal((await card.inspectRefund(refund)).status, 'settled')
        const given = (await books(asked)).filter(({ kind }) => kind === 'refund')
        assert.deepEqual(
          given.map(({ amount }) => amount),
          [FARE.amountMinor],
        )
      })

      it(`${name} on a refund of a part: pending, and given back once however often it is sent`, async () => {
        const { card } = provider()
        const [asked, update] = await paid(card)
        const refund = refundOf(asked, update, 5_000)
        await scenario(asked, { on: 'refund', times: 1, ...fault })
        assert.deepEqual(await card.refund(refund), pending)
        assert.deepEqual(await card.inspectRefund(refund), pending, 'only a person can see')
        await card.refund(refund)
        await card.refund(refund)
        const given = (await books(asked)).filter(({ kind }) => kind === 'refund')
        assert.deepEqual(
          given.map(({ amount }) => amount),
          [5_000],
        )
      })
    }

    it('a slow answer: pending', async () => {
      const { card } = provider({ timeoutMs: 100 })
      const open = order()
      await scenario(open, { on: 'register', times: 1, fault: 'delay', delayMs: 300 })
      assert.deepEqual(await card.collect(open), pending)
      await advance(500)
    })

    it('the same reference from three sides at once is one order', async () => {
      const { card } = provider()
      const open = order()
      const updates = await Promise.all([card.collect(open), card.collect(open), card.collect(open)])
      assert.deepEqual(new Set(updates.map(({ status }) => status)), new Set(['pending']))
      assert.equal(updates.filter((update) => update.status === 'pending' && update.url).length, 1)
      assert.equal((await books(open)).length, 1)
    })

    it('nobody listens: not sent', async () => {
      const { card } = provider({ baseUrl: `http://127.0.0.1:${await freePort()}` })
      assert.deepEqual(await card.collect(order()), notSent)
      assert.deepEqual(await card.inspect({ ...order(), handle: 'x' }), pending)
    })

    it('no access opens the breaker, and questions still pass', async () => {
      const { card, requests } = provider({ password: 'wrong' })
      for (let n = 0; n < 5; n += 1) assert.deepEqual(await card.collect(order()), declined('misconfigured'))
      assert.equal(card.isAvailable(), false)
      assert.deepEqual(await card.collect(order()), notSent)
      assert.equal(requests.length, 5)
      assert.deepEqual(await card.inspect({ ...order(), handle: 'x' }), pending)
    })

    it('the account is in no line of the log', async () => {
      const lines: string[] = []
      const write = (fields: object, event: string) => void lines.push(`${event} ${JSON.stringify(fields)}`)
      const log = { info: write, warn: write, error: write }
      const http = createHttp({ log, allowPrivate: true })
      const { card } = provider({ log, http })
      const [asked, update] = await paid(card)
      await card.refund(refundOf(asked, update, 5_000))
      const nobody = provider({ log, http, baseUrl: `http://127.0.0.1:${await freePort()}` })
      await nobody.card.collect(order())
      assert.equal(lines.length, 4)
      for (const line of lines) assert.ok(!/inzira|userName|\+?213|E010/.test(line), line)
    })
  })
})
