import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../core/base/log.ts'
import { RedisClient } from './client.ts'
import { type Handle, type Lane, openLane } from './lane.ts'

const WAKE_WAIT_MS = 200
const WAKES_IN_FLIGHT_LIMIT = 100
const RETRY_STEP_MS = 50
const RETRY_MAX_MS = 2_000

export type Waker = {
  /** Says that outbox rows of a lane wait. Never throws, takes at most 200 ms; while Redis is away it is lost. */
  wake(lane: string, ids: readonly string[]): Promise<void>
  /**
   * Has `handle` called with woken ids, at most `concurrency` calls at a time; the same ids may come twice.
   * Throws when the lane is unknown or already taken.
   */
  onWake(lane: string, concurrency: number, handle: Handle): void
  /** Waits two seconds for what is being handled, then lets go of Redis. */
  close(): Promise<void>
}

/**
 * Wakes workers in other processes at once, over bee-queue. It carries row ids only: the rows, their retries
 * and their order are the outbox's, and its sweep finds what is lost here. So Redis may be absent at the start,
 * restarted or flushed. A lane that nobody empties keeps about a thousand hints.
 */
export function createWaker(options: { redisUrl: string; lanes: readonly string[]; log: Log }): Waker {
  const { redisUrl, lanes, log } = options
  const redis = connect(redisUrl, log)
  // Every lane, to wake and to work, listens on the one connection.
  redis.setMaxListeners(4 * lanes.length + 10)
  const outgoing = new Map(lanes.map((name) => [name, openLane({ name, redis, log })]))
  const incoming = new Map<string, Lane>()
  let inFlight = 0

  return {
    wake: async (name, ids) => {
      const lane = outgoing.get(name)
      if (!lane || ids.length === 0 || redis.status !== 'ready' || inFlight >= WAKES_IN_FLIGHT_LIMIT) return
      inFlight += 1
      const sent = lane
        .send(ids)
        .catch((error: unknown) => log.warn({ lane: name, err: error }, 'wake lost'))
        .finally(() => {
          inFlight -= 1
        })
      await Promise.race([sent, sleep(WAKE_WAIT_MS, undefined, { ref: false })])
    },
    onWake: (name, concurrency, handle) => {
      if (!outgoing.has(name) || incoming.has(name)) throw new Error(`lane ${name}: unknown or already taken`)
      incoming.set(name, openLane({ name, redis, log, work: { concurrency, handle } }))
    },
    close: async () => {
      await Promise.all([...incoming.values(), ...outgoing.values()].map((lane) => lane.close()))
      redis.disconnect()
    },
  }
}

function connect(url: string, log: Log): RedisClient {
  const redis = new RedisClient(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (tries) => Math.min(RETRY_STEP_MS * tries, RETRY_MAX_MS),
  })
  let isAway = false
  redis.on('error', (error: Error) => {
    if (!isAway) log.warn({ why: error.message }, 'waking waits for redis')
    isAway = true
  })
  redis.on('ready', () => {
    isAway = false
  })
  return redis
}
