import { type Crowd, crowd } from './crowd.ts'
import { interleaved, type Measured, measure } from './measure.ts'
import { median, spread, table, whole } from './numbers.ts'
import type { Rig, Subject } from './rig.ts'

const SIZES = ['few', 'talking', 'booked'] as const
type Size = (typeof SIZES)[number]

const WARM_UP_MS = 3_000

/**
 * What a hop costs when nearly nobody is there, when many talk, and when many have been. People who were there
 * before dial again, in no order, and at the end say no, so that they can come back.
 * @returns markdown
 */
export async function growth(
  rig: Rig,
  sizes: Readonly<Record<Size, Crowd>>,
  rounds: number,
  durationMs: number,
): Promise<string> {
  const subjects = new Map<Size, Subject>()
  const of = (size: Size): Subject => {
    const subject = subjects.get(size)
    if (!subject) throw new Error(`no gateway for ${size}`)
    return subject
  }
  const load = (size: Size) => ({ last: 'no', people: sizes[size].conversations }) as const
  for (const size of SIZES) {
    const url = await rig.database(`growth_${size}`)
    await crowd(url, sizes[size])
    subjects.set(size, await rig.subject('hop', url))
    await measure(rig, of(size), { ...load(size), durationMs: WARM_UP_MS })
  }
  const taken = await interleaved(SIZES, rounds, (size) =>
    measure(rig, of(size), { ...load(size), durationMs }),
  )
  for (const subject of subjects.values()) subject.stop()
  const cost = (one: Measured) => one.nodeUs + one.postgresUs
  const against = (size: Size, figure: (one: Measured) => number) =>
    spread(taken(size).map((one, n) => figure(one) / figure(taken('few')[n] ?? one)))
  const rows = SIZES.map((size) => [
    whole(sizes[size].conversations),
    whole(sizes[size].bookings),
    whole(median(taken(size).map((one) => one.hopsPerSecond))),
    whole(median(taken(size).map((one) => one.nodeUs))),
    whole(median(taken(size).map((one) => one.postgresUs))),
    size === 'few' ? '1' : against(size, cost),
  ])
  return table(
    ['live conversations', 'bookings done', 'hops/s', 'node µs/hop', 'PostgreSQL µs/hop', 'cost ÷ first row'],
    rows,
  )
}
