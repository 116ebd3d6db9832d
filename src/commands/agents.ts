/**
 * Who books for others at their counter, from a terminal:
 *
 *   npm run agents
 *   npm run agents -- put +250788300003 "Diane" 3%     from now on; the part is of the fare, out of the operator's own
 *   npm run agents -- stop +250788300003
 *
 * Said again, it changes the name and the part, and lets who was stopped go on.
 */
import { maskPhone, parsePhone } from '../core/base/phone.ts'
import type { AgentDesk } from '../core/people/agents.ts'
import { createAgentDesk } from '../integrations/postgres/agents.ts'
import type { Command, Terminal } from './command.ts'

const SHOWN = 200
/** It stands in texts of 160 septets. */
const NAME_CHARACTERS = 20
const BP_A_PERCENT = 100
const USAGE = `usage: npm run agents
       npm run agents -- put <phone> <name> <part, as 3% or 2.5%>
       npm run agents -- stop <phone>`

export const agents: Command = {
  async perform({ db, print }, words) {
    const desk = createAgentDesk(db)
    const [verb = '', said = '', name = '', part = '', ...rest] = words.map((word) => word.trim())
    if (words.length === 0) return list(desk, print)
    const phone = parsePhone(said)
    const commissionBp = readPart(part)
    if (verb === 'put' && phone && isName(name) && commissionBp !== null && rest.length === 0) {
      await desk.put({ phone, name, commissionBp })
      print(`${name} books for others, for ${part} of each fare`)
      return 0
    }
    if (verb !== 'stop' || !phone || name !== '') {
      print(USAGE)
      return 2
    }
    const isStopped = await desk.stop(phone)
    print(isStopped ? 'they book for nobody any more' : 'nobody with that number books for others')
    return isStopped ? 0 : 1
  },
}

async function list(desk: AgentDesk, print: Terminal['print']): Promise<number> {
  const all = await desk.all(SHOWN)
  const lines = all.map(
    ({ name, phone, commissionBp, active }) =>
      `  ${name.padEnd(NAME_CHARACTERS)} ${maskPhone(phone)} ${commissionBp / BP_A_PERCENT} %${active ? '' : ', stopped'}`,
  )
  print(`${all.length < SHOWN ? all.length : `${SHOWN} or more`} agents`, ...lines)
  return 0
}

const isName = (text: string): boolean => text !== '' && text.length <= NAME_CHARACTERS

/** Hundredths of a percent; null when it is no part of anything. */
function readPart(text: string): number | null {
  const [, percent, hundredths = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?%$/.exec(text) ?? []
  const bp =
    percent === undefined ? Number.NaN : Number(percent) * BP_A_PERCENT + Number(hundredths.padEnd(2, '0'))
  return bp <= 100 * BP_A_PERCENT ? bp : null
}
