import assert from 'node:assert/strict'
import { createLine } from '../../src/integrations/payments/mtn/line.ts'
import { absent, createWallet, orderOf, payoutOf, pending, refundOf } from './wallet.ts'

const WAIT_MS = 150
/** Enough for everybody to come to their turn. */
const LONG_MS = 10_000

describe('mtn status requests', () => {
  const wallet = createWallet({ mtnStatusRps: 10 })
  const { provider } = wallet
  before(wallet.start)
  after(wallet.stop)

  it('go ten in any second, of all kinds together, and who waits is answered in turn', async () => {
    const sentAt: number[] = []
    const tens: number[] = []
    const { momo, payouts } = provider(
      {
        http: (request) => {
          if (request.method === 'GET') sentAt.push(performance.now())
          return wallet.http(request)
        },
        lineWaitMs: LONG_MS,
      },
      {},
    )
    const ask = (index: number) => {
      if (index % 3 === 0) return momo.inspect(orderOf())
      return index % 3 === 1 ? momo.inspectRefund(refundOf(orderOf())) : payouts.inspectPayout(payoutOf())
    }
    const updates = await Promise.all(
      Array.from({ length: 25 }, async (_, index) => {
        const update = await ask(index)
        tens.push(Math.floor(index / 10))
        return update
      }),
    )
    assert.deepEqual(
      updates,
      Array.from({ length: 25 }, () => absent),
    )
    const inTurn = [...tens].sort((one, other) => one - other)
    assert.deepEqual(tens, inTurn, 'the first ten, the next ten, the rest')
    sentAt.slice(10).forEach((at, index) => {
      assert.ok(at - (sentAt[index] ?? 0) >= 1_000, `the eleventh from ${index} came too soon`)
    })
  })

  it('of two processes get in line again when MTN has had too many', async () => {
    const patient = { lineWaitMs: LONG_MS }
    const [one, other] = [provider(patient, {}), provider(patient, {})]
    const asked = [one, other].flatMap(({ momo }) => Array.from({ length: 8 }, () => momo.inspect(orderOf())))
    const updates = await Promise.all(asked)
    assert.deepEqual(
      updates,
      Array.from({ length: 16 }, () => absent),
    )
    assert.ok(one.sent('requesttopay/').length + other.sent('requesttopay/').length > 16, 'some came twice')
  })

  it('are pending when MTN has too many for ever', async () => {
    const asked: string[] = []
    const { momo } = provider({
      http: async (request) => {
        if (request.method === 'POST') return wallet.http(request)
        asked.push(request.url)
        return { kind: 'answer', status: 429, headers: {}, body: '{"statusCode":429}' }
      },
    })
    assert.deepEqual(await momo.inspect(orderOf()), pending)
    assert.equal(asked.length, 3)
  })

  it('are pending, and not sent, when there is no room in time', async () => {
    const full = [async () => false, () => Promise.reject(new Error('no counter'))]
    for (const mayInspect of full) {
      const { momo, requests } = provider({}, { mayInspect, lineWaitMs: WAIT_MS })
      const started = performance.now()
      const updates = await Promise.all([1, 2, 3].map(() => momo.inspect(orderOf())))
      const tookMs = performance.now() - started
      assert.deepEqual(updates, [pending, pending, pending])
      assert.ok(tookMs >= WAIT_MS && tookMs < 20 * WAIT_MS, `${tookMs} ms`)
      assert.equal(requests.length, 0)
    }
  })

  it('are sent when there is room at last', async () => {
    let refusals = 3
    const { momo } = provider({}, { mayInspect: async () => refusals-- <= 0 })
    assert.deepEqual(await momo.inspect(orderOf()), absent)
  })

  it('do not join a line that is too long', async () => {
    const line = createLine(async () => false, WAIT_MS)
    const waiting = Array.from({ length: 1_000 }, () => line())
    const started = performance.now()
    assert.equal(await line(), false)
    assert.ok(performance.now() - started < WAIT_MS / 2)
    assert.deepEqual(new Set(await Promise.all(waiting)), new Set([false]))
  })
})
