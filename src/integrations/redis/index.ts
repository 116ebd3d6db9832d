import { Redis } from 'ioredis'
import type { Log } from '../../core/base/log.ts'

const READY_WAIT_MS = 1_000
const CONNECT_TIMEOUT_MS = 2_000
const COMMAND_TIMEOUT_MS = 500
const RETRY_MIN_MS = 50
const RETRY_MAX_MS = 2_000

/**
 * A connection to Redis (`redis://` or `rediss://` URL), as soon as it is up, and after a second all the same.
 * While Redis is away every command is refused at once instead of waiting, so that callers can go on without;
 * the connection comes back by itself. Throws only on a URL that is none.
 */
export async function connectRedis(url: string, log: Log): Promise<Redis> {
  const redis = new Redis(url, {
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (tries) => Math.min(RETRY_MIN_MS * 2 ** Math.min(tries - 1, 10), RETRY_MAX_MS),
  })
  announce(redis, log)
  await isUp(redis)
  return redis
}

/** Logs when the connection is lost and when it is back, once each. */
export function announce(redis: Redis, log: Log): void {
  let away = false
  redis.on('error', (error: Error) => {
    if (!away) log.warn({ why: error.message }, 'redis is away')
    away = true
  })
  redis.on('ready', () => {
    if (away) log.info({}, 'redis is back')
    away = false
  })
}

function isUp(redis: Redis): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, READY_WAIT_MS)
    redis.once('ready', done)
    redis.once('error', done)
    function done() {
      clearTimeout(timer)
      redis.off('ready', done)
      redis.off('error', done)
      resolve()
    }
  })
}
