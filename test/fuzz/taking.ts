import { setTimeout as sleep } from 'node:timers/promises'

/** What no input may take longer than. */
const LIMIT_MS = 5
/** A machine that does something else for a moment is no fault of the input: it is tried so often, and later each time. */
const TRIES = 8

/** Tries an input until it is quick enough. @param take tells what was wrong @returns the same, or null */
export async function took(take: () => string | null | Promise<string | null>): Promise<string | null> {
  let leastMs = Number.POSITIVE_INFINITY
  for (let n = 0; n < TRIES && leastMs > LIMIT_MS; n += 1) {
    if (n > 0) await sleep(2 ** n)
    const began = performance.now()
    try {
      const wrong = await take()
      if (wrong !== null) return wrong
    } catch (error) {
      return `threw ${error}`
    }
    leastMs = Math.min(leastMs, performance.now() - began)
  }
  return leastMs > LIMIT_MS ? `took ${leastMs} ms` : null
}
