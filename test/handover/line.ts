import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { World } from '../support/world.ts'

/** A lost session is lost so soon after a hop was sent, before its answer or after it. */
const CUT_WITHIN_MS = 40
const AGAIN_MS = 400
const TRIES = 12

/** The questions of a seat on a bus, and what is pressed at each. */
export const SEAT: readonly (readonly [asked: RegExp, key: string])[] = [
  [/^CON Inzira: /, '3'],
  [/From which town\?/, '1'],
  [/To which town\?/, '1'],
  [/Which bus\?/, '1'],
  [/Who travels\?/, '1'],
  [/RWF [\d,]+\n1 Yes/, '1'],
]
const CONTINUE = /^CON Continue /

export type Dropped = {
  /** Hops from the redial to where they were, or to what came of it. */
  readonly hops: number
  /** The question they were then asked, by its place in the row; -1 when there was none any more. */
  readonly asked: number
  /** The last screen. */
  readonly screen: string
}

/** Somebody whose network fails them at a hop, and who dials again. */
export async function droppedAt(world: World, number: string, at: number): Promise<Dropped> {
  await untilCut(world, number, at)
  const session = randomUUID()
  let text = ''
  let screen = await hop(world, number, session, text)
  let hops = 1
  const press = async (key: string) => {
    text = text === '' ? key : `${text}*${key}`
    screen = await hop(world, number, session, text)
  }
  if (CONTINUE.test(screen)) {
    await press('1')
    hops += 1
  }
  const asked = SEAT.findIndex(([question]) => question.test(screen))
  for (let more = 0; more < TRIES && screen.startsWith('CON'); more += 1) {
    const key = SEAT.find(([asked]) => asked.test(screen))?.[1]
    if (key === undefined) break
    await press(key)
  }
  return { hops, asked, screen }
}

/** Dials and answers; of the hop of that number nobody knows whether it arrived. */
async function untilCut(world: World, number: string, at: number): Promise<void> {
  const session = randomUUID()
  let text = ''
  for (const [n, [, key]] of SEAT.entries()) {
    if (n > at) return
    if (n === 0) await hop(world, number, session, text)
    text = text === '' ? key : `${text}*${key}`
    if (n < at) await hop(world, number, session, text)
    else await cut(world, number, session, text)
  }
}

async function cut(world: World, number: string, session: string, text: string): Promise<void> {
  const gone = AbortSignal.timeout(randomInt(1, CUT_WITHIN_MS))
  await world.hop(number, session, text, gone).catch(() => {})
}

/** One hop; who is told to wait dials that again. */
async function hop(world: World, number: string, session: string, text: string): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    const screen = await world.hop(number, session, text)
    if (!screen.startsWith('END Sorry') || tries === TRIES) return screen
    await sleep(AGAIN_MS)
  }
}
