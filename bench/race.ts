import { interleaved, type Measured, measure } from './measure.ts'
import { median, spread, table, whole } from './numbers.ts'
import type { Rig, Subject } from './rig.ts'

/** The subjects, as the tables name them. */
export const SUBJECTS = {
  echo: '(a) node:http, form parsed and echoed',
  koa: '(b) koa + @koa/router + @koa/bodyparser',
  hop: '(c) Inzira: a whole hop, committed before it is answered',
  peer: '(d) ussd-menu-builder + Redis, six steps, nothing durable',
} as const
export type Name = keyof typeof SUBJECTS
export const NAMES = ['echo', 'koa', 'hop', 'peer'] as const satisfies readonly Name[]

export type Field = Readonly<Record<Name, Subject>>

/** Only these answer what the journey expects. */
const isStrict = (name: Name): boolean => name === 'hop' || name === 'peer'

const WARM_UP_MS = 3_000

export async function warmUp(rig: Rig, field: Field): Promise<void> {
  for (const name of NAMES)
    await measure(rig, field[name], { durationMs: WARM_UP_MS, strict: isStrict(name) })
}

/** As many hops as each can take. @returns markdown */
export async function race(rig: Rig, field: Field, rounds: number, durationMs: number): Promise<string> {
  const taken = await interleaved(NAMES, rounds, (name) =>
    measure(rig, field[name], { durationMs, strict: isStrict(name) }),
  )
  const middle = (name: Name, of: (one: Measured) => number) => median(taken(name).map(of))
  const rows = NAMES.map((name) => [
    SUBJECTS[name],
    whole(middle(name, (one) => one.hopsPerSecond)),
    middle(name, (one) => one.p50Ms).toFixed(1),
    middle(name, (one) => one.p99Ms).toFixed(1),
    whole(middle(name, (one) => one.nodeUs)),
    name === 'hop' ? whole(middle(name, (one) => one.postgresUs)) : '',
  ])
  const against = (other: Name) =>
    spread(taken('hop').map((one, n) => one.hopsPerSecond / (taken(other)[n]?.hopsPerSecond ?? Number.NaN)))
  return [
    table(['', 'hops/s', 'p50 ms', 'p99 ms', 'node µs/hop', 'PostgreSQL µs/hop'], rows),
    '',
    `c/a ${against('echo')} · c/b ${against('koa')} · c/d ${against('peer')} (median, lowest–highest round)`,
  ].join('\n')
}

const RATES = [500, 1_000, 2_000] as const
/** Below this share of what was asked, a percentile would only tell how long we waited. */
const KEPT_UP = 0.95

/** Hops that come whether or not we are ready; a hop's time counts from when it was due. @returns markdown */
export async function openLoop(rig: Rig, field: Field, rounds: number, durationMs: number): Promise<string> {
  const rows: string[][] = NAMES.map((name) => [SUBJECTS[name]])
  for (const perSecond of RATES) {
    const taken = await interleaved(NAMES, rounds, (name) =>
      measure(rig, field[name], { durationMs, perSecond, strict: isStrict(name) }),
    )
    for (const [n, name] of NAMES.entries()) {
      const keptUp = taken(name).every((one) => one.hopsPerSecond >= perSecond * KEPT_UP)
      rows[n]?.push(keptUp ? median(taken(name).map((one) => one.p99Ms)).toFixed(1) : 'cannot keep up')
    }
  }
  return table(['p99 ms at', ...RATES.map((rate) => `${whole(rate)} hops/s`)], rows)
}
