import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { silent as log } from '../../src/core/base/log.ts'
import { freePort, waitFor } from '../../src/integrations/process.ts'
import { createFanout } from '../../src/integrations/redis/fanout.ts'
import { connectRedis } from '../../src/integrations/redis/index.ts'
import { createLimits } from '../../src/integrations/redis/limits.ts'
import { createPositions } from '../../src/integrations/redis/positions.ts'
import { redisUrl } from '../support/servers.ts'

describe('redis', () => {
  let url: string
  let redis: Redis
  let absent: Redis

  before(async () => {
    url = await redisUrl()
    redis = await connectRedis(url, log)
    absent = await connectRedis(`redis://127.0.0.1:${await freePort()}`, log)
  })
  beforeEach(() => redis.flushdb())
  after(() => {
    redis.disconnect()
    absent.disconnect()
  })

  it('connects, and refuses commands at once while nobody is there', async () => {
    assert.equal(await redis.ping(), 'PONG')
    const started = performance.now()
    await assert.rejects(absent.get('x'))
    assert.ok(performance.now() - started < 200)
  })

  describe('fan-out', () => {
    it('tells this process at once and others soon, each once', async () => {
      const other = await connectRedis(url, log)
      const [here, there] = [createFanout({ redis, log }), createFanout({ redis: other, log })]
      const heard: string[] = []
      const stop = here.subscribe((topic, json) => heard.push(`here ${topic} ${json}`))
      there.subscribe((topic, json) => heard.push(`there ${topic} ${json}`))
      try {
        await waitFor('warm', 3_000, async () => {
          await here.publish('warm', '0')
          await sleep(20)
          return heard.some((line) => line.startsWith('there')) || undefined
        })
        heard.length = 0
        await here.publish('booking bk_1', '{"state":"paid"}')
        assert.deepEqual(heard.slice(0, 1), ['here booking bk_1 {"state":"paid"}'])
        await waitFor('told', 3_000, async () => heard.length > 1 || undefined)
        await sleep(30)
        assert.deepEqual(heard.slice(1), ['there booking bk_1 {"state":"paid"}'])
        stop()
        await there.publish('x', '1')
        await sleep(30)
        assert.deepEqual(heard.slice(2), ['there x 1'])
      } finally {
        here.close()
        there.close()
        other.disconnect()
      }
    })

    it('without Redis tells this process; drops what is too large; survives a bad hearer', async () => {
      for (const client of [absent, null]) {
        const fanout = createFanout({ redis: client, log })
        const heard: string[] = []
        fanout.subscribe(() => {
          throw new Error('no')
        })
        fanout.subscribe((topic) => heard.push(topic))
        await fanout.publish('small', '1')
        await fanout.publish('large', 'x'.repeat(64 * 1024 + 1))
        assert.deepEqual(heard, ['small'])
        fanout.close()
      }
    })

    it('hears on after its connection was cut, and ignores strangers', async () => {
      const other = await connectRedis(url, log)
      const fanout = createFanout({ redis, log })
      const heard: string[] = []
      fanout.subscribe((topic) => heard.push(topic))
      const told = (topic: string) =>
        waitFor(topic, 3_000, async () => {
          await other.publish('live', JSON.stringify({ from: 'elsewhere', topic, json: '1' }))
          await sleep(20)
          return heard.includes(topic) || undefined
        })
      try {
        await told('before')
        await other.publish('live', 'not json')
        await other.publish('live', '{"topic":1}')
        await other.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
        await told('after')
      } finally {
        fanout.close()
        other.disconnect()
      }
    })
  })

  describe('positions', () => {
    const kigali = { lat: -1.9441, lng: 30.0619 }

    it('keep the newest, whatever the order', async () => {
      const positions = createPositions(redis)
      assert.equal(await positions.latest('d1'), undefined)
      assert.equal(await positions.save('d1', { ...kigali, at: 2_000 }), true)
      assert.equal(await positions.save('d1', { lat: 0, lng: 0, at: 1_000 }), false)
      assert.equal(await positions.save('d2', { lat: -1.5, lng: 29.6, at: 1_500 }), true)
      const latest = await positions.latest('d1')
      assert.ok(latest)
      assert.equal(latest.at, 2_000)
      assert.ok(Math.abs(latest.lat - kigali.lat) < 1e-5 && Math.abs(latest.lng - kigali.lng) < 1e-5)
    })

    it('are unknown where nobody can be, and while Redis is away', async () => {
      assert.equal(await createPositions(redis).save('d1', { lat: 89, lng: 0, at: 1 }), false)
      assert.equal(await createPositions(redis).latest('d1'), undefined)
      assert.equal(await createPositions(absent).save('d1', { ...kigali, at: 1 }), false)
      assert.equal(await createPositions(absent).latest('d1'), undefined)
    })

    it('keep as many drivers as they may, the stalest go', async () => {
      const positions = createPositions(redis, 3)
      for (let driver = 1; driver <= 5; driver++)
        await positions.save(`d${driver}`, { ...kigali, at: driver })
      const kept = await Promise.all([1, 2, 3, 4, 5].map((driver) => positions.latest(`d${driver}`)))
      assert.deepEqual(
        kept.map((position) => position?.at),
        [undefined, undefined, 3, 4, 5],
      )
      assert.equal(await redis.zcard('{positions}:places'), 3)
    })
  })

  describe('limits', () => {
    for (const where of ['shared', 'without Redis'])
      it(`${where}: so many, each for itself, and again after a while`, async () => {
        const limits = createLimits(where === 'shared' ? redis : absent)
        const take = (key: string) => limits.take(`otp ${where}`, key, 3, 1)
        const taken = await Promise.all([1, 2, 3, 4, 5].map(() => take('a')))
        assert.deepEqual(taken, [true, true, true, false, false])
        assert.equal(await take('b'), true)
        assert.equal(await limits.take(`hop ${where}`, 'a', 3, 1), true)
        await sleep(1_050)
        assert.equal(await take('a'), true)
      })

    it('count for all processes together', async () => {
      const other = await connectRedis(url, log)
      try {
        const [here, there] = [createLimits(redis), createLimits(other)]
        const taken = await Promise.all(
          Array.from({ length: 10 }, (_, index) => (index % 2 ? here : there).take('status', 'mtn', 4, 10)),
        )
        assert.equal(taken.filter(Boolean).length, 4)
      } finally {
        other.disconnect()
      }
    })
  })
})
