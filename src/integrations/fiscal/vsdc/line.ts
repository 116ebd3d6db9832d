/** Requests that may wait for the device; one more is not taken. */
const WAITING_LIMIT = 100

/** Does one piece of work after another, in the order they came. Undefined when too many wait already. */
export function createLine(): <T>(work: () => Promise<T>) => Promise<T | undefined> {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return async (work) => {
    if (waiting >= WAITING_LIMIT) return undefined
    waiting += 1
    const before = last
    const mine = (async () => {
      await before.catch(() => {})
      return work()
    })()
    last = mine
    return mine.finally(() => {
      waiting -= 1
    })
  }
}
