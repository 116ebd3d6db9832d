import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'

export type Limits = {
  /** As `take`, but throws while Redis is away: for what must not be counted by each process alone. */
  takeShared(name: string, key: string, points: number, perSeconds: number): Promise<boolean>
  /** Takes one of `points` that `key` has under `name` every `perSeconds`; false when none is left. */
  take(name: string, key: string, points: number, perSeconds: number): Promise<boolean>
}

/** Limits that all processes share; while Redis is away each process counts for itself. */
export function createLimits(redis: Redis): Limits {
  return { take: taking((rate) => insured(redis, rate)), takeShared: taking((rate) => shared(redis, rate)) }
}

type Rate = { readonly keyPrefix: string; readonly points: number; readonly duration: number }

function taking(create: (rate: Rate) => RateLimiterRedis): Limits['take'] {
  // One for each name and rate in the code, so there are few.
  const limiters = new Map<string, RateLimiterRedis>()
  const limiterOf = (name: string, points: number, duration: number) => {
    const keyPrefix = `limit:${name}:${points}:${duration}`
    const limiter = limiters.get(keyPrefix) ?? create({ keyPrefix, points, duration })
    limiters.set(keyPrefix, limiter)
    return limiter
  }
  return (name, key, points, perSeconds) =>
    limiterOf(name, points, perSeconds)
      .consume(key)
      .then(
        () => true,
        (refusal: unknown) => {
          if (refusal instanceof Error) throw refusal
          return false
        },
      )
}

const shared = (redis: Redis, rate: Rate) =>
  new RateLimiterRedis({ ...rate, storeClient: redis, rejectIfRedisNotReady: true })

const insured = (redis: Redis, rate: Rate) =>
  new RateLimiterRedis({
    ...rate,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory(rate),
  })
