import { type Answer, type Call, type Reply, type Route, route } from '../http.ts'
import { ruin } from '../ruin.ts'
import type { Scenario } from '../scenario.ts'
import type { Mischief, World } from '../simulator.ts'
import type { createKeys } from './keys.ts'
import { admit, fault, limited } from './request.ts'

/** What both parts of the API work with. */
export interface Desk {
  world: World
  mischief: Mischief
  once: ReturnType<typeof createKeys>
}

type Handler = (call: Call) => Reply | Promise<Reply>

/** A route of the API, for those with a key. */
export const keyed = (method: string, path: string, handler: Handler): Route =>
  route(method, `/stripe/v1/${path}`, (call) => admit(call) ?? handler(call))

/** Shows something, unless a scenario spoils it. */
export const show = (
  { mischief: { faults, guard } }: Desk,
  on: string,
  subject: string,
  shown: () => Reply,
) => guard(on, subject, () => ruin(faults.plan(on, subject)?.outcome, shown, limited))

/** Makes something once a key, unless a scenario spoils it; an `ask` with a status is the answer to a bad request. */
export function make<Ask extends { reference: string }>(
  { mischief: { faults, guard }, once }: Desk,
  on: string,
  call: Call,
  ask: Ask | Answer,
  check: (ask: Ask) => Answer | undefined,
  made: (ask: Ask, scenario: Scenario | undefined) => Answer,
): Promise<Reply> {
  const subject = 'status' in ask ? '*' : ask.reference
  return guard(on, subject, () => {
    const scenario = faults.plan(on, subject)
    const work = () => {
      if ('status' in ask) return ask
      return scenario?.outcome === 'broken' ? broken : made(ask, scenario)
    }
    const wrong = () => ('status' in ask ? ask : check(ask))
    return ruin(scenario?.outcome, () => once(call, wrong, work), limited)
  })
}

const broken = fault(500, 'An unknown error occurred.', undefined, 'api_error')
