import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { systemClock as clock } from '../../src/core/base/clock.ts'
import { silent as log } from '../../src/core/base/log.ts'
import { Problem } from '../../src/core/base/problem.ts'
import { freePort } from '../../src/integrations/process.ts'
import { connectRedis } from '../../src/integrations/redis/index.ts'
import { createPersonLock } from '../../src/integrations/redis/lock.ts'
import { redisUrl } from '../support/servers.ts'

const isBusy = (error: unknown) => error instanceof Problem && error.code === 'unavailable'

describe('lock of a person', () => {
  let redis: Redis
  let absent: Redis

  before(async () => {
    redis = await connectRedis(await redisUrl(), log)
    absent = await connectRedis(`redis://127.0.0.1:${await freePort()}`, log)
  })
  beforeEach(() => redis.flushdb())
  after(() => {
    redis.disconnect()
    absent.disconnect()
  })

  const alone = () => createPersonLock({ redis: null, shared: false, clock })
  const shared = (client = redis) => createPersonLock({ redis: client, shared: true, clock })

  for (const [name, create] of [
    ['in one process', alone],
    ['shared', shared],
    ['shared, without Redis', () => shared(absent)],
  ] as const)
    it(`${name}: one after another, in order of asking; others are not held up`, async () => {
      const lock = create()
      const order: number[] = []
      let working = 0
      const work = (number: number) => async () => {
        assert.equal(++working, 1, 'alone')
        await sleep(2)
        working -= 1
        order.push(number)
        return number
      }
      const asked = Array.from({ length: 10 }, (_, number) => lock.withLock('a', 2_000, work(number)))
      let other = false
      await lock.withLock('b', 100, async () => {
        other = true
      })
      assert.ok(other && order.length < 10)
      assert.deepEqual(await Promise.all(asked), order)
      assert.deepEqual(order, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    })

  it('is free again after work that fails', async () => {
    const lock = shared()
    await assert.rejects(
      lock.withLock('a', 100, () => Promise.reject(new Error('no'))),
      /^Error: no$/,
    )
    assert.equal(await lock.withLock('a', 100, async () => 7), 7)
    assert.deepEqual(await redis.keys('lock:*'), [], 'and released before whatever this connection says next')
  })

  it('gives up in time, and whoever waits behind still has a turn', async () => {
    const lock = alone()
    const first = lock.withLock('a', 1_000, () => sleep(80))
    const second = lock.withLock('a', 20, async () => 'never')
    const third = lock.withLock('a', 1_000, async () => 'third')
    await assert.rejects(second, isBusy)
    await first
    assert.equal(await third, 'third')
  })

  it('lets at most fifty wait', async () => {
    const lock = alone()
    const asked = Array.from({ length: 51 }, () => lock.withLock('a', 1_000, () => sleep(1)))
    await assert.rejects(
      lock.withLock('a', 1_000, async () => {}),
      isBusy,
    )
    await Promise.all(asked)
  })

  it('holds between processes', async () => {
    const [here, there] = [shared(), shared()]
    const steps: string[] = []
    const first = here.withLock('a', 1_000, async () => {
      await sleep(60)
      steps.push('here')
    })
    await sleep(10)
    await assert.rejects(
      there.withLock('a', 20, async () => {}),
      isBusy,
    )
    await there.withLock('a', 1_000, async () => void steps.push('there'))
    await first
    assert.deepEqual(steps, ['here', 'there'])
  })

  it('does not release what has become another’s', async () => {
    await shared().withLock('a', 100, () => redis.set('lock:a', 'another'))
    assert.equal(await redis.get('lock:a'), 'another')
  })

  it('runs out when its process dies', async () => {
    await shared().withLock('a', 100, async () => {
      const leftMs = await redis.pttl('lock:a')
      assert.ok(leftMs > 5_000 && leftMs <= 10_000)
    })
  })

  it('costs nothing in Redis when it is not shared', async () => {
    const lock = createPersonLock({ redis, shared: false, clock })
    await lock.withLock('a', 100, async () => assert.deepEqual(await redis.keys('*'), []))
  })
})
