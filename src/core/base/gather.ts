/**
 * What comes within one turn of the event loop goes out together: one trip for many.
 * @param flush gets everything that came, in order
 * @returns hands one over; resolves or rejects with the flush that took it along
 */
export function gather<T>(
  flush: (items: readonly T[]) => Promise<void>,
): (items: readonly T[]) => Promise<void> {
  let waiting: T[] = []
  let flushed: Promise<void> | null = null
  return (items) => {
    waiting.push(...items)
    flushed ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        const all = waiting
        waiting = []
        flushed = null
        flush(all).then(resolve, reject)
      })
    })
    return flushed
  }
}
