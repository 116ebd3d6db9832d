import type { Instant } from '../../base/clock.ts'

/** Goods to bring somewhere. All numbers here are whole. */
export type Delivery = {
  readonly id: string
  /** In the unit of the vehicles' capacity, such as cartons or kilograms. */
  readonly load: number
  /** Handing over begins within these; who comes early waits. */
  readonly opensAt: Instant
  readonly closesAt: Instant
  /** How long handing over takes. */
  readonly serviceMs: number
}

/** Leaves the warehouse once, not before `startsAt`, and is back by `endsAt`. */
export type Vehicle = {
  readonly id: string
  readonly capacity: number
  readonly startsAt: Instant
  readonly endsAt: Instant
}

/** From a row's place to a column's: place 0 is the warehouse, place n the nth delivery's. There and back may differ. */
export type Ways = {
  readonly metres: readonly (readonly number[])[]
  readonly ms: readonly (readonly number[])[]
}

export type RunsWish = {
  readonly deliveries: readonly Delivery[]
  readonly vehicles: readonly Vehicle[]
  readonly ways: Ways
}

/** How the search goes: the same is found whenever it is tried with the same. */
export type Effort = {
  readonly seed: number
  readonly rounds: number
}
