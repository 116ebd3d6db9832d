import { setTimeout as sleep } from 'node:timers/promises'
import type { Arena, Ground } from './arena.ts'
import type { Mutant } from './mutants.ts'
import { type Nodes, type Role, startNodes } from './nodes.ts'
import { type Finding, judge, pending, RULES } from './oracles.ts'
import { type Phones, pickUpPhones } from './phones.ts'
import { type Faults, type Plan, planFaults, planOf, randomOf } from './plan.ts'
import { report } from './report.ts'
import { createStreet, type Street } from './street.ts'
import { createTravellers, type Travellers } from './travellers.ts'

export type Trial = {
  readonly rides: number
  /** Who is killed, in turn. */
  readonly kills: readonly Role[]
  readonly killEveryMs: number
  /** People on their way at once, and when at the latest the place of one is taken by the next. */
  readonly travelling: number
  readonly onTheWayMs: number
  readonly faults: Faults
  /** Of a hundred travellers so many call it off. */
  readonly cancels: number
  /** The database is killed after every so many bookings; never when left out. */
  readonly databaseEvery?: number
  readonly seed: number
  /** How long the aftermath may take. */
  readonly settleWithinMs: number
  /** It is over before, when nothing has moved for this long: sixteen times as much by the clocks of the house. */
  readonly stillAfterMs: number
  readonly mutant?: Mutant
  /** It is over as soon as this rule is found broken: one that holds at every moment. */
  readonly untilBroken?: string | undefined
}

/** Everybody books, however often they must press again. Patience with riders is in real time, so fewer arrive on a slow machine. */
const ENOUGH = { booked: 1, arrived: 0.7 } as const

/** A text has no key at its provider: it goes out again when a worker dies, or is too slow for its lease, before that is written down. */
const TOLD = 6

/** On a slow machine too a node gets to work before it is killed. */
const LIFE_MS = 700
const JUDGE_EVERY_MS = 1_000
const FIRE = { everyMs: 250, aheadMs: 1_000 } as const
const SETTLE = { lookEveryMs: 250, aheadMs: 4_000 } as const

/** Sends travellers through while nodes are killed, lets everything come to rest, and looks at what is left. */
export async function chaos(ground: Ground, trial: Trial): Promise<readonly Finding[]> {
  const random = randomOf(trial.seed)
  const plans = Array.from({ length: trial.rides }, (_, n) => planOf(n, random, trial.cancels))
  const arena = await ground.arena(trial.databaseEvery !== undefined)
  const { url } = arena.simulators
  const faults = await planFaults(url, plans, trial.faults)
  const log = `.artifacts/chaos-${trial.mutant?.replaceAll(' ', '-') ?? 'main'}.log`
  const nodes = await startNodes(
    arena.entry,
    { ...arena.env, CHAOS_MUTANT: trial.mutant ?? '' },
    log,
    trial.kills,
  ).catch(async (error: unknown) => {
    await arena.stop()
    throw error
  })
  let phones: Phones | undefined
  const street = createStreet(plans, async (phone, text) => phones?.send(phone, text))
  phones = await pickUpPhones(url, street.hear, nodes.reachable)
  const travellers = createTravellers(arena.hookUrl, nodes.reachable)
  try {
    const began = Date.now()
    const acknowledged: string[] = []
    const told = phones
    const customers = new Set(plans.map(({ phone }) => phone))
    const look = async () => [
      ...(await judge(arena.db, await (await fetch(`${url}/mtn/_ledger`)).json(), acknowledged)),
      { rule: RULES.told, cases: told.heard, broken: told.toldMoreThan(TOLD, customers) },
      { rule: RULES.hop, cases: travellers.repeated, broken: travellers.differing },
    ]
    const broken = watch(trial.untilBroken, look)
    await underFire(trial, { nodes, plans, travellers, street, acknowledged, arena }, broken.signal)
    const fireMs = Date.now() - began
    const rest = () => settle(trial, nodes, () => pending(arena.db), broken.signal)
    await rest()
    // Whoever still asks after something would be heard just as it is judged.
    street.stop()
    const restless = await rest()
    const restMs = Date.now() - began - fireMs
    broken.abort()
    const findings = [
      ...(await look()),
      {
        rule: 'enough could book',
        cases: acknowledged.length,
        broken: acknowledged.length < plans.length * ENOUGH.booked ? travellers.stuck : [],
      },
      {
        rule: 'enough arrive',
        cases: street.arrivals.size,
        broken: street.arrivals.size < plans.length * ENOUGH.arrived ? [`of ${plans.length}`] : [],
      },
      { rule: 'no node ends by itself', cases: 2, broken: nodes.crashes },
      {
        rule: 'nothing is under way any more',
        cases: 1,
        broken: restless === 0 ? [] : [`${restless} pending`],
      },
    ]
    const figures = { faults, fireMs, restMs, arrivals: street.arrivals.size, texts: phones.heard }
    await report(trial, arena, { ...figures, ...nodes.kills }, findings)
    return findings
  } finally {
    street.stop()
    phones.stop()
    await nodes.stop()
    await arena.stop()
  }
}

