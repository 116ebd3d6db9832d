import type { Route } from '../http.ts'
import { createLedger } from '../ledger.ts'
import { controls, createMischief, type World } from '../simulator.ts'
import { insights } from './insights.ts'
import { type Line, type Message, RULES } from './line.ts'
import { sms } from './sms.ts'
import { ussd } from './ussd.ts'
import { voice } from './voice.ts'

/** Africa's Talking: USSD, SMS, voice and what networks know of SIM cards, with the handset that uses them, under `/africastalking/`. */
export function africastalking(world: World): Route[] {
  const ledger = createLedger<Message>('africastalking', world.events, (message) => message.to)
  const line: Line = {
    ...createMischief(world.clock, RULES),
    world,
    ledger,
    hook: (channel, rest = '') =>
      `/hooks/${channel}/africastalking/${encodeURIComponent(world.hookSecret)}${rest}`,
  }
  return [
    ...controls('africastalking', ledger, line.faults),
    ...ussd(line),
    ...sms(line),
    ...voice(line),
    ...insights(line),
  ]
}
