import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Collection } from '../../src/core/pay/provider.ts'
import { freePort } from '../../src/integrations/process.ts'
import { createClaims } from './claims.ts'
import {
  createDesk,
  declined,
  msisdnOf,
  notSent,
  orderOf,
  payoutOf,
  pending,
  refundOf,
  THINKING_MS,
} from './mpesa-desk.ts'

const TOKEN_MS = 3_599_000

describe('mpesa in trouble', () => {
  const desk = createDesk()
  const { provider, scenario, advance, collect, settle, moved, hinted } = desk
  before(desk.start)
  after(desk.stop)

  const faults: readonly (readonly [name: string, fault: object, isTaken: boolean])[] = [
    ['500 before the effect', { fault: 'error5xxBefore' }, false],
    ['503 before the effect', { fault: 'error5xxBefore', status: 503 }, false],
    ['500 after the effect', { fault: 'error5xxAfter' }, true],
    ['a page before the effect', { fault: 'html' }, false],
    ['a page after the effect', { fault: 'html', after: true }, true],
    ['a dropped request', { fault: 'drop' }, false],
    ['a dropped answer', { fault: 'drop', after: true }, true],
    ['an answer cut short', { outcome: 'truncated' }, true],
    ['429', { outcome: 'tooMany' }, false],
  ]

  describe('a push answered by', () => {
    for (const [name, fault, isTaken] of faults)
      it(`${name}: pending without a name, and pushed once however often it is asked for`, async () => {
        const { provider: mpesa, sent } = provider()
        const order = orderOf()
        await scenario({ msisdn: msisdnOf(order), on: 'push', times: 1, ...fault })
        assert.deepEqual(await mpesa.collect(order), pending)
        assert.deepEqual(await mpesa.inspect(order), pending)
        assert.deepEqual(await mpesa.collect(order), pending)
        assert.equal(sent('processrequest').length, 1)
        await advance(THINKING_MS)
        const lines = await moved(order)
        assert.equal(lines.length, isTaken ? 1 : 0)
        const known = { ...order, handle: hinted(order.reference) }
        assert.equal(known.handle, lines[0]?.id ?? null, 'its callback tells the name')
        assert.equal((await mpesa.inspect(known)).status, isTaken ? 'settled' : 'pending')
      })
  })

  describe('a question answered by', () => {
    for (const [name, fault] of faults)
      it(`${name}: pending, and settled when it is asked again`, async () => {
        const { provider: mpesa } = provider()
        const order = await collect(mpesa, orderOf())
        await advance(THINKING_MS)
        await scenario({ msisdn: msisdnOf(order), on: 'query', times: 1, ...fault })
        assert.deepEqual(await mpesa.inspect(order), pending)
        assert.equal((await mpesa.inspect(order)).status, 'settled')
      })
  })

  describe('a payout or reversal answered by', () => {
    for (const [name, fault, isTaken] of faults)
      it(`${name}: pending, and paid once however often it is asked for`, async () => {
        const { provider: mpesa } = provider()
        const payout = payoutOf()
        await scenario({ msisdn: msisdnOf(payout), on: 'b2c', times: 1, ...fault })
        assert.deepEqual(await mpesa.payouts?.payOut(payout), pending)
        assert.equal((await mpesa.payouts?.payOut(payout))?.status, 'pending')
        assert.equal((await moved(payout)).length, 1)

        const order = await collect(mpesa, orderOf())
        const update = await settle(mpesa, order)
        const refund = refundOf(order, update.status === 'settled' ? update.transaction : '')
        await scenario({ msisdn: msisdnOf(order), on: 'reversal', times: 1, ...fault })
        assert.deepEqual(await mpesa.refund(refund), pending)
        assert.deepEqual(await mpesa.refund(refund), pending)
        const reversals = (await moved(order)).filter(({ kind }) => kind === 'reversal')
        assert.equal(reversals.length, isTaken ? 1 : 0)
      })
  })

  describe('callbacks', () => {
    const ways: readonly (readonly [name: string, fault: object, hints: number])[] = [
      ['lost', { fault: 'noCallback' }, 0],
      ['doubled', { fault: 'duplicate', count: 3 }, 3],
      ['late', { fault: 'lateCallback' }, 0],
      ['out of order', { fault: 'reorder' }, 0],
    ]
    for (const [name, fault, hints] of ways)
      it(`${name}: settled by asking`, async () => {
        const { provider: mpesa } = provider()
        const fresh = orderOf()
        await scenario({ msisdn: msisdnOf(fresh), on: 'callback', times: 1, ...fault })
        const order = await collect(mpesa, fresh)
        await settle(mpesa, order)
        const heard = () => desk.hints.filter(({ reference }) => reference === order.reference).length
        assert.equal(heard(), hints)
        assert.equal((await mpesa.inspect(order)).status, 'settled')
        if (hints > 0 || name === 'lost') return
        await advance(6 * 60_000)
        assert.equal(heard(), 1, 'it comes in the end')
      })
  })

  describe('one push for each reference', () => {
    it('though it is asked for from many sides at once', async () => {
      const { provider: mpesa } = provider()
      const order = orderOf()
      const updates = await Promise.all(Array.from({ length: 20 }, () => mpesa.collect(order)))
      assert.deepEqual(new Set(updates.map(({ status }) => status)), new Set(['pending']))
      assert.equal((await moved(order)).length, 1)
    })

    it('though another process asks, when they share what was sent', async () => {
      const claims = createClaims()
      const [one, two] = [provider({ claims }), provider({ claims })]
      const order = orderOf()
      await one.provider.collect(order)
      assert.deepEqual(await two.provider.collect(order), pending)
      assert.equal((await moved(order)).length, 1)
    })

    it('and none when nobody can tell', async () => {
      const broken = { ...createClaims(), take: () => Promise.reject(new Error('no store')) }
      const { provider: mpesa, requests } = provider({ claims: broken })
      assert.deepEqual(await mpesa.collect(orderOf()), pending)
      assert.deepEqual(requests, [])
    })

    it('whose name is known is asked after, not pushed', async () => {
      const { provider: mpesa, sent } = provider()
      const order: Collection = await collect(mpesa, orderOf())
      assert.deepEqual(await mpesa.collect(order), pending)
      await advance(THINKING_MS)
      assert.equal((await mpesa.collect(order)).status, 'settled')
      assert.equal(sent('processrequest').length, 1)
    })

    it('but what never left may be sent again', async () => {
      const claims = createClaims()
      const nowhere = `http://127.0.0.1:${await freePort()}/mpesa`
      const order = orderOf()
      assert.deepEqual(await provider({ claims, baseUrl: nowhere }).provider.collect(order), notSent)
      await collect(provider({ claims }).provider, order)
      assert.equal((await moved(order)).length, 1)
    })
  })

  describe('tokens', () => {
    it('a hundred at once at the end of a token ask for one new token', async () => {
      const { provider: mpesa, sent, time } = provider()
      const order = await collect(mpesa, orderOf())
      assert.equal(sent('/oauth/').length, 1)
      time.now += TOKEN_MS * 0.89
      await mpesa.inspect(order)
      assert.equal(sent('/oauth/').length, 1, 'nine tenths are used')
      time.now += TOKEN_MS * 0.02
      await Promise.all(Array.from({ length: 100 }, () => mpesa.inspect(order)))
      assert.equal(sent('/oauth/').length, 2)
    })

    it('that end now are replaced, and nothing is pushed twice', async () => {
      const { provider: mpesa, sent } = provider()
      const fresh = orderOf()
      await scenario({ msisdn: msisdnOf(fresh), on: 'push', times: 1, outcome: 'expired' })
      const order = await collect(mpesa, fresh)
      assert.equal(sent('/oauth/').length, 2)
      assert.equal((await moved(order)).length, 1)
    })

    it('wrong keys: not sent, and no endless asking', async () => {
      const { provider: mpesa, requests } = provider({ consumerSecret: 'wrong' })
      assert.deepEqual(await mpesa.collect(orderOf()), notSent)
      assert.equal(requests.length, 1)
    })

    it('that are always refused are asked for twice', async () => {
      const asked: string[] = []
      const { provider: mpesa } = provider({
        http: async ({ url }) => {
          asked.push(url)
          const isToken = url.includes('/oauth/')
          const body = isToken ? { access_token: 'x', expires_in: '3599' } : { errorCode: '404.001.03' }
          return { kind: 'answer', status: isToken ? 200 : 404, headers: {}, body: JSON.stringify(body) }
        },
      })
      assert.deepEqual(await mpesa.collect(orderOf()), declined('misconfigured'))
      assert.equal(asked.length, 4)
    })
  })

  it('a wrong pass key, a wrong short code, a clock of another zone: declined, and nothing moved', async () => {
    const merchant = { shortCode: '174379', passKey: 'wrong', till: null }
    const wrong = [
      provider({ merchant }),
      provider({ merchant: { ...merchant, shortCode: '174380' } }),
      provider({ clock: { now: () => Date.now() - 3 * 3_600_000 } }),
    ]
    for (const { provider: mpesa } of wrong) {
      const order = orderOf()
      assert.deepEqual(await mpesa.collect(order), declined('misconfigured'))
      assert.deepEqual(await moved(order), [])
    }
  })

  it('the breaker opens after five failures, lets questions pass, and closes after its rest', async () => {
    const breakerRestMs = 150
    const { provider: mpesa, sent } = provider({ breakerRestMs })
    const order = await collect(mpesa, orderOf())
    const failing = Array.from({ length: 5 }, () => orderOf())
    for (const one of failing) {
      assert.equal(mpesa.isAvailable(), true)
      await scenario({ msisdn: msisdnOf(one), on: 'push', fault: 'error5xxBefore' })
      assert.deepEqual(await mpesa.collect(one), pending)
    }
    assert.equal(mpesa.isAvailable(), false)
    const waiting = orderOf()
    const before = sent('processrequest').length
    assert.deepEqual(await mpesa.collect(waiting), notSent)
    assert.equal(sent('processrequest').length, before)
    assert.equal((await settle(mpesa, order)).status, 'settled')
    await sleep(breakerRestMs + 20)
    await collect(mpesa, waiting)
    assert.equal(mpesa.isAvailable(), true)
  })
})
