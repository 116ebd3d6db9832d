import type { Clock } from '../../core/base/clock.ts'

export type Held<T> = {
  /** What is held, or a new one; undefined when none can be had now. Never throws. */
  get(): Promise<T | undefined>
  /** Forgets what turned out to be stale, unless another has already taken its place. */
  drop(stale: T): void
}

/**
 * Something that others give us for a while. All who want it at once wait for the same question.
 * @param ask gives it, and for how long it may be used from the moment of asking; never throws
 */
export function createHeld<T>(
  ask: () => Promise<{ readonly value: T; readonly forMs: number } | undefined>,
  clock: Clock,
): Held<T> {
  let held: { value: T; until: number } | undefined
  let asking: Promise<T | undefined> | undefined

  const renew = async () => {
    const askedAt = clock.now()
    const given = await ask()
    if (given) held = { value: given.value, until: askedAt + given.forMs }
    return given?.value
  }

  return {
    get: async () => {
      if (held && clock.now() < held.until) return held.value
      asking ??= renew().finally(() => {
        asking = undefined
      })
      return asking
    },
    drop: (stale) => {
      if (held?.value === stale) held = undefined
    },
  }
}
