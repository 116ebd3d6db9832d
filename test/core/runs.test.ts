import assert from 'node:assert/strict'
import { DELIVERIES_MAX, planRuns, type RunsWish, roadWays } from '../../src/core/move/runs.ts'
import { isFull, sized } from '../support/size.ts'
import { INSTANCES, type InstanceName, instance } from './routing/instances.ts'
import { nearest } from './routing/nearest.ts'
import { holds, laws } from './runs-laws.ts'
import { mutants } from './runs-mutants.ts'

const EVERYDAY: readonly InstanceName[] = ['C101', 'R101', 'RC201', 'A-n48-k7', 'P-n16-k8']
const ALL = Object.keys(INSTANCES).filter((name): name is InstanceName => name in INSTANCES)
const GAP_MAX = 0.05

const gapOf = (name: InstanceName, { metres }: { readonly metres: number }) => metres / INSTANCES[name] - 1

const none: RunsWish = { deliveries: [], vehicles: [], ways: { metres: [[0]], ms: [[0]] } }
const shop = { id: 'shop', load: 3, opensAt: 100, closesAt: 200, serviceMs: 5 }
const van = { id: 'van', capacity: 4, startsAt: 0, endsAt: 1_000 }
const there = [
  [0, 30],
  [40, 0],
]
const one: RunsWish = { deliveries: [shop], vehicles: [van], ways: { metres: there, ms: there } }

describe('delivery runs', () => {
  it('serve each once or say why not, in time and within what a vehicle holds, the same again, never worse than greedy', () =>
    laws(planRuns, sized(200, 1_000))).timeout(60_000)

  for (const { does, plan, says } of mutants)
    it(`are found out by their laws when the planner ${does}`, () => {
      assert.throws(() => laws(plan, 400, true), says)
    })

  it('are none for nobody', () => assert.deepEqual(planRuns(none), { runs: [], unserved: [], metres: 0 }))

  it('leave as late as the first shop allows', () => {
    const visits = [{ delivery: 'shop', arrivesAt: 100, leavesAt: 105 }]
    const runs = [{ vehicle: 'van', leavesAt: 70, visits, backAt: 145, load: 3, metres: 70 }]
    assert.deepEqual(planRuns(one), { runs, unserved: [], metres: 70 })
  })

  it('go by the roads between the places', () => {
    const [nyabugogo, remera] = [
      { lat: -1.9396, lng: 30.0444 },
      { lat: -1.9583, lng: 30.1127 },
    ]
    const ways = roadWays([nyabugogo, remera], 400)
    const { runs } = planRuns({
      deliveries: [{ ...shop, closesAt: 9_000_000 }],
      vehicles: [{ ...van, endsAt: 9_000_000 }],
      ways,
    })
    const metres = ways.metres[0]?.[1] ?? 0
    assert.ok(metres > 7_500 && metres < 15_000, `${metres} m`)
    assert.deepEqual([runs[0]?.metres, runs[0]?.visits[0]?.arrivesAt], [2 * metres, 150 * metres])
  })

  const impossible: readonly [string, RunsWish][] = [
    ['too_heavy', { ...one, deliveries: [{ ...shop, load: 5 }] }],
    ['too_heavy', { ...one, vehicles: [] }],
    ['out_of_reach', { ...one, deliveries: [{ ...shop, opensAt: 0, closesAt: 29 }] }],
    ['out_of_reach', { ...one, deliveries: [{ ...shop, closesAt: 99 }] }],
    ['out_of_reach', { ...one, vehicles: [{ ...van, endsAt: 144 }] }],
    ['out_of_reach', { ...one, vehicles: [{ ...van, startsAt: 9, endsAt: 8 }] }],
  ]
  for (const [n, [why, wish]] of impossible.entries())
    it(`say ${why} of what cannot be (${n + 1})`, () =>
      assert.deepEqual(planRuns(wish).unserved, [{ delivery: 'shop', why }]))

  const refused: readonly [RegExp, RunsWish][] = [
    [/not 2 by 2/, { ...one, ways: { metres: there, ms: [[0]] } }],
    [/twice/, { ...one, vehicles: [van, van] }],
    [/whole number/, { ...one, deliveries: [{ ...shop, load: 0.5 }] }],
    [/whole number/, { ...one, ways: { metres: there, ms: there.map((row) => row.map((ms) => -ms)) } }],
    [
      /at most/,
      { ...none, vehicles: Array.from({ length: DELIVERIES_MAX + 1 }, (_, n) => ({ ...van, id: `${n}` })) },
    ],
  ]
  for (const [says, wish] of refused)
    it(`are refused: ${says.source}`, () =>
      assert.throws(() => planRuns(wish), { name: 'RangeError', message: says }))

  describe(`of published instances are within ${100 * GAP_MAX} % of the best known`, () => {
    for (const name of isFull ? ALL : EVERYDAY)
      it(name, () => {
        const wish = instance(name)
        const plan = planRuns(wish)
        holds(wish, plan)
        assert.deepEqual(plan.unserved, [])
        const gap = gapOf(name, plan)
        assert.ok(gap >= 0, 'better than what is proven best: the data or the metres are wrong')
        assert.ok(gap <= GAP_MAX, `${(100 * gap).toFixed(2)} % more`)
      }).timeout(60_000)

    it('which takes a search: neither the greedy plan is, nor going on to the nearest', () => {
      for (const name of ALL) {
        const wish = instance(name)
        assert.ok(gapOf(name, planRuns(wish, { rounds: 0 })) > GAP_MAX, `${name} is too easy`)
        const bare = nearest(wish)
        assert.ok(bare.unserved > 0 || gapOf(name, bare) > GAP_MAX, `${name} is too easy`)
      }
    })
  })
})
