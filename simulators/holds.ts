import type { Clock } from './clock.ts'

const HOLD_MS = 5_000
const MAX_PHONES = 10_000

/** Which phones have somebody looking at them: those are asked, all others answer by themselves. */
export interface Holds {
  /** Somebody looked at this phone just now. */
  touch(phone: string): void
  /** Somebody looks at it until the answered function is called. */
  keep(phone: string): () => void
  held(phone: string): boolean
}

export function createHolds(clock: Clock): Holds {
  const seenAt = new Map<string, number>()
  const kept = new Map<string, number>()

  function touch(phone: string) {
    const oldest = seenAt.size >= MAX_PHONES ? seenAt.keys().next().value : undefined
    if (oldest !== undefined) seenAt.delete(oldest)
    seenAt.delete(phone)
    seenAt.set(phone, clock.now())
  }

  function keep(phone: string) {
    kept.set(phone, (kept.get(phone) ?? 0) + 1)
    return () => {
      const others = (kept.get(phone) ?? 1) - 1
      if (others > 0) kept.set(phone, others)
      else kept.delete(phone)
      touch(phone)
    }
  }

  const held = (phone: string) => kept.has(phone) || clock.now() - (seenAt.get(phone) ?? -Infinity) < HOLD_MS
  return { touch, keep, held }
}
