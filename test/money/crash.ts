/** A house dies at a moment and is followed by another on the same database. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Refit } from '../../src/build.ts'
import { until } from './audit.ts'
import { type Death, MOMENTS, mortal } from './mortal.ts'
import { openTown, type Town } from './town.ts'

/** After the dead one's lease, by the house's clock. */
export const RECOVERED_WITHIN_MS = 10_000
/** A wallet decides when it is told that so much time has passed. */
export const DECIDED_MS = 600_000
/** House time at once, ten times as fast as the wall's. */
const HURRY_MS = 500
const AT_ONCE = 5

/** What is being done when it dies. */
export type Way = {
  readonly settings?: Readonly<Record<string, string>>
  /** Before any house is open. */
  begin(town: Town): Promise<void>
  /** Brings it along; it may never come to the end. From `arm` on it may die. */
  lead(town: Town, arm: () => void): Promise<void>
  isOver(town: Town): Promise<boolean>
  /** What does not hold in the end, by rule. */
  broken(town: Town): Promise<Readonly<Record<string, unknown>>>
}

export type Point = Death & { readonly name: string; readonly way: () => Way }

/** Whether it came to its end, how long after the dead one's lease, and what does not hold then. */
export type Found = {
  readonly isOver: boolean
  readonly tookMs: number
  readonly broken: Readonly<Record<string, unknown>>
}

/** An errand's three moments. */
export const errand = (name: string, way: () => Way, effect = name): Point[] =>
  MOMENTS.map((moment) => ({ way, name: `${name} ${moment}`, moment, doing: { effect } }))

async function crash({ way: begin, ...death }: Point, around?: Refit['payment']): Promise<Found> {
  const way = begin()
  const town = await openTown(way.settings)
  try {
    const doomed = mortal(death, around)
    await way.begin(town)
    const house = await town.house(doomed.refit)
    await Promise.race([way.lead(town, doomed.arm), doomed.died])
    await hurry(town, doomed.died)
    await house.close()
    const freeAt = Math.max(town.clock.now(), await leasedUntil(town))
    await town.house(around ? { payment: around } : {})
    town.clock.advance(freeAt - town.clock.now())
    const isOver = await recovered(town, way)
    return { isOver, tookMs: town.clock.now() - freeAt, broken: await way.broken(town) }
  } finally {
    await town.stop()
  }
}

/** When all that the dead one had in hand may be taken by another, epoch ms; nought when it had nothing. */
async function leasedUntil({ db }: Town): Promise<number> {
  const last = await db('outbox').where('attempts', '>', 0).max('due_at as at').first()
  const device = await db('fiscal_devices').max('leased_until as at').first()
  return Math.max(Number(last?.at ?? 0), Number(device?.at ?? 0))
}

/** Until then nobody need wait for what is only polled, or for a wallet. */
async function hurry(town: Town, died: Promise<void>): Promise<void> {
  let isOver = false
  void died.then(() => (isOver = true))
  while (!isOver) {
    town.clock.advance(HURRY_MS)
    await town.walletsPass(DECIDED_MS)
    await sleep(HURRY_MS / 10)
  }
}

/** Waits for the end in the house's time, while the wallets' passes as they please. */
async function recovered(town: Town, way: Way): Promise<boolean> {
  const isOver = async () => {
    await town.walletsPass(DECIDED_MS)
    return (await way.isOver(town)) && (await town.db('outbox')).length === 0
  }
  return until('recovered', isOver, RECOVERED_WITHIN_MS).then(
    () => true,
    () => false,
  )
}

/** Dies at each of the points, some at once, in their order. `around` is put around the wallets. */
export async function sweep<P extends Point>(points: readonly P[], around?: (point: P) => Refit['payment']) {
  const found = new Map<P, Found>()
  const queue = [...points]
  const line = async () => {
    for (let point = queue.shift(); point; point = queue.shift())
      found.set(point, await crash(point, around?.(point)))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, line))
  return found
}

export const stateOf = async ({ db }: Town, flow: string): Promise<unknown> =>
  (await db('instances').where({ flow }).first())?.state
