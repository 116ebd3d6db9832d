import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { answersOf } from './lines.ts'
import { type Plan, planOf, randomOf } from './plan.ts'
import { LATER, TAKEN } from './travellers.ts'

/** When an aggregator hangs up. */
export const HANGS_UP_MS = 10_000
/** Sessions that go on side by side: a slow house gets no more of them. */
const SESSIONS = 40
/** Of a hundred people so many say yes to the price; the others hang up at it. */
const SAY_YES = 20

/** How one hop ended. */
export type Hop = { readonly screen: string | null; readonly tookMs: number; readonly why?: string }

/** Posts a hop as the aggregator does; `screen` is null when it brought no answer. */
export async function hop(hookUrl: string, phone: string, session: string, text: string): Promise<Hop> {
  const form = { sessionId: session, phoneNumber: phone, networkCode: '63510', serviceCode: '*384*77#', text }
  const began = performance.now()
  const since = () => performance.now() - began
  try {
    const signal = AbortSignal.timeout(HANGS_UP_MS)
    const answer = await fetch(hookUrl, { method: 'POST', body: new URLSearchParams(form), signal })
    const screen = await answer.text()
    if (answer.ok) return { screen, tookMs: since() }
    return { screen: null, tookMs: since(), why: `${answer.status} ${screen}` }
  } catch (error) {
    return {
      screen: null,
      tookMs: since(),
      why: String(error instanceof Error ? (error.cause ?? error) : error),
    }
  }
}

export interface Callers {
  hops: number
  /** Hops that brought no answer, or one that promises it for later. */
  readonly failed: string[]
  /** Screens that were not the next of their booking. */
  readonly wrong: string[]
  /** Who said yes, and who hung up at the price. */
  readonly booked: string[]
  readonly hungUp: string[]
  /** Lets everybody end their session. */
  stop(): Promise<void>
}

/** People who book on all lines by USSD, one after another on each of some lines, `perSecond` hops in all. */
export function startCallers(hookUrl: string, perSecond: number, seed = 1): Callers {
  const random = randomOf(seed)
  const [failed, wrong]: [string[], string[]] = [[], []]
  const [booked, hungUp]: [string[], string[]] = [[], []]
  let [people, next, isOver] = [0, Date.now(), false]
  const pace = async () => {
    next = Math.max(next + 1_000 / perSecond, Date.now() - 1_000)
    await sleep(Math.max(0, next - Date.now()))
  }
  const all = { hops: 0, failed, wrong, booked, hungUp }

  const say = async (plan: Plan, session: string, said: readonly string[]): Promise<string | null> => {
    await pace()
    all.hops += 1
    const { screen, why } = await hop(hookUrl, plan.phone, session, said.join('*'))
    if (screen !== null && (TAKEN.test(screen) || !LATER.test(screen))) return screen
    failed.push(`${plan.phone} ${said.join('*')}: ${why ?? screen}`)
    return null
  }
  const call = async (plan: Plan): Promise<void> => {
    const session = `ATUid_${randomUUID()}`
    const questions = answersOf(plan)
    const said: string[] = []
    for (const [asked, answer] of questions) {
      const screen = await say(plan, session, said)
      if (screen === null) return
      if (!asked.test(screen))
        return void wrong.push(`${plan.phone} ${plan.line} ${said.join('*')}: ${screen}`)
      said.push(answer(plan))
    }
    if (!plan.chance(SAY_YES)) return void hungUp.push(plan.phone)
    const last = await say(plan, session, said)
    if (last === null) return
    if (!TAKEN.test(last)) wrong.push(`${plan.phone} ${plan.line} ${said.join('*')}: ${last}`)
    else booked.push(plan.phone)
  }
  const line = async () => {
    while (!isOver) {
      people += 1
      await call(planOf(people, random, 0))
    }
  }
  const lines = Promise.all(Array.from({ length: SESSIONS }, line))
  return Object.assign(all, {
    async stop() {
      isOver = true
      await lines
    },
  })
}
