import type { Arena } from './arena.ts'
import { type Finding, storyOf } from './oracles.ts'
import type { Trial } from './run.ts'

const SHOWN = 3

type Figures = {
  readonly faults: number
  readonly fireMs: number
  readonly restMs: number
  readonly arrivals: number
  readonly texts: number
  /** How often each was killed. */
  readonly gateway: number
  readonly worker: number
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** Prints what was done and found: of a mutant only what is broken. */
export async function report(
  { rides, seed, mutant }: Trial,
  { db, database }: Arena,
  { faults, fireMs, restMs, arrivals, texts, gateway, worker }: Figures,
  findings: readonly Finding[],
): Promise<void> {
  const killed = `${gateway} + ${worker}${database ? ` + ${database.kills}` : ''}`
  console.log(
    `      ${mutant ?? 'the house'}: ${rides} rides, seed ${seed}, ${faults} faults, killed ${killed} times ` +
      `in ${seconds(fireMs)}, at rest after ${seconds(restMs)}; ${arrivals} arrived, ${texts} texts`,
  )
  for (const { rule, cases, broken } of findings) {
    if (mutant && broken.length === 0) continue
    console.log(`        ${broken.length === 0 ? 'holds' : `BROKEN ${broken.length}`}: ${rule} (${cases})`)
    for (const one of broken.slice(0, SHOWN))
      console.log(`          ${one.slice(0, 200)} ${await storyOf(db, one)}`)
  }
}
