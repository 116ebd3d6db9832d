import type { Config } from './core/base/config.ts'
import type { Log } from './core/base/log.ts'
import type { Run } from './core/run/run.ts'
import { type Guard, theirOwn } from './core/talk/guards.ts'
import { paced, unloops } from './core/talk/pace.ts'
import { reachable, type SpentOn, welcome, withinBudget } from './core/talk/reach.ts'
import type { Limits } from './integrations/redis/limits.ts'

/** What is asked, in this order, of everything that is to be said; what counts comes last. */
export function createGuards(
  config: Config,
  parts: {
    readonly limits: Limits
    readonly spentOn: SpentOn
    readonly store: Run['parts']['store']
    readonly log: Log
  },
): readonly Guard[] {
  const { limits, spentOn, store, log } = parts
  const { take, takeShared } = limits
  const optedOut = async (person: Parameters<typeof store.standing>[0]) =>
    (await store.standing(person, '')).conversation?.optedOut ?? false
  const rates = { sms: config.SMS_PER_SECOND, whatsapp: config.WHATSAPP_PER_SECOND }
  return [
    theirOwn(store.isTheirs),
    reachable(config.SMS_NUMBERS, log),
    welcome(optedOut),
    withinBudget({ limits: config.SMS_SPEND_A_DAY, spentOn, zone: config.TIME_ZONE, take, log }),
    unloops(take, log),
    paced(takeShared, rates),
  ]
}
