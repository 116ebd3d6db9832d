import type { RunsWish } from '../../../src/core/move/runs.ts'

export type Bare = { readonly metres: number; readonly vehicles: number; readonly unserved: number }

/** The plan of the textbook's first page: each vehicle goes on to the nearest that it still can serve and get back. */
export function nearest({ deliveries, vehicles, ways }: RunsWish): Bare {
  const waiting = new Set(deliveries.keys())
  const far = (from: number, to: number) => ways.metres[from]?.[to] ?? 0
  const long = (from: number, to: number) => ways.ms[from]?.[to] ?? 0
  let metres = 0
  let used = 0
  for (const { capacity, startsAt, endsAt } of vehicles) {
    let [at, time, room] = [0, startsAt, capacity]
    const begins = (n: number) => Math.max(time + long(at, n + 1), deliveries[n]?.opensAt ?? 0)
    const can = (n: number) => {
      const { load = 0, closesAt = 0, serviceMs = 0 } = deliveries[n] ?? {}
      return load <= room && begins(n) <= closesAt && begins(n) + serviceMs + long(n + 1, 0) <= endsAt
    }
    for (;;) {
      const [next] = [...waiting].filter(can).sort((a, b) => far(at, a + 1) - far(at, b + 1) || a - b)
      if (next === undefined) break
      time = begins(next) + (deliveries[next]?.serviceMs ?? 0)
      room -= deliveries[next]?.load ?? 0
      metres += far(at, next + 1)
      at = next + 1
      waiting.delete(next)
    }
    metres += far(at, 0)
    if (at > 0) used += 1
  }
  return { metres, vehicles: used, unserved: waiting.size }
}
