import { setTimeout as sleep } from 'node:timers/promises'

/** Whoever has waited so long goes away: the asker has other work, and asks again later. */
const LINE_WAIT_MS = 1_000
const LINE_LIMIT = 1_000
const STEP_MS = 50
/** A second and a little: what leaves later may arrive sooner. */
const WINDOW_MS = 1_100

/** Joins the line; true when it is one's turn, false when that took too long. Never throws. */
export type Line = () => Promise<boolean>

/**
 * One after the other, in the order they came, each as soon as `mayPass` has room for one more. Who waits uses
 * nothing up.
 * @param mayPass must answer soon: everybody waits behind it
 * @param waitMs how long anybody waits at most
 */
export function createLine(mayPass: () => Promise<boolean>, waitMs: number = LINE_WAIT_MS): Line {
  let last: Promise<unknown> = Promise.resolve()
  let length = 0
  const turn = async (until: number) => {
    while (performance.now() < until) {
      if (await mayPass().catch(() => false)) return true
      await sleep(STEP_MS)
    }
    return false
  }
  return async () => {
    if (length >= LINE_LIMIT) return false
    length += 1
    const until = performance.now() + waitMs
    const mine = last.then(() => turn(until))
    last = mine
    return mine.finally(() => {
      length -= 1
    })
  }
}

/** Room for so many in any second, counted in this process. */
export function atMost(perSecond: number): () => Promise<boolean> {
  const passed: number[] = []
  return async () => {
    const now = performance.now()
    const [oldest = now] = passed
    if (passed.length >= perSecond) {
      if (now - oldest < WINDOW_MS) return false
      passed.shift()
    }
    passed.push(now)
    return true
  }
}
