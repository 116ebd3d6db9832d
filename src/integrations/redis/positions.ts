import type { Redis } from 'ioredis'
import type { Instant } from '../../core/base/clock.ts'
import { scriptOf } from './script.ts'

const DRIVERS_LIMIT = 100_000
const PLACES = '{positions}:places'
const TIMES = '{positions}:times'
const SAVE = scriptOf('save_position')

/** Degrees, WGS 84; Redis keeps them to about half a metre, and no latitude beyond 85.05. */
export type Position = { readonly lat: number; readonly lng: number; readonly at: Instant }

export type Positions = {
  /** False when a newer one is known already, or Redis could not be asked. Never throws. */
  save(driver: string, position: Position): Promise<boolean>
  /** The driver's latest position; undefined when there is none, or Redis could not be asked. Never throws. */
  latest(driver: string): Promise<Position | undefined>
}

/** Where drivers were last, for all processes. Only those who were heard of last are kept, a
 * hundred thousand unless told otherwise. */
export function createPositions(redis: Redis, driversLimit = DRIVERS_LIMIT): Positions {
  return {
    save: async (driver, { lat, lng, at }) =>
      redis.eval(SAVE, 2, PLACES, TIMES, driver, lng, lat, at, driversLimit).then(
        (kept) => kept === 1,
        () => false,
      ),
    latest: async (driver) => {
      const [places, at] = await Promise.all([
        redis.geopos(PLACES, driver),
        redis.zscore(TIMES, driver),
      ]).catch(() => [[], null] as const)
      const [lng, lat] = places[0] ?? []
      if (lng == null || lat == null || at === null) return undefined
      return { lat: Number(lat), lng: Number(lng), at: Number(at) }
    },
  }
}
