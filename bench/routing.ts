import { planRuns } from '../src/core/move/runs.ts'
import { INSTANCES, type InstanceName, instance } from '../test/core/routing/instances.ts'
import { nearest } from '../test/core/routing/nearest.ts'
import { table, whole } from './numbers.ts'

const NAMES = Object.keys(INSTANCES).filter((name): name is InstanceName => name in INSTANCES)

/**
 * Delivery runs of published instances beside the best known and what each vehicle would do by going on to the nearest.
 * @param seeds how often each is searched; the middle one is told
 * @returns markdown
 */
export function routing(seeds: number): string {
  const head = ['delivery runs', 'deliveries', 'best known', 'ours', 'vehicles', 'gap (lowest–highest)', 'ms']
  return table(
    [...head, 'nearest next: gap', 'its vehicles'],
    NAMES.map((name) => row(name, seeds)),
  )
}

function row(name: InstanceName, seeds: number): string[] {
  const wish = instance(name)
  const best = INSTANCES[name]
  const percent = (metres: number) => `${(100 * (metres / best - 1)).toFixed(1)} %`
  const began = performance.now()
  const plans = Array.from({ length: seeds }, (_, seed) => planRuns(wish, { seed })).sort(
    (a, b) => a.unserved.length - b.unserved.length || a.metres - b.metres,
  )
  const ms = (performance.now() - began) / seeds
  const [lowest, middle, highest] = [plans[0], plans[seeds >> 1], plans.at(-1)]
  if (!lowest || !middle || !highest) throw new Error('nothing was searched')
  const bare = nearest(wish)
  return [
    name,
    String(wish.deliveries.length),
    String(best),
    String(middle.metres),
    `${middle.runs.length}${missed(middle.unserved.length)}`,
    `${percent(middle.metres)} (${percent(lowest.metres)}–${percent(highest.metres)})`,
    whole(ms),
    bare.unserved > 0 ? 'serves not all' : percent(bare.metres),
    `${bare.vehicles}${missed(bare.unserved)}`,
  ]
}

const missed = (count: number): string => (count > 0 ? `, ${count} not served` : '')
