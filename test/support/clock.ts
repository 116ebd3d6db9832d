import type { Clock } from '../../src/core/base/clock.ts'

/** The world's time, moved on at will: what waits for minutes need not be waited for. */
export function movableClock(): Clock & { advance(byMs: number): void } {
  let aheadMs = 0
  return {
    now: () => Date.now() + aheadMs,
    advance(byMs) {
      aheadMs += byMs
    },
  }
}