/** Looks again and again until the same case breaks the rule twice running. @returns aborts itself then; to be aborted when nobody cares any more */
function watch(rule: string | undefined, look: () => Promise<readonly Finding[]>): AbortController {
  const found = new AbortController()
  const again = async () => {
    let before: readonly string[] = []
    while (rule && !found.signal.aborted) {
      const broken = (await look()).find((one) => one.rule === rule)?.broken ?? []
      if (broken.some((one) => before.includes(one))) found.abort()
      before = broken
      await sleep(JUDGE_EVERY_MS, undefined, { signal: found.signal }).catch(() => {})
    }
  }
  // What fails here fails again when all is judged.
  again().catch(() => {})
  return found
}

type Fire = {
  readonly nodes: Nodes
  readonly plans: readonly Plan[]
  readonly travellers: Travellers
  readonly street: Street
  /** Gets the phones whose booking was acknowledged. */
  readonly acknowledged: string[]
  readonly arena: Arena
}

async function underFire(
  { kills, killEveryMs, databaseEvery = Number.POSITIVE_INFINITY, travelling, onTheWayMs }: Trial,
  { nodes, plans, travellers, street, acknowledged, arena }: Fire,
  broken: AbortSignal,
): Promise<void> {
  const queue = [...plans]
  const over = new AbortController()
  const pause = (ms: number) => sleep(ms, undefined, { signal: over.signal }).catch(() => {})
  const killer = async () => {
    for (let n = 0; !over.signal.aborted; n += 1) {
      const next = pause(killEveryMs)
      await nodes.kill(kills[n % kills.length] ?? 'worker')
      await Promise.all([next, pause(LIFE_MS)])
    }
  }
  const line = async () => {
    for (let plan = queue.shift(); plan && !broken.aborted; plan = queue.shift())
      if (await travellers.book(plan)) {
        acknowledged.push(plan.phone)
        if (acknowledged.length % databaseEvery === 0) await arena.database?.kill()
        await street.journey(plan.phone, onTheWayMs)
      }
  }
  // Five times as fast as the wall's, so that what the dead held is not held for long.
  const hurry = setInterval(() => nodes.pass(FIRE.aheadMs), FIRE.everyMs)
  const lines = Promise.all(Array.from({ length: travelling }, line))
  const stopped = new Promise((resolve) => broken.addEventListener('abort', resolve, { once: true }))
  const ended = Promise.race([lines, stopped]).finally(() => {
    clearInterval(hurry)
    over.abort()
  })
  await Promise.all([ended, killer()])
  lines.catch(() => {})
}

/** Lets time run fast until nothing is under way at two looks, or nothing moves any more. @returns how much still is */
async function settle(
  trial: Trial,
  nodes: Nodes,
  left: () => Promise<number>,
  broken: AbortSignal,
): Promise<number> {
  const until = Date.now() + trial.settleWithinMs
  let [count, movedAt] = [await left(), Date.now()]
  const isOver = () => broken.aborted || Date.now() > Math.min(until, movedAt + trial.stillAfterMs)
  for (let quiet = 0; quiet < 2 && !isOver(); ) {
    nodes.pass(SETTLE.aheadMs)
    await sleep(SETTLE.lookEveryMs)
    const now = await left()
    quiet = now === 0 ? quiet + 1 : 0
    if (now !== count) movedAt = Date.now()
    count = now
  }
  return count
}
