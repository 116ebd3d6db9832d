import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Clock } from '../../core/base/clock.ts'
import { Problem } from '../../core/base/problem.ts'
import { scriptOf } from './script.ts'

/** Longer than any hop may take, so that only the lock of a dead process runs out. */
const HELD_AT_MOST_MS = 10_000
const ASK_AGAIN_MS = 15
const WAITING_LIMIT = 50
const RELEASE = scriptOf('release_lock')

export type PersonLock = {
  /**
   * Does `work` while nobody else works under that key, in order of asking within this process.
   * Throws Problem `unavailable` when its turn does not come within `waitMs` or too many wait already.
   */
  withLock<T>(key: string, waitMs: number, work: () => Promise<T>): Promise<T>
}

/**
 * One person's hops come one after another. A queue in this process costs nothing; `shared` adds a lock in
 * Redis between processes. Without Redis the queue alone goes on: the database still refuses a stale write.
 * @param shared false when one process alone receives hops
 */
export function createPersonLock(options: {
  redis: Redis | null
  shared: boolean
  clock: Clock
}): PersonLock {
  const { clock } = options
  const redis = options.shared ? options.redis : null
  const turns = createTurns()
  return {
    withLock: async (key, waitMs, work) => {
      const until = clock.now() + waitMs
      await turns.enter(key, waitMs)
      try {
        const release = redis && (await take(redis, `lock:${key}`, until, clock))
        return await work().finally(release)
      } finally {
        turns.leave(key)
      }
    },
  }
}

const busy = () => new Problem('unavailable', 'Still busy with what came before')

/** Who may work on a key now, first come first served. A key is in the map while somebody works on it. */
function createTurns() {
  const waiting = new Map<string, (() => void)[]>()
  const enter = (key: string, waitMs: number): Promise<void> | undefined => {
    const line = waiting.get(key)
    if (!line) {
      waiting.set(key, [])
      return undefined
    }
    if (line.length >= WAITING_LIMIT) throw busy()
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => {
        line.splice(line.indexOf(go), 1)
        reject(busy())
      }, waitMs)
      function go() {
        clearTimeout(giveUp)
        resolve()
      }
      line.push(go)
    })
  }
  const leave = (key: string) => {
    const next = waiting.get(key)?.shift()
    if (next) next()
    else waiting.delete(key)
  }
  return { enter, leave }
}

/** Gives what ends the lock, also when Redis did not answer. Throws when it is not free in time. */
async function take(redis: Redis, key: string, until: number, clock: Clock) {
  const token = randomUUID()
  // Nobody waits for this: the next of this process speaks after it on the same connection, and it runs out.
  const release = () => {
    redis.eval(RELEASE, 1, key, token).catch(() => {})
  }
  try {
    while ((await redis.set(key, token, 'PX', HELD_AT_MOST_MS, 'NX')) !== 'OK') {
      if (clock.now() >= until) throw busy()
      await sleep(ASK_AGAIN_MS * (0.5 + Math.random()))
    }
    return release
  } catch (error) {
    if (error instanceof Problem) throw error
    return release
  }
}
