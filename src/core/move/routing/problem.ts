import type { Delivery, RunsWish, Vehicle } from './wish.ts'

/** A wish with its matrices laid flat. Place 0 is the warehouse, place n the nth delivery's. */
export type Problem = {
  /** Places, the warehouse among them. */
  readonly size: number
  /** Row by row. */
  readonly metres: Float64Array
  readonly ms: Float64Array
  /** By place; the warehouse has none. */
  readonly deliveries: readonly (Delivery | undefined)[]
  /** Those that can do the same stand side by side. */
  readonly vehicles: readonly Vehicle[]
  /** By place, all deliveries from the nearest on, itself first. */
  readonly near: readonly (readonly number[])[]
}

export function problemOf({ deliveries, vehicles, ways }: RunsWish): Problem {
  const size = deliveries.length + 1
  const places = Array.from({ length: size }, (_, place) => place)
  const near = places.map((from) => {
    const far = (to: number) => (to === from ? -1 : (ways.metres[from]?.[to] ?? 0))
    return places.slice(1).sort((a, b) => far(a) - far(b) || a - b)
  })
  return {
    ...{ size, near, deliveries: [undefined, ...deliveries] },
    metres: flat(ways.metres),
    ms: flat(ways.ms),
    vehicles: [...vehicles].sort(
      (a, b) => b.capacity - a.capacity || a.startsAt - b.startsAt || a.endsAt - b.endsAt,
    ),
  }
}

/** To stay is no way. */
const flat = (matrix: readonly (readonly number[])[]): Float64Array =>
  Float64Array.from(matrix.flatMap((row, from) => row.map((one, to) => (from === to ? 0 : one))))

/** Whether an empty vehicle need not be tried where the other could not go. */
export const isTwin = (a: Vehicle, b: Vehicle | undefined): boolean =>
  a.capacity === b?.capacity && a.startsAt === b.startsAt && a.endsAt === b.endsAt

export const metresOf = ({ metres, size }: Problem, from: number, to: number): number =>
  metres[from * size + to] ?? 0

export const msOf = ({ ms, size }: Problem, from: number, to: number): number => ms[from * size + to] ?? 0
