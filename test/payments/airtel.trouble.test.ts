import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../src/integrations/process.ts'
import {
  absent,
  answer,
  createAirtelWallet,
  orderOf,
  paidIn,
  payoutOf,
  pending,
  THINKING_MS,
  TOKEN_MS,
} from './airtel-wallet.ts'

const KEY_MS = 3_600_000

describe('airtel in trouble', () => {
  const wallet = createAirtelWallet()
  const { provider, scenario, advance, settle, books, heard } = wallet
  before(wallet.start)
  after(wallet.stop)

  const FAULTS: readonly (readonly [name: string, rule: object, isTaken: boolean])[] = [
    ['500 before the effect', { fault: 'error5xxBefore' }, false],
    ['503 before the effect', { fault: 'error5xxBefore', status: 503 }, false],
    ['500 after the effect', { fault: 'error5xxAfter' }, true],
    ['504 after the effect', { fault: 'error5xxAfter', status: 504 }, true],
    ['a page before the effect', { fault: 'html' }, false],
    ['a page after the effect', { fault: 'html', after: true }, true],
    ['a dropped request', { fault: 'drop' }, false],
    ['a dropped answer', { fault: 'drop', after: true }, true],
    ['half an answer', { outcome: 'truncated' }, true],
    ['429', { outcome: 'limited' }, false],
  ]

  describe('when the way is bad', () => {
    for (const [name, rule, isTaken] of FAULTS) {
      it(`${name}: a collection is pending, and charged once`, async () => {
        const { momo } = provider()
        const order = orderOf()
        await scenario(order, { on: 'collect', times: 1, ...rule })
        assert.deepEqual(await momo.collect(order), pending)
        assert.deepEqual(await momo.inspect(order), isTaken ? pending : absent)
        assert.deepEqual(await momo.collect(order), pending, 'the first time, or asked before')
        paidIn(await settle(momo, order))
        assert.equal((await books(order)).length, 1)
      })

      it(`${name}: a payout is pending, and paid once`, async () => {
        const { momo } = provider()
        const payout = payoutOf()
        assert.ok(momo.payouts)
        await scenario(payout, { on: 'disburse', times: 1, ...rule })
        assert.deepEqual(await momo.payouts.payOut(payout), pending)
        if (!isTaken) {
          assert.deepEqual(await momo.payouts.inspectPayout(payout), absent)
          paidIn(await momo.payouts.payOut(payout))
        }
        paidIn(await momo.payouts.inspectPayout(payout))
        assert.equal((await books(payout)).length, 1)
      })

      it(`${name}: an enquiry is pending, never a decline`, async () => {
        const { momo } = provider()
        const order = orderOf()
        await momo.collect(order)
        await advance(THINKING_MS)
        await scenario(order, { on: 'enquiry', times: 1, ...rule })
        assert.deepEqual(await momo.inspect(order), pending)
        paidIn(await momo.inspect(order))
      })
    }

    it('a slow answer: pending, and paid', async () => {
      const { momo } = provider({ timeoutMs: 100 })
      const order = orderOf()
      await scenario(order, { on: 'collect', times: 1, fault: 'delay', delayMs: 400 })
      assert.deepEqual(await momo.collect(order), pending)
      paidIn(await settle(momo, order))
    })

    it('nobody listens: not sent', async () => {
      const { momo } = provider({ baseUrl: `http://127.0.0.1:${await freePort()}/airtel` })
      assert.deepEqual(await momo.collect(orderOf()), { status: 'not_sent' })
      assert.deepEqual(await momo.inspect(orderOf()), pending)
    })

    it('the same reference from three sides at once is charged once', async () => {
      const { momo } = provider()
      const order = orderOf()
      const updates = await Promise.all([momo.collect(order), momo.collect(order), momo.collect(order)])
      assert.deepEqual(updates, [pending, pending, pending])
      assert.equal((await books(order)).length, 1)
    })

    const callbacks: readonly (readonly [fault: object, waitMs: number, count: number])[] = [
      [{ fault: 'noCallback' }, 0, 0],
      [{ fault: 'lateCallback' }, 6 * 60_000, 1],
      [{ fault: 'duplicate', count: 3 }, 0, 3],
      [{ fault: 'reorder' }, 3_000, 1],
    ]
    for (const [fault, waitMs, count] of callbacks)
      it(`the callback with ${JSON.stringify(fault)}: paid all the same`, async () => {
        const { momo } = provider()
        const order = orderOf()
        const told = () => heard.filter(({ body }) => body.includes(order.reference)).length
        await scenario(order, { on: 'callback', ...fault })
        await momo.collect(order)
        paidIn(await settle(momo, order))
        assert.equal(told(), waitMs ? 0 : count)
        await advance(waitMs)
        assert.equal(told(), count)
        assert.equal((await books(order)).length, 1)
      })
  })

  describe('the breaker', () => {
    const breakerRestMs = 150

    it('opens after five failures; enquiries and payouts pass', async () => {
      const { momo, sent } = provider({ breakerRestMs })
      const order = orderOf()
      await scenario(order, { on: 'collect', times: 5, fault: 'error5xxBefore' })
      for (let failure = 1; failure <= 5; failure++) {
        assert.equal(momo.isAvailable(), true, `open before failure ${failure}`)
        assert.deepEqual(await momo.collect(order), pending)
      }
      assert.equal(momo.isAvailable(), false)
      assert.deepEqual(await momo.collect(order), { status: 'not_sent' })
      assert.equal(sent('/merchant/').length, 5)
      assert.deepEqual(await momo.inspect(order), absent)
      assert.ok(momo.payouts)
      paidIn(await momo.payouts.payOut(payoutOf()))
      await sleep(breakerRestMs + 20)
      assert.deepEqual(await momo.collect(order), pending)
      assert.equal(momo.isAvailable(), true)
    })
  })

  describe('tokens', () => {
    it('are replaced a fifth of their life before its end, once for a hundred who ask', async () => {
      const { momo, sent, time } = provider()
      const order = orderOf()
      await momo.collect(order)
      time.now += TOKEN_MS * 0.79
      await momo.inspect(order)
      assert.equal(sent('/token').length, 1)
      time.now += TOKEN_MS * 0.02
      const updates = await Promise.all(Array.from({ length: 100 }, () => momo.inspect(order)))
      for (const update of updates) assert.deepEqual(update, pending)
      assert.equal(sent('/token').length, 2)
    })

    it('that expired meanwhile: one new token for a hundred, every question repeated once', async () => {
      const { momo, sent } = provider()
      const order = orderOf()
      await momo.collect(order)
      await advance(TOKEN_MS + 1)
      const updates = await Promise.all(Array.from({ length: 100 }, () => momo.inspect(order)))
      for (const update of updates) paidIn(update)
      assert.equal(sent('/token').length, 2)
      assert.equal(sent(`/payments/${order.reference}`).length, 200)
    })

    it('that expire in the moment of a request: it is made again, and charged once', async () => {
      const { momo } = provider()
      const order = orderOf()
      await scenario(order, { on: 'collect', outcome: 'token_expired', times: 1 })
      assert.deepEqual(await momo.collect(order), pending)
      paidIn(await settle(momo, order))
      assert.equal((await books(order)).length, 1)
    })

    it('that expire each time: two tries, pending, and the log calls for somebody', async () => {
      const { momo, sent, lines } = provider()
      const order = orderOf()
      await scenario(order, { on: 'collect', outcome: 'token_expired' })
      assert.deepEqual(await momo.collect(order), pending)
      assert.deepEqual([sent('/token').length, sent('/merchant/').length], [2, 2])
      assert.ok(lines.some((line) => line.startsWith('airtel refuses our set-up')))
      assert.deepEqual(await books(order), [])
    })

    it('refused as 200: nothing is sent, and the secret is not logged', async () => {
      const { momo, requests, lines } = provider({ clientSecret: 'wrong-secret' })
      assert.deepEqual(await momo.collect(orderOf()), { status: 'not_sent' })
      assert.equal(requests.length, 1)
      assert.deepEqual(lines, ['airtel gives no token {"outcome":200}'])
    })

    for (const expires_in of ['180', 180])
      it(`hold for ${JSON.stringify(expires_in)} seconds`, async () => {
        let issued = 0
        const { momo, time } = provider({
          http: async ({ url }) =>
            url.endsWith('/token')
              ? answer(200, { access_token: `t${++issued}`, expires_in })
              : answer(200, {}),
        })
        for (const [waitMs, wanted] of [
          [0, 1],
          [143_999, 1],
          [1, 2],
        ] as const) {
          time.now += waitMs
          await momo.inspect(orderOf())
          assert.equal(issued, wanted)
        }
      })

    it('a first try that was refused is never called "not sent", even when the second cannot be made', async () => {
      let issued = 0
      const { momo } = provider({
        http: async ({ url }) => {
          if (!url.endsWith('/token')) return answer(403, { error: 'invalid_token' })
          return issued++
            ? { kind: 'not_sent', why: 'ECONNREFUSED' }
            : answer(200, { access_token: 't', expires_in: 180 })
        },
      })
      assert.deepEqual(await momo.collect(orderOf()), pending)
    })
  })

  describe('signed messages', () => {
    before(() => wallet.demandSignatures(true))
    after(() => wallet.demandSignatures(false))

    it('pass: collections, refunds, payouts; questions bear none', async () => {
      const { momo, sent } = provider({ isSigned: true })
      const order = orderOf()
      assert.deepEqual(await momo.collect(order), pending)
      paidIn(await settle(momo, order))
      assert.ok(momo.payouts)
      paidIn(await momo.payouts.payOut(payoutOf()))
      assert.equal(sent('/encryption-keys').length, 1)
      const [push] = sent('/merchant/v1/payments/')
      assert.ok(push?.headers?.['x-signature'] && push.headers['x-key'])
      assert.ok(!('x-key' in (sent(`/payments/${order.reference}`)[0]?.headers ?? {})))
    })

    it('under a key that was replaced: a new one, once, and the message again', async () => {
      const { momo, sent } = provider({ isSigned: true })
      await momo.collect(orderOf())
      await advance(KEY_MS + 1)
      // The token is fresh again; only the key has grown old.
      await momo.inspect(orderOf())
      const order = orderOf()
      assert.deepEqual(await momo.collect(order), pending)
      paidIn(await settle(momo, order))
      assert.equal(sent('/encryption-keys').length, 2)
      assert.equal((await books(order)).length, 1)
    })

    it('that are missing are declined', async () => {
      const { momo } = provider()
      const order = orderOf()
      assert.deepEqual(await momo.collect(order), { status: 'declined', fault: 'misconfigured' })
      assert.deepEqual(await books(order), [])
    })

    for (const rule of [{ fault: 'html' }, { fault: 'error5xxBefore' }, { outcome: 'truncated' }])
      it(`without a key, for ${JSON.stringify(rule)}: nothing is sent`, async () => {
        const { momo, sent } = provider({ isSigned: true })
        await scenario('*', { on: 'key', times: 1, ...rule })
        assert.deepEqual(await momo.collect(orderOf()), { status: 'not_sent' })
        assert.equal(sent('/merchant/').length, 0)
        assert.deepEqual(await momo.collect(orderOf()), pending)
      })
  })
})
