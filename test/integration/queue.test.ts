import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { type Log, silent } from '../../src/core/base/log.ts'
import { freePort, waitFor } from '../../src/integrations/process.ts'
import { createWaker, type Waker } from '../../src/integrations/queue/index.ts'
import { type EmbeddedRedis, startEmbeddedRedis } from '../../src/integrations/redis/embedded.ts'
import { redisUrl } from '../support/servers.ts'

const lanes = ['message', 'payment'] as const
const HANDLED_MS = 5_000

describe('waking workers', () => {
  const wakers: Waker[] = []

  function open(url: string, log: Log = silent) {
    const waker = createWaker({ redisUrl: url, lanes, log })
    wakers.push(waker)
    return waker
  }

  /** A waker that keeps what it was woken for. */
  function listen(url: string, lane: string = lanes[0]) {
    const heard: string[] = []
    const waker = open(url)
    waker.onWake(lane, 4, async (ids) => void heard.push(...ids))
    return { waker, heard }
  }

  /** Wakes again and again, as the outbox does, until it was heard. */
  const untilHeard = (waker: Waker, heard: readonly string[], id: string) =>
    waitFor(`${id} heard`, HANDLED_MS, async () => {
      await waker.wake(lanes[0], [id])
      await sleep(20)
      return heard.includes(id) || undefined
    })

  afterEach(async () => {
    for (const waker of wakers.splice(0)) await waker.close()
  })

  it('brings ids from one process to a worker in another, and keeps lanes apart', async () => {
    const url = await redisUrl()
    const first = listen(url)
    const other = listen(url, lanes[1])
    const producer = open(url)
    await untilHeard(producer, first.heard, 'warm')
    await producer.wake(lanes[0], ['1', '2'])
    await waitFor('both', HANDLED_MS, async () => first.heard.includes('2') || undefined)
    assert.deepEqual(first.heard.slice(-2), ['1', '2'])
    assert.deepEqual(other.heard, [])
  })

  it('leaves nothing behind in Redis, even when the work fails', async () => {
    const url = await redisUrl()
    let calls = 0
    const waker = open(url)
    waker.onWake(lanes[0], 1, async () => {
      calls += 1
      throw new Error('no')
    })
    await waitFor('called', HANDLED_MS, async () => {
      await waker.wake(lanes[0], ['1'])
      return calls > 0 || undefined
    })
    const redis = new Redis(url)
    try {
      await waitFor('emptied', HANDLED_MS, async () => {
        const keys = await redis.keys('*')
        return keys.every((key) => key.endsWith(':id') || key.endsWith(':stallBlock')) || undefined
      })
      const before = calls
      await sleep(100)
      assert.equal(calls, before, 'not tried again')
    } finally {
      redis.disconnect()
    }
  })

  it('works on at most so many at once', async () => {
    const url = await redisUrl()
    let working = 0
    let most = 0
    let done = 0
    const waker = open(url)
    waker.onWake(lanes[0], 2, async () => {
      working += 1
      most = Math.max(most, working)
      await sleep(20)
      working -= 1
      done += 1
    })
    await waitFor('started', HANDLED_MS, async () => {
      await waker.wake(lanes[0], ['0'])
      return done > 0 || undefined
    })
    const before = done
    for (let n = 0; n < 8; n += 1) await waker.wake(lanes[0], [String(n)])
    await waitFor('all', HANDLED_MS, async () => done >= before + 8 || undefined)
    assert.equal(most, 2)
  })

  it('sends together what is woken at once', async () => {
    const url = await redisUrl()
    const heard: (readonly string[])[] = []
    const waker = open(url)
    waker.onWake(lanes[0], 2, async (ids) => void heard.push(ids))
    await waitFor('started', HANDLED_MS, async () => {
      await waker.wake(lanes[0], ['first'])
      return heard.length > 0 || undefined
    })
    const ids = Array.from({ length: 40 }, (_, n) => String(n))
    await Promise.all(ids.map((id) => waker.wake(lanes[0], [id])))
    await waitFor('all', HANDLED_MS, async () => heard.flat().includes('39') || undefined)
    assert.deepEqual(heard.at(-1), ids)
  })

  it('keeps at most a thousand hints that nobody hears', async () => {
    const url = await redisUrl()
    const producer = open(url)
    const redis = new Redis(url)
    try {
      await waitFor('open', HANDLED_MS, async () => {
        await producer.wake(lanes[0], ['0'])
        return (await redis.llen('{bq}:message:waiting')) > 0 || undefined
      })
      for (let n = 0; n < 1_200; n += 1) await producer.wake(lanes[0], [String(n)])
      const kept = await redis.llen('{bq}:message:waiting')
      assert.ok(kept >= 1_000 && kept < 1_100, String(kept))
    } finally {
      redis.disconnect()
    }
  })

  it('refuses a lane it does not know, or that is taken', async () => {
    const { waker } = listen(await redisUrl())
    assert.throws(() => waker.onWake('nothing', 1, async () => {}))
    assert.throws(() => waker.onWake(lanes[0], 1, async () => {}))
  })

  describe('when Redis fails', () => {
    let dir: string
    let port: number
    let server: EmbeddedRedis | undefined
    const up = async () => {
      server = await startEmbeddedRedis({ dir, cacheDir: resolve('.cache'), port })
    }
    const down = async () => {
      await server?.stop()
      server = undefined
    }

    beforeEach(async () => {
      dir = await mkdtemp(join(tmpdir(), 'inzira-redis-'))
      port = await freePort()
    })
    afterEach(async () => {
      for (const waker of wakers.splice(0)) await waker.close()
      await down()
      await rm(dir, { recursive: true, force: true })
    })
    const url = () => `redis://127.0.0.1:${port}`

    it('starts without it, loses wakes at once, and works when it comes', async () => {
      const { waker, heard } = listen(url())
      const started = performance.now()
      for (let wake = 0; wake < 50; wake++) await waker.wake(lanes[0], ['lost'])
      assert.ok(performance.now() - started < 200)
      await up()
      await untilHeard(waker, heard, 'first')
      assert.ok(!heard.includes('lost'))
    })

    it('works again after a restart that forgot everything, scripts too', async () => {
      await up()
      const { waker, heard } = listen(url())
      await untilHeard(waker, heard, 'before')
      await down()
      await waker.wake(lanes[0], ['meanwhile'])
      await up()
      await untilHeard(waker, heard, 'after')
      await down()
      await up()
      await untilHeard(waker, heard, 'again')
    })

    it('works again after a flush of keys and scripts', async () => {
      await up()
      const { waker, heard } = listen(url())
      await untilHeard(waker, heard, 'before')
      const redis = new Redis(url())
      await redis.flushall()
      await redis.script('FLUSH')
      redis.disconnect()
      await waker.wake(lanes[0], ['after'])
      await waitFor('after', HANDLED_MS, async () => heard.includes('after') || undefined)
    })

    it('is let go in time while it is away', async () => {
      await up()
      const { waker, heard } = listen(url())
      await untilHeard(waker, heard, 'before')
      await down()
      const started = performance.now()
      await waker.close()
      assert.ok(performance.now() - started < 3_000)
    })
  })
})
