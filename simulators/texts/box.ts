import { json, jsonBody, phoneOf, type Route, route } from '../http.ts'
import { createLedger } from '../ledger.ts'
import { hex } from '../random.ts'
import { phone, read, string } from '../read.ts'
import type { Rules } from '../scenario.ts'
import { controls, createMischief, type World } from '../simulator.ts'

/** Our number at every aggregator. */
export const SHORT_CODE = '3847'
const REPORT_MS = [100, 400] as const

/** A text that the gateway sent. */
export interface Text {
  id: string
  to: string
  from: string
  text: string
  status: string
  /** Epoch ms. */
  at: number
}

/**
 * What aggregators of texts have alike: their books, scenarios, and the phones: `POST /<name>/_handset/sms {phone, text}`
 * answers `{id, taken}`, `GET …/_handset/inbox?phone=` lists texts. Operations: `sms`, `report`, `inbound`.
 * @param bring brings a phone's text to the gateway; whether it took it
 * @param also what else the provider does
 */
export function createBox(
  name: string,
  world: World,
  refusals: readonly string[],
  bring: (text: { id: string; from: string; text: string }) => Promise<boolean>,
  also: Rules['operations'] = {},
) {
  const rules: Rules = {
    subject: 'msisdn',
    operations: { sms: 'request', report: 'callback', inbound: 'callback', ...also },
    outcomes: { sms: [...refusals, 'undelivered'] },
  }
  const ledger = createLedger<Text>(name, world.events, ({ to }) => to)
  const mischief = createMischief(world.clock, rules)

  /** Takes a text; `report` is called later with how it ended. */
  function take(to: string, from: string, text: string, report: (status: string) => Promise<boolean>): Text {
    const isLost = mischief.faults.plan('sms', to)?.outcome === 'undelivered'
    const taken = ledger.add({ id: hex(16), to, from, text, status: 'queued', at: world.clock.now() })
    world.clock.after(world.random.between(...REPORT_MS), async () => {
      const status = isLost ? 'undelivered' : 'delivered'
      ledger.change(taken, { status })
      await mischief.deliver({ on: 'report', phone: to, send: () => report(status) })
    })
    return taken
  }

  const refusal = (to: string): string | undefined => {
    const planned = mischief.faults.peek('sms', to)?.outcome
    return planned && refusals.includes(planned) ? mischief.faults.plan('sms', to)?.outcome : undefined
  }

  const routes: Route[] = [
    ...controls(name, ledger, mischief.faults),
    route('POST', `/${name}/_handset/sms`, async (call) => {
      const sent = read(jsonBody(call), { phone, text: string(1_600) })
      const id = hex(16)
      const send = () => bring({ id, from: sent.phone, text: sent.text })
      return json(200, { id, taken: await mischief.deliver({ on: 'inbound', phone: sent.phone, send }) })
    }),
    route('GET', `/${name}/_handset/inbox`, (call) => json(200, ledger.list(phoneOf(call)))),
  ]
  return { ...mischief, take, refusal, routes }
}
