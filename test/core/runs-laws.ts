import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { planRuns, RunsPlan, RunsWish } from '../../src/core/move/runs.ts'

export type Planner = typeof planRuns

/** Up to twelve deliveries and four vehicles in any world: ways there and back differ, and a detour may be quicker. */
export const wishes: fc.Arbitrary<RunsWish> = fc
  .tuple(fc.nat({ max: 12 }), fc.nat({ max: 4 }))
  .chain(([count, vehicles]) =>
    fc.record({
      deliveries: listOf(count, {
        load: fc.nat({ max: 12 }),
        opensAt: fc.nat({ max: 300 }),
        open: fc.nat({ max: 300 }),
      }),
      vehicles: listOf(vehicles, {
        capacity: fc.nat({ max: 40 }),
        startsAt: fc.nat({ max: 100 }),
        on: fc.nat({ max: 600 }),
      }),
      metres: matrixOf(count + 1),
      ms: matrixOf(count + 1),
    }),
  )
  .map(({ deliveries, vehicles, metres, ms }) => ({
    deliveries: deliveries.map(({ load = 0, opensAt = 0, open = 0 }, n) => ({
      ...{ id: `d${n}`, load, opensAt, closesAt: opensAt + open, serviceMs: open % 7 },
    })),
    vehicles: vehicles.map(({ capacity = 0, startsAt = 0, on = 0 }, n) => ({
      ...{ id: `v${n}`, capacity, startsAt, endsAt: startsAt + on },
    })),
    ways: { metres, ms },
  }))

const listOf = (count: number, shape: Record<string, fc.Arbitrary<number>>) =>
  fc.array(fc.record(shape), { minLength: count, maxLength: count })

const matrixOf = (size: number) =>
  fc.array(fc.array(fc.nat({ max: 100 }), { minLength: size, maxLength: size }), {
    minLength: size,
    maxLength: size,
  })

/** Drives the plan anew, with nothing of the planner's but the order. */
export function holds(wish: RunsWish, plan: RunsPlan): void {
  const told = [
    ...plan.runs.flatMap(({ visits }) => visits.map(({ delivery }) => delivery)),
    ...plan.unserved.map(({ delivery }) => delivery),
  ]
  assert.deepEqual(told.sort(), wish.deliveries.map(({ id }) => id).sort(), 'not each once')
  const metres = plan.runs.map((run) => driven(wish, run))
  assert.equal(
    new Set(plan.runs.map(({ vehicle }) => vehicle)).size,
    plan.runs.length,
    'a vehicle goes twice',
  )
  assert.equal(
    plan.metres,
    metres.reduce((sum, one) => sum + one, 0),
    'not the metres driven',
  )
}

function driven({ deliveries, vehicles, ways }: RunsWish, run: RunsPlan['runs'][number]): number {
  const vehicle = vehicles.find(({ id }) => id === run.vehicle)
  assert.ok(vehicle && run.visits.length > 0, 'a run of nobody')
  assert.ok(run.leavesAt >= vehicle.startsAt, 'left too early')
  let [at, time, load, metres] = [0, run.leavesAt, 0, 0]
  for (const visit of run.visits) {
    const n = deliveries.findIndex(({ id }) => id === visit.delivery)
    const delivery = deliveries[n]
    assert.ok(delivery)
    time += ways.ms[at]?.[n + 1] ?? Number.NaN
    metres += ways.metres[at]?.[n + 1] ?? Number.NaN
    assert.equal(visit.arrivesAt, time, 'not when it arrives')
    assert.ok(time <= delivery.closesAt, 'came too late')
    time = Math.max(time, delivery.opensAt) + delivery.serviceMs
    assert.equal(visit.leavesAt, time, 'not when it is done')
    load += delivery.load
    at = n + 1
  }
  assert.ok(load <= vehicle.capacity, 'more than it holds')
  assert.equal(run.load, load, 'not its load')
  assert.equal(run.backAt, time + (ways.ms[at]?.[0] ?? Number.NaN), 'not when it is back')
  assert.ok(run.backAt <= vehicle.endsAt, 'back too late')
  return metres + (ways.metres[at]?.[0] ?? Number.NaN)
}

/** Every law of a planner on as many wishes; a mutant need not be found out by the smallest. */
export function laws(plan: Planner, wishesTried: number, endOnFailure = false): void {
  fc.assert(
    fc.property(wishes, fc.nat(), (wish, seed) => {
      const effort = { seed, rounds: 40 }
      const found = plan(wish, effort)
      holds(wish, found)
      assert.deepEqual(plan(wish, effort), found, 'not the same again')
      const greedy = plan(wish, { rounds: 0 })
      const better = found.unserved.length - greedy.unserved.length || found.metres - greedy.metres
      assert.ok(better <= 0, 'worse than greedy')
      for (const { delivery, why } of found.unserved) alone(plan, wish, delivery, why)
    }),
    { numRuns: wishesTried, includeErrorInReport: true, endOnFailure },
  )
}

/** Whoever is not served for want of room is served where nobody else is; others are not even then. */
function alone(plan: Planner, wish: RunsWish, id: string, why: string): void {
  const n = wish.deliveries.findIndex((one) => one.id === id)
  const only = (matrix: readonly (readonly number[])[]) =>
    [0, n + 1].map((from) => [0, n + 1].map((to) => matrix[from]?.[to] ?? 0))
  const ways = { metres: only(wish.ways.metres), ms: only(wish.ways.ms) }
  const { runs } = plan({ ...wish, deliveries: wish.deliveries.slice(n, n + 1), ways }, { rounds: 0 })
  assert.equal(runs.length, why === 'no_room' ? 1 : 0, 'not why')
  const load = wish.deliveries[n]?.load ?? 0
  assert.equal(
    wish.vehicles.every(({ capacity }) => capacity < load),
    why === 'too_heavy',
    'not why',
  )
}
