import { planRuns, type RunsPlan, type RunsWish } from '../../src/core/move/runs.ts'
import type { Planner } from './runs-laws.ts'

type Mutant = { readonly does: string; readonly plan: Planner; readonly says: RegExp }

/** Plans for a wish that is not the one asked about. */
const deaf =
  (change: (wish: RunsWish) => RunsWish): Planner =>
  (wish, effort) =>
    planRuns(change(wish), effort)

const retold =
  (change: (plan: RunsPlan) => RunsPlan): Planner =>
  (wish, effort) =>
    change(planRuns(wish, effort))

let calls = 0

export const mutants: readonly Mutant[] = [
  {
    does: 'loads a vehicle with one too many',
    plan: deaf((wish) => ({
      ...wish,
      vehicles: wish.vehicles.map((one) => ({ ...one, capacity: one.capacity + 1 })),
    })),
    says: /more than it holds|not why/,
  },
  {
    does: 'comes when the shop has just closed',
    plan: deaf((wish) => ({
      ...wish,
      deliveries: wish.deliveries.map((one) => ({ ...one, closesAt: one.closesAt + 1 })),
    })),
    says: /came too late/,
  },
  {
    does: 'is back after the shift',
    plan: deaf((wish) => ({
      ...wish,
      vehicles: wish.vehicles.map((one) => ({ ...one, endsAt: one.endsAt + 9 })),
    })),
    says: /back too late/,
  },
  {
    does: 'hands over before the shop opens',
    plan: deaf((wish) => ({ ...wish, deliveries: wish.deliveries.map((one) => ({ ...one, opensAt: 0 })) })),
    says: /not when it is done/,
  },
  {
    does: 'thinks the way back as long as the way there',
    plan: deaf(({ ways, ...wish }) => ({
      ...wish,
      ways: {
        ...ways,
        ms: ways.ms.map((row, from) =>
          row.map((one, to) => ways.ms[Math.min(from, to)]?.[Math.max(from, to)] ?? one),
        ),
      },
    })),
    says: /not when it/,
  },
  {
    does: 'forgets to name who is not served',
    plan: retold((plan) => ({ ...plan, unserved: [] })),
    says: /not each once/,
  },
  {
    does: 'blames the room for everything',
    plan: retold((plan) => ({ ...plan, unserved: plan.unserved.map((one) => ({ ...one, why: 'no_room' })) })),
    says: /not why/,
  },
  {
    does: 'leaves its seed to the moment',
    plan: (wish, effort) => planRuns(wish, { ...effort, seed: ++calls }),
    says: /not the same again/,
  },
  {
    does: 'serves less the longer it searches',
    plan: (wish, effort) => {
      const plan = planRuns(wish, effort)
      const [first] = effort?.rounds ? plan.runs : []
      if (!first) return plan
      const dropped = first.visits.map(({ delivery }) => ({ delivery, why: 'no_room' as const }))
      const runs = plan.runs.slice(1)
      return { runs, unserved: [...plan.unserved, ...dropped], metres: plan.metres - first.metres }
    },
    says: /worse than greedy/,
  },
]
