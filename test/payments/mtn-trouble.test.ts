import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpAnswer } from '../../src/core/base/http.ts'
import { freePort } from '../../src/integrations/process.ts'
import {
  assertPaid,
  BAD_ANSWERS,
  BAD_WAYS,
  createWallet,
  declined,
  msisdnOf,
  orderOf,
  pending,
  THINKING_MS,
} from './wallet.ts'

const TOKEN_MS = 3_600_000

describe('mtn in trouble', () => {
  const wallet = createWallet()
  const { provider, scenario, advance, settle, charges } = wallet
  before(wallet.start)
  after(wallet.stop)

  describe('when the way is bad', () => {
    for (const [name, fault, isTaken] of BAD_WAYS)
      it(`${name}: pending, and the same reference is charged once`, async () => {
        const { momo } = provider()
        const order = orderOf()
        await scenario({ msisdn: msisdnOf(order), on: 'collect', times: 1, ...fault })
        assert.deepEqual(await momo.collect(order), pending)
        assert.equal((await momo.inspect(order)).status, isTaken ? 'pending' : 'absent')
        assert.deepEqual(await momo.collect(order), pending, 'the first time, or 409')
        assertPaid(await settle(momo, order))
        assert.equal((await charges(order.reference)).length, 1)
      })

    for (const fault of BAD_ANSWERS)
      it(`a status question met by ${fault}: pending, never a decline`, async () => {
        const { momo } = provider()
        const order = orderOf()
        await momo.collect(order)
        await advance(THINKING_MS)
        await scenario({ msisdn: msisdnOf(order), on: 'status', times: 1, fault })
        assert.deepEqual(await momo.inspect(order), pending)
        assertPaid(await momo.inspect(order))
      })

    it('a slow answer: pending, and paid', async () => {
      const { momo } = provider({ timeoutMs: 100 })
      const order = orderOf()
      await scenario({ msisdn: msisdnOf(order), on: 'collect', times: 1, fault: 'delay', delayMs: 400 })
      assert.deepEqual(await momo.collect(order), pending)
      assertPaid(await settle(momo, order))
    })

    it('nobody listens: not sent', async () => {
      const { momo } = provider({ baseUrl: `http://127.0.0.1:${await freePort()}/mtn` })
      assert.deepEqual(await momo.collect(orderOf()), { status: 'not_sent' })
      assert.deepEqual(await momo.inspect(orderOf()), pending)
    })

    it('the same reference from two sides at once is charged once', async () => {
      const { momo } = provider()
      const order = orderOf()
      const updates = await Promise.all([momo.collect(order), momo.collect(order), momo.collect(order)])
      assert.deepEqual(updates, [pending, pending, pending])
      assert.equal((await charges(order.reference)).length, 1)
    })
  })

  describe('tokens', () => {
    it('a hundred at once at the end of a token ask for one new token', async () => {
      const { momo, sent, time } = provider()
      const order = orderOf()
      await momo.collect(order)
      assert.equal(sent('/token/').length, 1)
      time.now += TOKEN_MS * 0.89
      await momo.inspect(order)
      assert.equal(sent('/token/').length, 1, 'nine tenths are used')
      time.now += TOKEN_MS * 0.02
      const updates = await Promise.all(Array.from({ length: 100 }, () => momo.inspect(order)))
      assert.deepEqual(new Set(updates.map(({ status }) => status)), new Set(['pending']))
      assert.equal(sent('/token/').length, 2)
    })

    it('a hundred refused at once ask for one new token, and none fails', async () => {
      const { momo, sent } = provider()
      const order = orderOf()
      await scenario({ msisdn: msisdnOf(order), outcome: 'approve' })
      await momo.collect(order)
      await advance(TOKEN_MS + 1)
      const updates = await Promise.all(Array.from({ length: 100 }, () => momo.inspect(order)))
      for (const update of updates) assertPaid(update)
      assert.equal(sent('/token/').length, 2)
      assert.equal(sent('requesttopay/').length, 200)
    })

    it('wrong keys: not sent, and no endless asking', async () => {
      const { momo, requests } = provider({ apiKey: 'wrong' })
      assert.deepEqual(await momo.collect(orderOf()), { status: 'not_sent' })
      assert.equal(requests.length, 1)
    })

    const answer = (status: number, body: object): HttpAnswer => ({
      kind: 'answer',
      status,
      headers: {},
      body: JSON.stringify(body),
    })

    it('a late refusal of the old token leaves the new one in use', async () => {
      let issued = 0
      const { momo } = provider({
        http: async ({ url, headers }) => {
          if (url.endsWith('/token/')) return answer(200, { access_token: `t${++issued}`, expires_in: 3600 })
          if (headers?.authorization !== 'Bearer t1') return answer(200, { status: 'PENDING' })
          await sleep(url.endsWith(slow.reference) ? 40 : 0)
          return answer(401, { message: 'no' })
        },
      })
      const [quick, slow] = [orderOf(), orderOf()]
      await Promise.all([momo.inspect(slow), momo.inspect(quick)])
      await momo.inspect(quick)
      assert.equal(issued, 2)
    })

    it('a service that refuses every token is asked twice', async () => {
      const asked: string[] = []
      const { momo } = provider({
        http: async ({ url }) => {
          asked.push(url)
          return url.endsWith('/token/')
            ? answer(200, { access_token: 'x', expires_in: '3600' })
            : answer(401, { message: 'no' })
        },
      })
      assert.deepEqual(await momo.collect(orderOf()), declined('misconfigured'))
      assert.equal(asked.length, 4)
    })
  })
})
