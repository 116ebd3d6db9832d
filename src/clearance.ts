import type { Clock } from './core/base/clock.ts'
import type { Config } from './core/base/config.ts'
import type { Hook } from './core/base/hook.ts'
import type { Http } from './core/base/http.ts'
import type { Log } from './core/base/log.ts'
import { type Clearance, createClearance, type Payees, type SimChecks } from './core/pay/clearance.ts'
import { insights } from './integrations/insights/africastalking.ts'

const TIMEOUT_MS = 10_000

/** What is made sure of before money leaves, and the doors through which the answers come. */
export type Clearing = { readonly clears: Clearance | null; readonly hooks: readonly Hook[] }

/** @returns without a clearance where the settings ask for none */
export function createClearing(
  {
    config,
    simulated,
    ...around
  }: {
    readonly config: Config
    readonly simulated: (path: string) => string | null
    readonly http: Http
    readonly clock: Clock
    readonly log: Log
  },
  own: { readonly checks: SimChecks; readonly payees: Payees },
): Clearing {
  if (config.SIM_SWAPS === 'off') return { clears: null, hooks: [] }
  const swaps = insights({
    ...{ ...around, checks: own.checks, timeoutMs: TIMEOUT_MS },
    ...{ username: config.AT_USERNAME, apiKey: config.AT_API_KEY, secret: config.HOOK_SECRET },
    baseUrl:
      config.AT_INSIGHTS_URL ??
      simulated('/africastalking/insights') ??
      'https://insights.africastalking.com',
  })
  const { payees } = own
  const clears = createClearance({ swaps, payees, numbers: config.SIM_SWAP_NUMBERS, clock: around.clock })
  return { clears, hooks: swaps.hooks }
}
