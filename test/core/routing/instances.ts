import { readFileSync } from 'node:fs'
import type { RunsWish } from '../../../src/core/move/runs.ts'

/** Published, with the distance of the best known plan in tenths (Solomon) or whole units (Augerat). */
export const INSTANCES = {
  C101: 8_273,
  C201: 5_891,
  R101: 16_377,
  R103: 12_087,
  R105: 13_553,
  R201: 11_432,
  RC101: 16_198,
  RC103: 12_580,
  RC201: 12_618,
  'A-n32-k5': 784,
  'A-n48-k7': 1_073,
  'A-n61-k9': 1_034,
  'A-n80-k10': 1_763,
  'P-n16-k8': 450,
  'P-n76-k5': 627,
} as const
export type InstanceName = keyof typeof INSTANCES

/** Solomon's times and distances are in tenths, cut; Augerat's distances are rounded, and any time will do. */
export function instance(name: InstanceName): RunsWish {
  const [head = [], ...rows] = readFileSync(new URL(`${name}.txt`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number))
  const [count = 0, capacity = 0] = head
  const isTimed = rows[0]?.length === 6
  const unit = isTimed ? 10 : 1
  const places = rows.map(([x = 0, y = 0, load = 0, opens = 0, closes = 1_000_000, service = 0]) => ({
    ...{ x, y, load, opensAt: opens * unit, closesAt: closes * unit, serviceMs: service * unit },
  }))
  const between = places.map((a) =>
    places.map((b) => {
      const far = Math.hypot(a.x - b.x, a.y - b.y) * unit
      return isTimed ? Math.floor(far) : Math.round(far)
    }),
  )
  const endsAt = places[0]?.closesAt ?? 0
  return {
    deliveries: places.slice(1).map(({ x: _x, y: _y, ...rest }, n) => ({ id: String(n + 1), ...rest })),
    vehicles: Array.from({ length: count }, (_, n) => ({ id: String(n + 1), capacity, startsAt: 0, endsAt })),
    ways: { metres: between, ms: between },
  }
}
