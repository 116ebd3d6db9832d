import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerAt, shortcutOf } from './lines.ts'
import type { Plan } from './plan.ts'

/** Who was told to wait waits a little longer each time: people who all press at once keep a slow machine slow. */
const DIAL_AGAIN = { firstMs: 500, mostMs: 4_000 } as const
const HOP_AGAIN_MS = 200
const HOP_TIMEOUT_MS = 8_000
const DIALS = 60
const HOPS = 10
const TRIES = 200

/** Said when the answer would have come too late, or nothing can be read or written: the person dials again. */
export const LATER = /We are working on it|We will text you\.$|something went wrong/
/** Said when the booking was heard. */
export const TAKEN =
  /Finding a rider|Keeping your (?:seats|goods)|Approve RWF|Start code|How was|Pay the rider|comes to collect|on its way|Ticket \d|offers come by SMS|Whose offer|takes your load|packs it|is packed|with .*tel \+/

/** What to type at a screen; undefined when the call is over. */
function typed(screen: string, plan: Plan): string | undefined {
  if (screen.startsWith('END')) return undefined
  const answer = answerAt(screen, plan)
  if (answer !== undefined) return answer
  return /Continue /.test(screen) ? '1' : '00'
}

export interface Travellers {
  /** Dials until the booking is acknowledged. False when that never came. */
  book(plan: Plan): Promise<boolean>
  /** Hops that were sent, and those of them that brought nothing. */
  readonly hops: { readonly sent: number; readonly lost: number }
  /** Hops that were answered more than once. */
  readonly repeated: number
  /** Where those stood who dialled in vain: their line, and the last screen. */
  readonly stuck: readonly string[]
  /** Hops whose answers differed. */
  readonly differing: readonly string[]
}

/** People who book by USSD over the provider's own wire, and press again when a hop brings nothing. */
export function createTravellers(hookUrl: string, reachable: () => Promise<void>): Travellers {
  const answers = new Map<string, string>()
  const differing: string[] = []
  const stuck: string[] = []
  const hops = { sent: 0, lost: 0 }
  let repeated = 0

  const ask = async (phone: string, session: string, text: string): Promise<string | undefined> => {
    hops.sent += 1
    const form = {
      sessionId: session,
      phoneNumber: phone,
      networkCode: '63510',
      serviceCode: '*384*77#',
      text,
    }
    try {
      const signal = AbortSignal.timeout(HOP_TIMEOUT_MS)
      const answer = await fetch(hookUrl, { method: 'POST', body: new URLSearchParams(form), signal })
      const screen = await answer.text()
      if (!answer.ok) throw new Error(screen)
      if (!LATER.test(screen) || TAKEN.test(screen)) note(`${session} ${text}`, screen)
      return screen
    } catch {
      hops.lost += 1
      return undefined
    }
  }
  const note = (hop: string, screen: string) => {
    const before = answers.get(hop)
    if (before === undefined) answers.set(hop, screen)
    else repeated += 1
    if (before !== undefined && before !== screen) differing.push(`${hop}: ${before} / ${screen}`)
  }
  /** One hop, the same again until it is answered; some are asked twice, at once or afterwards. */
  const hop = async (plan: Plan, session: string, text: string): Promise<string> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      await reachable()
      const twin = plan.chance(3) ? ask(plan.phone, session, text) : undefined
      const screen = await ask(plan.phone, session, text)
      await twin
      if (screen === undefined) {
        await sleep(HOP_AGAIN_MS)
        continue
      }
      if (plan.chance(10)) await ask(plan.phone, session, text)
      return screen
    }
    throw new Error(`a hop was never answered: ${text}`)
  }
  const call = async (plan: Plan): Promise<string> => {
    const session = `ATUid_${randomUUID()}`
    // Who knows the way dials it at once.
    let text = plan.chance(80) ? shortcutOf(plan) : ''
    for (let hops = 0; hops < HOPS; hops += 1) {
      const screen = await hop(plan, session, text)
      const more = typed(screen, plan)
      if (more === undefined) return screen
      text = text === '' ? more : `${text}*${more}`
    }
    return ''
  }

  return {
    hops,
    differing,
    stuck,
    get repeated() {
      return repeated
    },
    async book(plan) {
      let last = ''
      for (let dials = 0; dials < DIALS; dials += 1) {
        last = await call(plan)
        if (TAKEN.test(last)) return true
        await sleep(Math.min(DIAL_AGAIN.mostMs, DIAL_AGAIN.firstMs * 2 ** dials))
      }
      stuck.push(`${plan.line}: ${last}`)
      return false
    },
  }
}
