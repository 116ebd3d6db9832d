import type { Log } from '../base/log.ts'
import { maskPhone } from '../base/phone.ts'
import type { Take } from '../people/rates.ts'
import type { Lane } from '../run/work.ts'
import type { ChannelName } from './channel.ts'
import type { Guard } from './guards.ts'
import { LANE_OF, type Purpose } from './purpose.ts'

/** Parts of a channel's rate; who is more urgent takes of what less urgent ones leave, and never the other way round. */
const SHARES = [
  ['urgent', 0.2],
  ['message', 0.3],
  ['bulk', 0.5],
] as const satisfies readonly (readonly [Lane, number])[]

/**
 * WhatsApp takes one message in 6 s for one person, and lends as many as these at once, to be given back.
 * Source: Meta, WhatsApp Cloud API, "Throughput", pair rate.
 */
const PAIR = { points: 45, perSeconds: 270, waitMs: 6_000 } as const
const SECOND_MS = 1_000

/**
 * As fast as a channel takes it, and one person. Nobody waits for a counter that is away, but for a one-time code, each
 * of which somebody pays for: it is not sent.
 * @param take counts for all processes together, and throws when it cannot
 */
export const paced =
  (take: Take, perSecond: Readonly<Partial<Record<ChannelName, number>>>): Guard =>
  async ({ to, purpose }, via) => {
    try {
      if (via === 'whatsapp' && !(await take('pair', to, PAIR.points, PAIR.perSeconds)))
        return { how: 'wait', waitMs: PAIR.waitMs, why: 'too fast for one person' }
      const rate = perSecond[via]
      if (rate === undefined || (await mayGo(take, via, rate, purpose))) return null
      return { how: 'wait', waitMs: SECOND_MS, why: 'too fast for the channel' }
    } catch {
      return purpose === 'code' ? { how: 'withheld', why: 'nobody counts' } : null
    }
  }

async function mayGo(take: Take, via: ChannelName, rate: number, purpose: Purpose): Promise<boolean> {
  const own = SHARES.findIndex(([lane]) => lane === LANE_OF[purpose])
  for (const [lane, share] of SHARES.slice(own))
    if (await take(`send:${via}:${lane}`, 'all', Math.max(1, Math.round(rate * share)), 1)) return true
  return false
}

/** Answers to what one phone said in vain, before we are silent for a while: two machines may be talking. */
const LOOP = { points: 5, perSeconds: 300 } as const
/** The same text in that time before it is taken for a machine's, whatever it moves. */
const ECHO = { points: 2, perSeconds: 300 } as const

/**
 * A machine that answers us gets so many answers and no more. Answers to what we understood, and all that we say
 * first, go on. Counted by each process alone while the counter is away.
 */
export const unloops =
  (take: Take, log: Log): Guard =>
  async ({ to, isIdle = false, echo }, via) => {
    if (via !== 'sms') return null
    const isEcho = echo && !(await take('echo', `${to} ${echo}`, ECHO.points, ECHO.perSeconds))
    if (!(isIdle || isEcho) || (await take('loop', to, LOOP.points, LOOP.perSeconds))) return null
    if (await take('loop-told', to, 1, LOOP.perSeconds)) log.error({ to: maskPhone(to) }, 'sms_loop')
    return { how: 'withheld', why: 'two machines may be talking' }
  }
