import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { absent, createWallet, msisdnOf, orderOf, pending, refundOf } from './wallet.ts'

describe('mtn breaker', () => {
  const wallet = createWallet()
  const { provider, scenario } = wallet
  before(wallet.start)
  after(wallet.stop)

  const breakerRestMs = 150

  async function broken() {
    const all = provider({ breakerRestMs })
    const order = orderOf()
    await scenario({ msisdn: msisdnOf(order), on: 'collect', times: 6, fault: 'error5xxBefore' })
    for (let failure = 1; failure <= 5; failure++) {
      assert.equal(all.momo.isAvailable(), true, `open before failure ${failure}`)
      assert.deepEqual(await all.momo.collect(order), pending)
    }
    assert.equal(all.momo.isAvailable(), false)
    return { ...all, order }
  }

  it('opens after five failures: nothing new is sent, status questions pass', async () => {
    const { momo, order, sent } = await broken()
    const before = sent('requesttopay').length
    assert.deepEqual(await momo.collect(order), { status: 'not_sent' })
    assert.equal(sent('requesttopay').length, before)
    assert.deepEqual(await momo.inspect(order), absent)
    assert.equal(sent('requesttopay').length, before + 1)
  })

  it('leaves refunds alone', async () => {
    const { momo } = await broken()
    const update = await momo.refund(refundOf({ ...orderOf(), reference: '4' }))
    assert.deepEqual(update, pending)
  })

  it('lets one probe through after its rest, and opens again when that fails', async () => {
    const { momo, order, sent } = await broken()
    await sleep(breakerRestMs + 20)
    assert.equal(momo.isAvailable(), true)
    const before = sent('requesttopay').length
    const updates = await Promise.all([momo.collect(order), momo.collect(order), momo.collect(order)])
    assert.deepEqual(
      updates.map(({ status }) => status),
      ['pending', 'not_sent', 'not_sent'],
    )
    assert.equal(sent('requesttopay').length, before + 1)
    assert.equal(momo.isAvailable(), false)
  })

  it('closes when the probe is taken; who comes meanwhile is not sent, and does not wait', async () => {
    const { momo } = await broken()
    await sleep(breakerRestMs + 20)
    const probe = momo.collect(orderOf())
    assert.deepEqual(await momo.collect(orderOf()), { status: 'not_sent' })
    assert.deepEqual(await probe, pending)
    assert.equal(momo.isAvailable(), true)
    const update = await Promise.all([momo.collect(orderOf()), momo.collect(orderOf())])
    assert.deepEqual(update, [pending, pending])
  })

  it('does not count what is taken, or was before', async () => {
    const { momo } = provider({ breakerRestMs })
    for (let attempt = 0; attempt < 7; attempt++) {
      const order = orderOf()
      await momo.collect(order)
      await momo.collect(order)
    }
    assert.equal(momo.isAvailable(), true)
  })
})
